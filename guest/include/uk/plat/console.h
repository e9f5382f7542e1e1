/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The serial console of the machine.
 * It does not format text; a line feed goes out as carriage return and feed.
 */
#ifndef __UKPLAT_CONSOLE_H__
#define __UKPLAT_CONSOLE_H__

#include <uk/ansi.h>
#include <uk/essentials.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Writes bytes to the kernel's console.
 *
 * @param buf bytes, not NULL
 * @param len number of bytes
 * @return number of bytes written
 */
int ukplat_coutk(const char *buf, unsigned int len);

/** ukplat_coutk() for the program's own output, which is the same device. */
int ukplat_cout(const char *buf, unsigned int len);

/**
 * Reads what has arrived, without waiting.
 *
 * @return number of bytes read, 0 when there are none
 */
int ukplat_cink(char *buf, unsigned int maxlen);

/** ukplat_cink() for the program. */
int ukplat_cin(char *buf, unsigned int maxlen);

/** Whether the last byte written was something else than a line feed. */
int ukplat_console_midline(void);

#ifdef __cplusplus
}
#endif

#endif /* __UKPLAT_CONSOLE_H__ */
