/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * abs(), div() and their kin.
 * The magnitude of the smallest number is that number again.
 */
#include <inttypes.h>
#include <stdlib.h>

int abs(int n)
{
	return n < 0 ? (int)(0U - (unsigned int)n) : n;
}

long labs(long n)
{
	return n < 0 ? (long)(0UL - (unsigned long)n) : n;
}

long long llabs(long long n)
{
	return n < 0 ? (long long)(0ULL - (unsigned long long)n) : n;
}

intmax_t imaxabs(intmax_t n)
{
	return n < 0 ? (intmax_t)(0 - (uintmax_t)n) : n;
}

div_t div(int numer, int denom)
{
	return (div_t){ numer / denom, numer % denom };
}

ldiv_t ldiv(long numer, long denom)
{
	return (ldiv_t){ numer / denom, numer % denom };
}

lldiv_t lldiv(long long numer, long long denom)
{
	return (lldiv_t){ numer / denom, numer % denom };
}

imaxdiv_t imaxdiv(intmax_t numer, intmax_t denom)
{
	return (imaxdiv_t){ numer / denom, numer % denom };
}
