/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Which memory is a stack and which is code, for those who look at what a
 * crash left. It does not read it.
 */
#ifndef __UKPLAT_STACK_H__
#define __UKPLAT_STACK_H__

#include <uk/essentials.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Whether these bytes lie in the stack of the boot, which runs the tests. */
int ukplat_stack_holds(__uptr address, __sz len);

/** Whether this address lies where only a stack that is used up gets to. */
int ukplat_stack_guards(__uptr address);

/** Whether this address is one of the code of the image. */
int ukplat_text_holds(__uptr address);

#ifdef __cplusplus
}
#endif

#endif /* __UKPLAT_STACK_H__ */
