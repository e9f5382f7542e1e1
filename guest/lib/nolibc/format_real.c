/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Takes float arguments apart and writes infinities and NaN.
 * It never computes with them: some machines have no unit for their widest
 * type, and the bits are the same everywhere.
 */
#include <float.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include "format_spec.h"

/*
 * Decimal digits are kept nine to a word. The smallest double has 767 digits,
 * the smallest long double (with 64 bits kept) less than 11520.
 */
#define DOUBLE_WORDS		90
#define LONG_DOUBLE_WORDS	1300

static struct format_real split_double(double value)
{
	struct format_real real = { 0, REAL_FINITE, 0, 0 };
	uint64_t bits;
	int field;

	memcpy(&bits, &value, sizeof(bits));
	real.negative = (int)(bits >> 63);
	field = (int)(bits >> 52) & 0x7ff;
	real.mantissa = bits & 0xfffffffffffffULL;
	if (field == 0x7ff)
		real.kind = real.mantissa ? REAL_NAN : REAL_INF;
	if (field)
		real.mantissa |= 1ULL << 52;
	else
		field = 1;
	real.exponent = field - 1075;
	return real;
}

#if LDBL_MANT_DIG == 64
static struct format_real split_long_double(long double value)
{
	struct format_real real = { 0, REAL_FINITE, 0, 0 };
	unsigned char bytes[sizeof(value)];
	int field;

	memcpy(bytes, &value, sizeof(value));
	memcpy(&real.mantissa, bytes, sizeof(real.mantissa));
	field = bytes[8] | (bytes[9] & 0x7f) << 8;
	real.negative = bytes[9] >> 7;
	if (field == 0x7fff)
		real.kind = real.mantissa << 1 ? REAL_NAN : REAL_INF;
	real.exponent = (field ? field : 1) - 16446;
	return real;
}
#elif LDBL_MANT_DIG == 113
/* 64 of the 113 bits are kept: as many as the other machines have. */
static struct format_real split_long_double(long double value)
{
	struct format_real real = { 0, REAL_FINITE, 0, 0 };
	uint64_t half[2];
	int field;

	memcpy(half, &value, sizeof(half));
	real.negative = (int)(half[1] >> 63);
	field = (int)(half[1] >> 48) & 0x7fff;
	if (field == 0x7fff)
		real.kind = half[0] || half[1] << 16 ? REAL_NAN : REAL_INF;
	real.mantissa = (half[1] & 0xffffffffffffULL) << 15 | half[0] >> 49;
	if (field)
		real.mantissa |= 1ULL << 63;
	real.exponent = (field ? field : 1) - 16446;
	return real;
}
#else
static struct format_real split_long_double(long double value)
{
	return split_double((double)value);
}
#endif

static int put_special(struct format_out *out, const struct format_spec *spec,
		       const struct format_real *real)
{
	struct format_spec shape = *spec;
	const char *sign = format_sign(spec, real->negative);
	int upper = spec->conv >= 'A' && spec->conv <= 'Z';
	const char *word;

	if (real->kind == REAL_FINITE)
		return 0;
	if (real->kind == REAL_INF)
		word = upper ? "INF" : "inf";
	else
		word = upper ? "NAN" : "nan";
	shape.flags &= ~(unsigned int)FORMAT_ZERO;
	format_number_start(out, &shape, sign, 3);
	format_put(out, word, 3);
	format_number_end(out, &shape, sign, 3);
	return 1;
}

static void put_real(struct format_out *out, const struct format_spec *spec,
		     struct format_real *real, uint32_t *words)
{
	if (put_special(out, spec, real))
		return;
	/* Even mantissas only make the number of digits grow. */
	while (real->mantissa && !(real->mantissa & 1)) {
		real->mantissa >>= 1;
		real->exponent++;
	}
	if (spec->conv == 'a' || spec->conv == 'A')
		format_hexadecimal(out, spec, real);
	else
		format_decimal(out, spec, real, words);
}

void format_double(struct format_out *out, const struct format_spec *spec,
		   double value)
{
	struct format_real real = split_double(value);
	uint32_t words[DOUBLE_WORDS];

	put_real(out, spec, &real, words);
}

void format_long_double(struct format_out *out, const struct format_spec *spec,
			long double value)
{
	struct format_real real = split_long_double(value);
	uint32_t words[LONG_DOUBLE_WORDS];

	put_real(out, spec, &real, words);
}
