/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A generator with a counter as its state: each number is the counter, whose
 * bits are scrambled. The constants are those of SplitMix64 (Steele, Lea and
 * Flood, "Fast Splittable Pseudorandom Number Generators", 2014).
 */
#include <uk/plat/time.h>
#include <uk/random.h>

#define STEP 0x9e3779b97f4a7c15ULL

static __u64 counter;
/* What is left of the newest number. */
static __u64 bytes;
static unsigned int left;

static __u64 next(void)
{
	__u64 n = counter += STEP;

	n = (n ^ n >> 30) * 0xbf58476d1ce4e5b9ULL;
	n = (n ^ n >> 27) * 0x94d049bb133111ebULL;
	return n ^ n >> 31;
}

void uk_random_seed(__u64 seed)
{
	counter = seed;
	left = 0;
}

int uk_random_fill_buffer(void *buf, __sz len)
{
	__u8 *to = buf;
	__sz i;

	for (i = 0; i < len; i++) {
		if (!left) {
			bytes = next();
			left = sizeof(bytes);
		}
		to[i] = bytes;
		bytes >>= 8;
		left--;
	}
	return 0;
}

int uk_random_reseed(void)
{
	uk_random_seed(counter ^ ukplat_monotonic_clock());
	return 0;
}
