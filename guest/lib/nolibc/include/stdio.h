/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The part of C11's stdio.h that works on the console and on strings.
 * There are no streams on files: use open(), read() and write() for those.
 */
#ifndef __STDIO_H__
#define __STDIO_H__

#include <stdarg.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

#define EOF		(-1)
#define BUFSIZ		1024

#ifndef SEEK_SET
#define SEEK_SET	0
#define SEEK_CUR	1
#define SEEK_END	2
#endif

typedef struct nolibc_stream FILE;

extern FILE *stdin;
extern FILE *stdout;
extern FILE *stderr;

int printf(const char *__restrict fmt, ...)
	__attribute__((format(printf, 1, 2)));
int vprintf(const char *__restrict fmt, va_list ap)
	__attribute__((format(printf, 1, 0)));
int fprintf(FILE *__restrict stream, const char *__restrict fmt, ...)
	__attribute__((format(printf, 2, 3)));
int vfprintf(FILE *__restrict stream, const char *__restrict fmt, va_list ap)
	__attribute__((format(printf, 2, 0)));
int sprintf(char *__restrict buf, const char *__restrict fmt, ...)
	__attribute__((format(printf, 2, 3)));
int vsprintf(char *__restrict buf, const char *__restrict fmt, va_list ap)
	__attribute__((format(printf, 2, 0)));
int snprintf(char *__restrict buf, size_t size, const char *__restrict fmt, ...)
	__attribute__((format(printf, 3, 4)));
int vsnprintf(char *__restrict buf, size_t size, const char *__restrict fmt,
	      va_list ap)
	__attribute__((format(printf, 3, 0)));
/** Formats into new memory, which the caller frees. */
int asprintf(char **__restrict str, const char *__restrict fmt, ...)
	__attribute__((format(printf, 2, 3)));
int vasprintf(char **__restrict str, const char *__restrict fmt, va_list ap)
	__attribute__((format(printf, 2, 0)));

int sscanf(const char *__restrict str, const char *__restrict fmt, ...)
	__attribute__((format(scanf, 2, 3)));
int vsscanf(const char *__restrict str, const char *__restrict fmt, va_list ap)
	__attribute__((format(scanf, 2, 0)));

int puts(const char *str);
int putchar(int c);
int fputs(const char *__restrict str, FILE *__restrict stream);
int fputc(int c, FILE *stream);
int putc(int c, FILE *stream);
size_t fwrite(const void *__restrict ptr, size_t size, size_t count,
	      FILE *__restrict stream);
int getchar(void);
int fgetc(FILE *stream);
int getc(FILE *stream);
char *fgets(char *__restrict buf, int size, FILE *__restrict stream);
/** Nothing is held back, so there is nothing to flush. */
int fflush(FILE *stream);
int ferror(FILE *stream);
int feof(FILE *stream);
void clearerr(FILE *stream);
int fileno(FILE *stream);
void perror(const char *str);
/** Renames a file; the file system library has it. */
int rename(const char *from, const char *to);
/** Deletes a file or an empty directory; the file system library has it. */
int remove(const char *path);

#ifdef __cplusplus
}
#endif

#endif /* __STDIO_H__ */
