/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Streaming text formatter after printf, vsnprintf and the kernel prints.
 * It neither allocates nor buffers a line, and it knows no device.
 */
#ifndef __UK_FORMAT_H__
#define __UK_FORMAT_H__

#include <stdarg.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Receiver of formatted text. It is called with consecutive pieces, which are
 * not terminated by a NUL byte.
 *
 * @param cookie the pointer given to uk_vformat()
 * @param text first byte of the piece
 * @param len number of bytes, may be 0
 */
typedef void (*uk_format_sink)(void *cookie, const char *text, size_t len);

/**
 * Formats as C11's printf family does, piece by piece, into a sink. All
 * conversions and length modifiers of C11 are there, and C23's %b. "%p" prints
 * 0x and hexadecimal digits, but a NULL pointer as 0. An unknown conversion is
 * passed on as it is written.
 *
 * @return number of bytes handed to the sink, -1 when it exceeds INT_MAX
 */
int uk_vformat(uk_format_sink sink, void *cookie, const char *fmt, va_list ap);

/** uk_vformat() with the arguments written out. */
int uk_format(uk_format_sink sink, void *cookie, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

#ifdef __cplusplus
}
#endif

#endif /* __UK_FORMAT_H__ */
