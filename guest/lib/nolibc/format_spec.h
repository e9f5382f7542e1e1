/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What the parts of the formatter share: one parsed conversion and the output.
 * Nobody outside this folder includes it.
 */
#ifndef __NOLIBC_FORMAT_SPEC_H__
#define __NOLIBC_FORMAT_SPEC_H__

#include <stddef.h>
#include <stdint.h>
#include <uk/format.h>

#define FORMAT_LEFT	0x01
#define FORMAT_PLUS	0x02
#define FORMAT_SPACE	0x04
#define FORMAT_ALT	0x08
#define FORMAT_ZERO	0x10

/* Length modifiers; `hh` and `ll` are what doubles the letter. */
enum format_length {
	FORMAT_LEN_NONE, FORMAT_LEN_HH, FORMAT_LEN_H, FORMAT_LEN_L,
	FORMAT_LEN_LL, FORMAT_LEN_J, FORMAT_LEN_Z, FORMAT_LEN_T,
	FORMAT_LEN_LDBL,
};

struct format_spec {
	unsigned int flags;
	size_t width;
	/* No precision was given when negative. */
	int precision;
	enum format_length length;
	char conv;
};

struct format_out {
	uk_format_sink sink;
	void *cookie;
	size_t total;
};

/* One floating point number, taken apart: mantissa * 2^exponent. */
struct format_real {
	int negative;
	enum { REAL_FINITE, REAL_INF, REAL_NAN } kind;
	uint64_t mantissa;
	int exponent;
};

void format_put(struct format_out *out, const char *text, size_t len);
void format_pad(struct format_out *out, char c, size_t count);

/* What stands in front of a signed number: "-", "+", " " or nothing. */
const char *format_sign(const struct format_spec *spec, int negative);
/* Blanks, prefix and zeros in front of a number of `len` characters. */
void format_number_start(struct format_out *out, const struct format_spec *spec,
			 const char *prefix, size_t len);
/* Blanks after it; the arguments are the same as at its start. */
void format_number_end(struct format_out *out, const struct format_spec *spec,
		       const char *prefix, size_t len);

void format_string(struct format_out *out, const struct format_spec *spec,
		   const char *text);
void format_wide_string(struct format_out *out, const struct format_spec *spec,
			const wchar_t *text);
void format_character(struct format_out *out, const struct format_spec *spec,
		      unsigned int value);
void format_integer(struct format_out *out, const struct format_spec *spec,
		    uint64_t magnitude, int negative);
void format_double(struct format_out *out, const struct format_spec *spec,
		   double value);
void format_long_double(struct format_out *out, const struct format_spec *spec,
			long double value);
/* %f %e %g of a finite number; `words` is room for its decimal digits. */
void format_decimal(struct format_out *out, const struct format_spec *spec,
		    const struct format_real *real, uint32_t *words);
void format_hexadecimal(struct format_out *out, const struct format_spec *spec,
			const struct format_real *real);

#endif /* __NOLIBC_FORMAT_SPEC_H__ */
