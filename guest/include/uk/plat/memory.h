/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Memory of the machine: what is free, and what belongs to a stack.
 * It does not hand out pieces, which is the heap's business.
 */
#ifndef __UKPLAT_MEMORY_H__
#define __UKPLAT_MEMORY_H__

#include <uk/essentials.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Of the linker script: the image and the end of its code. */
extern char uk_image_start[], uk_text_end[], uk_image_end[];

/* Of entry.S: the stack, and the page below it. */
extern char uk_boot_stack_guard[], uk_boot_stack[], uk_boot_stack_top[];

/**
 * All memory after the image.
 *
 * @param base first byte
 * @param len number of bytes, 0 when there is none
 */
void ukplat_heap_region(void **base, __sz *len);

#ifdef __cplusplus
}
#endif

#endif /* __UKPLAT_MEMORY_H__ */
