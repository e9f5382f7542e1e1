/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * C11's stdlib.h without multibyte characters and processes.
 * Memory comes from the default allocator of uk/alloc.h.
 */
#ifndef __STDLIB_H__
#define __STDLIB_H__

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

#define EXIT_SUCCESS	0
#define EXIT_FAILURE	1
#define RAND_MAX	0x7fffffff
#define MB_CUR_MAX	1

typedef struct { int quot, rem; } div_t;
typedef struct { long quot, rem; } ldiv_t;
typedef struct { long long quot, rem; } lldiv_t;

void *malloc(size_t size);
void *calloc(size_t count, size_t size);
void *realloc(void *ptr, size_t size);
void *reallocarray(void *ptr, size_t count, size_t size);
void *memalign(size_t align, size_t size);
void *aligned_alloc(size_t align, size_t size);
int posix_memalign(void **ptr, size_t align, size_t size);
void free(void *ptr);

int atoi(const char *str);
long atol(const char *str);
long long atoll(const char *str);
double atof(const char *str);
long strtol(const char *__restrict str, char **__restrict end, int base);
long long strtoll(const char *__restrict str, char **__restrict end, int base);
unsigned long strtoul(const char *__restrict str, char **__restrict end,
		      int base);
unsigned long long strtoull(const char *__restrict str, char **__restrict end,
			    int base);
double strtod(const char *__restrict str, char **__restrict end);
float strtof(const char *__restrict str, char **__restrict end);

int abs(int n);
long labs(long n);
long long llabs(long long n);
div_t div(int numer, int denom);
ldiv_t ldiv(long numer, long denom);
lldiv_t lldiv(long long numer, long long denom);

/** Sorts in place in O(n log n) steps at worst; equal elements may swap. */
void qsort(void *base, size_t count, size_t size,
	   int (*compare)(const void *, const void *));
/** qsort() whose comparison gets a pointer of the caller as third argument. */
void qsort_r(void *base, size_t count, size_t size,
	     int (*compare)(const void *, const void *, void *), void *arg);
void *bsearch(const void *key, const void *base, size_t count, size_t size,
	      int (*compare)(const void *, const void *));

int rand(void);
int rand_r(unsigned int *state);
void srand(unsigned int seed);
long random(void);
void srandom(unsigned int seed);

/** Ends the machine, after what atexit() asked for. */
void exit(int status) __attribute__((noreturn));
void _Exit(int status) __attribute__((noreturn));
/** Ends the machine as a crash. */
void abort(void) __attribute__((noreturn));
/** At most 32 functions; -1 when there is no room left. */
int atexit(void (*fn)(void));
/* The environment: empty at the boot. */
char *getenv(const char *name);
int setenv(const char *name, const char *value, int overwrite);
int unsetenv(const char *name);
/** The text itself becomes part of the environment. */
int putenv(char *text);
int clearenv(void);

#ifdef __cplusplus
}
#endif

#endif /* __STDLIB_H__ */
