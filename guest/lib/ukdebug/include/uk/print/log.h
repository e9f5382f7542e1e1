/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The log of messages, which the library uklogbuf keeps.
 * Images without that library have none: these functions are then missing.
 */
#ifndef __UK_PRINT_LOG_H__
#define __UK_PRINT_LOG_H__

#include <uk/essentials.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Adds text; what is oldest goes when there is no room. */
void uk_print_log_write(const char *text, __sz len);

/** Whether the last byte written was something else than a line feed. */
int uk_print_log_midline(void);

/**
 * Hands the messages on in their order, from the first whole line that is
 * still there.
 *
 * @param out gets one or two pieces, none of an empty log
 */
void uk_print_log_walk(void (*out)(const char *text, __sz len));

#ifdef __cplusplus
}
#endif

#endif /* __UK_PRINT_LOG_H__ */
