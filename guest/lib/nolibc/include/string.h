/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * C11's string.h without locales, and the usual POSIX and BSD additions.
 * Characters are bytes here.
 */
#ifndef __STRING_H__
#define __STRING_H__

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

void *memcpy(void *__restrict dst, const void *__restrict src, size_t len);
void *mempcpy(void *__restrict dst, const void *__restrict src, size_t len);
void *memmove(void *dst, const void *src, size_t len);
void *memset(void *ptr, int val, size_t len);
int memcmp(const void *a, const void *b, size_t len);
void *memchr(const void *ptr, int val, size_t len);
void *memrchr(const void *ptr, int val, size_t len);
void *memccpy(void *__restrict dst, const void *__restrict src, int val,
	      size_t len);
void *memmem(const void *ptr, size_t len, const void *needle,
	     size_t needle_len);
/** Clears memory in a way that the compiler does not take for useless. */
void explicit_bzero(void *ptr, size_t len);

size_t strlen(const char *str);
size_t strnlen(const char *str, size_t maxlen);
int strcmp(const char *a, const char *b);
int strncmp(const char *a, const char *b, size_t maxlen);
int strcoll(const char *a, const char *b);
size_t strxfrm(char *__restrict dst, const char *__restrict src, size_t size);
char *strcpy(char *__restrict dst, const char *__restrict src);
char *strncpy(char *__restrict dst, const char *__restrict src, size_t len);
char *stpcpy(char *__restrict dst, const char *__restrict src);
char *stpncpy(char *__restrict dst, const char *__restrict src, size_t len);
char *strcat(char *__restrict dst, const char *__restrict src);
char *strncat(char *__restrict dst, const char *__restrict src, size_t len);
/** Copies and always terminates; returns the length of `src`. */
size_t strlcpy(char *__restrict dst, const char *__restrict src, size_t size);
/** Appends and always terminates; returns the length that was wanted. */
size_t strlcat(char *__restrict dst, const char *__restrict src, size_t size);

char *strchr(const char *str, int c);
char *strrchr(const char *str, int c);
/** strchr() that returns the end of the string instead of NULL. */
char *strchrnul(const char *str, int c);
char *strstr(const char *str, const char *needle);
char *strcasestr(const char *str, const char *needle);
size_t strspn(const char *str, const char *accept);
size_t strcspn(const char *str, const char *reject);
char *strpbrk(const char *str, const char *accept);
char *strtok(char *__restrict str, const char *__restrict separators);
char *strtok_r(char *__restrict str, const char *__restrict separators,
	       char **__restrict state);
char *strsep(char **__restrict str, const char *__restrict separators);

char *strdup(const char *str);
char *strndup(const char *str, size_t maxlen);

/** Text of an errno number; the static buffer serves unknown numbers. */
char *strerror(int errnum);
int strerror_r(int errnum, char *buf, size_t size);

#ifdef __cplusplus
}
#endif

/* BSD and glibc have these here as well. */
#include <strings.h>

#endif /* __STRING_H__ */
