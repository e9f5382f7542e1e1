/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Counts of bits on i386, for compilers that bring no libgcc for it.
 * All of it is weak: a real one wins. The other architectures link libgcc.
 */
#include <stdint.h>
#include <uk/essentials.h>

#if defined(__i386__)

/*
 * In halves, for which there is an instruction everywhere: of the whole word
 * the compiler would make a call to this very function.
 */
__weak int __ctzdi2(uint64_t n)
{
	uint32_t low = (uint32_t)n;

	return low ? __builtin_ctz(low)
		   : 32 + __builtin_ctz((uint32_t)(n >> 32));
}

__weak int __clzdi2(uint64_t n)
{
	uint32_t high = (uint32_t)(n >> 32);

	return high ? __builtin_clz(high)
		    : 32 + __builtin_clz((uint32_t)n);
}

__weak int __ctzsi2(uint32_t n)
{
	return __builtin_ctz(n);
}

__weak int __clzsi2(uint32_t n)
{
	return __builtin_clz(n);
}

__weak int __paritysi2(uint32_t n)
{
	n ^= n >> 16;
	n ^= n >> 8;
	n ^= n >> 4;
	/* One bit for each of the sixteen values of the last four. */
	return 0x6996 >> (n & 0xf) & 1;
}

__weak int __paritydi2(uint64_t n)
{
	return __paritysi2((uint32_t)(n >> 32) ^ (uint32_t)n);
}

__weak int __popcountsi2(uint32_t n)
{
	int count = 0;

	for (; n; n &= n - 1)
		count++;
	return count;
}

__weak int __popcountdi2(uint64_t n)
{
	return __popcountsi2((uint32_t)n) + __popcountsi2((uint32_t)(n >> 32));
}

__weak int __ffsdi2(uint64_t n)
{
	return n ? __builtin_ctzll(n) + 1 : 0;
}

#endif
