/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What the heap reports while a test case is measured; private to the library.
 */
#ifndef __UKALLOC_MEASURE_H__
#define __UKALLOC_MEASURE_H__

#include <uk/arch/types.h>
#include <uk/essentials.h>

/* A case runs, and somebody wants to know about its memory. */
extern int measure_is_on;

/* An allocation with its place; one that is given back. */
void measure_hand_out(void *ptr, __sz bytes);
void measure_take_back(const void *ptr);

/* Bytes and blocks in use change. */
void measure_count(__ssz bytes, int blocks);

#endif /* __UKALLOC_MEASURE_H__ */
