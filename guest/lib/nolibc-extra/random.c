/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * rand() and random(): the same numbers in every run, so that tests repeat.
 * They are no secrets.
 */
#include <stdint.h>
#include <stdlib.h>

static unsigned int state = 1;

/* A 32-bit Weyl sequence, scrambled; every state is as good as another. */
int rand_r(unsigned int *seed)
{
	uint32_t n = *seed += 0x9e3779b9U;

	n = (n ^ n >> 16) * 0x85ebca6bU;
	n = (n ^ n >> 13) * 0xc2b2ae35U;
	return (int)((n ^ n >> 16) & RAND_MAX);
}

int rand(void)
{
	return rand_r(&state);
}

void srand(unsigned int seed)
{
	state = seed;
}

long random(void)
{
	return rand();
}

void srandom(unsigned int seed)
{
	srand(seed);
}
