/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Which memory is a stack, for those who read one that may be broken.
 * It refuses to read it.
 */
#ifndef __UKPLAT_STACK_H__
#define __UKPLAT_STACK_H__

#include <uk/essentials.h>

/** Whether these bytes lie in the stack of the boot, which runs the tests. */
int ukplat_stack_holds(__uptr address, __sz len);

/** Whether this address lies where only a stack that is used up gets to. */
int ukplat_stack_guards(__uptr address);

#endif /* __UKPLAT_STACK_H__ */
