/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The address space: one to one, with holes where an access must trap.
 * It maps nothing elsewhere, but for a moment; lib/ukpaging does.
 */
#ifndef __UKARCH_PAGING_H__
#define __UKARCH_PAGING_H__

#include <uk/arch/lcpu.h>

#ifdef __cplusplus
extern "C" {
#endif

/** The first table, where it is in memory. */
void *ukarch_paging_root(void);

/** Has the processor see changed tables. */
void ukarch_paging_flush(void);

/** Highest address, plus one, that the architecture's first tables reach. */
__uptr ukarch_paging_limit(void);

/** Takes away all that is mapped as memory from here on, up to the limit. */
void ukarch_paging_cut(__uptr end);

/** Takes away one page of the image. */
void ukarch_paging_hole(__uptr page);

#ifndef __aarch64__
/**
 * Maps registers of a device that no table reaches, in the place of the
 * highest memory, until ukarch_paging_give_back().
 *
 * @return where the address is meanwhile
 */
volatile void *ukarch_paging_borrow(__u32 physical);
void ukarch_paging_give_back(void);
#endif

#ifdef __cplusplus
}
#endif

#endif /* __UKARCH_PAGING_H__ */
