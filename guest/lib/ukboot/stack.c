/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The stack that the boot and the tests run on, and the code that they run.
 * It does not cover other stacks: there are none that code runs on for long.
 */
#include <uk/arch/lcpu.h>
#include <uk/plat/memory.h>
#include <uk/plat/stack.h>

int ukplat_stack_holds(__uptr address, __sz len)
{
	__uptr top = (__uptr)uk_boot_stack_top;

	return address >= (__uptr)uk_boot_stack && address <= top &&
		len <= top - address;
}

int ukplat_stack_guards(__uptr address)
{
	__uptr guard = (__uptr)uk_boot_stack_guard;

	return address >= guard && address - guard < __PAGE_SIZE;
}

int ukplat_text_holds(__uptr address)
{
	return address >= (__uptr)uk_image_start &&
		address < (__uptr)uk_text_end;
}
