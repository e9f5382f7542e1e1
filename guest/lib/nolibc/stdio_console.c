/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Standard streams: every character goes to the console at once.
 * Input never waits; what has not arrived yet counts as the end.
 */
#include <errno.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <uk/format.h>
#include <uk/plat/console.h>

struct nolibc_stream {
	int fd;
	int at_end;
};

static FILE streams[] = { { 0, 0 }, { 1, 0 }, { 2, 0 } };

FILE *stdin = &streams[0];
FILE *stdout = &streams[1];
FILE *stderr = &streams[2];

static void write_console(void *cookie, const char *text, size_t len)
{
	(void)cookie;
	ukplat_cout(text, (unsigned int)len);
}

int vfprintf(FILE *restrict stream, const char *restrict fmt, va_list ap)
{
	int len;

	if (stream == stdin) {
		errno = EBADF;
		return -1;
	}
	len = uk_vformat(write_console, NULL, fmt, ap);
	if (len < 0)
		errno = EOVERFLOW;
	return len;
}

int vprintf(const char *restrict fmt, va_list ap)
{
	return vfprintf(stdout, fmt, ap);
}

int fprintf(FILE *restrict stream, const char *restrict fmt, ...)
{
	va_list ap;
	int len;

	va_start(ap, fmt);
	len = vfprintf(stream, fmt, ap);
	va_end(ap);
	return len;
}

int printf(const char *restrict fmt, ...)
{
	va_list ap;
	int len;

	va_start(ap, fmt);
	len = vfprintf(stdout, fmt, ap);
	va_end(ap);
	return len;
}

size_t fwrite(const void *restrict ptr, size_t size, size_t count,
	      FILE *restrict stream)
{
	size_t len;

	if (stream == stdin || __builtin_mul_overflow(size, count, &len)) {
		errno = stream == stdin ? EBADF : EOVERFLOW;
		return 0;
	}
	write_console(NULL, ptr, len);
	return size ? count : 0;
}

int fputs(const char *restrict str, FILE *restrict stream)
{
	size_t len = strlen(str);

	return fwrite(str, 1, len, stream) == len ? 0 : EOF;
}

int fputc(int c, FILE *stream)
{
	char byte = (char)c;

	return fwrite(&byte, 1, 1, stream) == 1 ? (unsigned char)byte : EOF;
}

int putc(int c, FILE *stream)
{
	return fputc(c, stream);
}

int putchar(int c)
{
	return fputc(c, stdout);
}

int puts(const char *str)
{
	return fputs(str, stdout) == EOF ? EOF : fputc('\n', stdout);
}

void perror(const char *str)
{
	int number = errno;

	if (str && *str)
		fprintf(stderr, "%s: ", str);
	fprintf(stderr, "%s\n", strerror(number));
	errno = number;
}

int fgetc(FILE *stream)
{
	char byte;

	if (stream != stdin) {
		errno = EBADF;
		return EOF;
	}
	if (ukplat_cin(&byte, 1) == 1)
		return (unsigned char)byte;
	stream->at_end = 1;
	return EOF;
}

int getc(FILE *stream)
{
	return fgetc(stream);
}

int getchar(void)
{
	return fgetc(stdin);
}

char *fgets(char *restrict buf, int size, FILE *restrict stream)
{
	int len = 0, c = 0;

	while (len < size - 1 && c != '\n' && (c = fgetc(stream)) != EOF)
		buf[len++] = (char)c;
	if (size > 0)
		buf[len] = '\0';
	return len ? buf : NULL;
}

int fflush(FILE *stream)
{
	(void)stream;
	return 0;
}

int ferror(FILE *stream)
{
	(void)stream;
	return 0;
}

int feof(FILE *stream)
{
	return stream->at_end;
}

void clearerr(FILE *stream)
{
	stream->at_end = 0;
}

int fileno(FILE *stream)
{
	return stream->fd;
}
