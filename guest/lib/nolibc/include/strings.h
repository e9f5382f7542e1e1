/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * POSIX' strings.h: comparing without regard to case, and the old BSD names.
 * Case means ASCII here.
 */
#ifndef __STRINGS_H__
#define __STRINGS_H__

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

int strcasecmp(const char *a, const char *b);
int strncasecmp(const char *a, const char *b, size_t maxlen);
int bcmp(const void *a, const void *b, size_t len);
void bcopy(const void *src, void *dst, size_t len);
void bzero(void *ptr, size_t len);
char *index(const char *str, int c);
char *rindex(const char *str, int c);
/** Number of the lowest bit that is set, counted from 1; 0 if there is none. */
int ffs(int value);

#ifdef __cplusplus
}
#endif

#endif /* __STRINGS_H__ */
