/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Bytes as columns of hexadecimal digits, under Unikraft's names.
 * It does not allocate: a dump goes out piece by piece.
 */
#ifndef __UK_HEXDUMP_H__
#define __UK_HEXDUMP_H__

#include <stdint.h>
#include <stdio.h>
#include <uk/print.h>

#ifdef __cplusplus
extern "C" {
#endif

/** In front of each line: the address of its first byte. */
#define UK_HXDF_ADDR 1
/** After the digits: the bytes as characters, a dot for what has no shape. */
#define UK_HXDF_ASCIISEC 2
/* At most one of the next four: bytes of a group, 1, 2, 4, or 8. */
#define UK_HXDF_GRPBYTE 4
#define UK_HXDF_GRPWORD 8
#define UK_HXDF_GRPDWORD 16
#define UK_HXDF_GRPQWORD 32
/** One star for all lines that repeat the one above. */
#define UK_HXDF_COMPRESS 64

/**
 * Dumps bytes to a stream.
 *
 * @param data first byte
 * @param len number of bytes
 * @param addr0 address to show for the first byte
 * @param flags UK_HXDF_*
 * @param grps_per_line groups on a line, at least 1; bytes without a group flag
 * @param line_prefix in front of each line, or NULL
 * @return number of characters
 */
int uk_hexdumpf(FILE *fp, const void *data, size_t len, size_t addr0, int flags,
		unsigned int grps_per_line, const char *line_prefix);

/** uk_hexdumpf() to a string, cut at its size as snprintf() does it. */
int uk_hexdumpsn(char *str, size_t size, const void *data, size_t len,
		 size_t addr0, int flags, unsigned int grps_per_line,
		 const char *line_prefix);

#define uk_hexdumps(str, data, len, addr0, flags, grps_per_line, line_prefix) \
	uk_hexdumpsn((str), SIZE_MAX, (data), (len), (addr0), (flags),        \
		     (grps_per_line), (line_prefix))

#define uk_hexdump(data, len, addr0, flags, grps_per_line, line_prefix)    \
	uk_hexdumpf(stdout, (data), (len), (addr0), (flags),               \
		    (grps_per_line), (line_prefix))

/** A dump as kernel messages of a level; see _uk_printk(). */
void _uk_hexdumpk(int lvl, const char *libname, const char *srcname,
		  unsigned int srcline, const void *data, size_t len,
		  int flags, unsigned int grps_per_line,
		  const char *line_prefix);

#define uk_hexdumpk(lvl, data, len, flags, grps_per_line)                  \
	do {                                                               \
		if (__UK_PRINTS(lvl))                                      \
			_uk_hexdumpk((lvl), UK_PR_LIBNAME, UK_PR_SRCNAME,  \
				     __LINE__, (data), (len), (flags),     \
				     (grps_per_line),                      \
				     STRINGIFY(data) ": ");                \
	} while (0)

#if CONFIG_LIBUKDEBUG_PRINTD || CONFIG_LIBUKPRINT_KLVL_DEBUG || \
	defined(UK_DEBUG)
#define __UK_HEXDUMPS_DEBUG 1
#else
/* As with uk_printd(): checked by the compiler, and never computed. */
#define __UK_HEXDUMPS_DEBUG 0
#endif

#define uk_hexdumpd(data, len, flags, grps_per_line)                       \
	do {                                                               \
		if (__UK_HEXDUMPS_DEBUG)                                   \
			_uk_hexdumpk(KLVL_DEBUG, UK_PR_LIBNAME,            \
				     UK_PR_SRCNAME, __LINE__, (data),      \
				     (len), (flags), (grps_per_line),      \
				     STRINGIFY(data) ": ");                \
	} while (0)

/* The look of the command `hexdump -C`. */
#define __UK_HXDF_CANONICAL                                                \
	(UK_HXDF_ADDR | UK_HXDF_ASCIISEC | UK_HXDF_GRPQWORD |              \
	 UK_HXDF_COMPRESS)

#define uk_hexdumpCd(data, len) \
	uk_hexdumpd((data), (len), __UK_HXDF_CANONICAL, 2)
#define uk_hexdumpCk(lvl, data, len) \
	uk_hexdumpk((lvl), (data), (len), __UK_HXDF_CANONICAL, 2)
#define uk_hexdumpCf(fp, data, len)                                        \
	uk_hexdumpf((fp), (data), (len), (size_t)(data),                   \
		    __UK_HXDF_CANONICAL, 2, __NULL)
#define uk_hexdumpCsn(str, size, data, len)                                \
	uk_hexdumpsn((str), (size), (data), (len), (size_t)(data),         \
		     __UK_HXDF_CANONICAL, 2, __NULL)
#define uk_hexdumpCs(str, data, len)                                       \
	uk_hexdumps((str), (data), (len), (size_t)(data),                  \
		    __UK_HXDF_CANONICAL, 2, __NULL)
#define uk_hexdumpC(data, len)                                             \
	uk_hexdump((data), (len), (size_t)(data), __UK_HXDF_CANONICAL, 2,  \
		   __NULL)

#ifdef __cplusplus
}
#endif

#endif /* __UK_HEXDUMP_H__ */
