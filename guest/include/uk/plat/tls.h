/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The word that a thread has as the pointer to its storage, under Unikraft's
 * names. Nothing is stored per thread here: the word is kept for code that
 * switches threads, in no register. The library ukctx has the functions; an
 * image without it that calls one does not link.
 */
#ifndef __UKPLAT_TLS_H__
#define __UKPLAT_TLS_H__

#include <uk/arch/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/** 0 until it was set. */
__uptr ukplat_tlsp_get(void);
void ukplat_tlsp_set(__uptr tlsp);

#ifdef __cplusplus
}
#endif

#endif /* __UKPLAT_TLS_H__ */
