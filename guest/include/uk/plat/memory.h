/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Memory of the machine: what is free, and what belongs to a stack.
 * It refuses to hand out pieces, which is the heap's business.
 */
#ifndef __UKPLAT_MEMORY_H__
#define __UKPLAT_MEMORY_H__

#include <uk/essentials.h>

/**
 * All memory after the image.
 *
 * @param base first byte
 * @param len number of bytes, 0 when there is none
 */
void ukplat_heap_region(void **base, __sz *len);

#endif /* __UKPLAT_MEMORY_H__ */
