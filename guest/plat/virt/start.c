/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What the device tree of a virt machine says: command line and memory.
 * It does not cover memory that is not in one piece with the image.
 */
#include <uk/arch/lcpu.h>
#include <uk/arch/paging.h>
#include <uk/arch/traps.h>
#include <uk/plat/bootstrap.h>
#include <uk/plat/memory.h>
#include <uk/plat/time.h>
#include "tree.h"

/* QEMU puts the tree at the start of the memory when the image leaves room. */
#define MEMORY_START 0x40000000UL
#define CMDLINE_BYTES 4096

static char cmdline[CMDLINE_BYTES];
static __uptr memory_end;

const char *ukplat_cmdline(void)
{
	return cmdline;
}

static void copy_cmdline(const char *from, __u32 len)
{
	unsigned int i;

	for (i = 0; i < CMDLINE_BYTES - 1 && i < len && from[i]; i++)
		cmdline[i] = from[i];
	cmdline[i] = '\0';
}

static void take_memory(__uptr base, __uptr length)
{
	__uptr end = base + length;

	if (base != MEMORY_START || end < (__uptr)uk_image_end)
		return;
	memory_end = MIN(ALIGN_DOWN(end, __PAGE_SIZE), ukarch_paging_limit());
}

void ukplat_heap_region(void **base, __sz *len)
{
	*base = uk_image_end;
	*len = memory_end - (__uptr)uk_image_end;
}

/** Called by entry.S of the architecture. */
void ukplat_start(void) __noreturn;
void ukplat_start(void)
{
	struct tree_facts facts;

	ukplat_time_init();
	ukarch_traps_init();
	memory_end = (__uptr)uk_image_end;
	tree_read((const void *)MEMORY_START, &facts);
	if (facts.cmdline)
		copy_cmdline(facts.cmdline, facts.cmdline_bytes);
	take_memory(facts.memory_base, facts.memory_bytes);
	ukarch_paging_cut(memory_end);
	ukarch_paging_hole((__uptr)uk_boot_stack_guard);
	ukarch_go_on(ukplat_entry);
}
