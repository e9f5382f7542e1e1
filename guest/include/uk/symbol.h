/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Names of the functions of the running image. They are there where an image
 * is linked with the library uksymtab, and in no other.
 */
#ifndef __UK_SYMBOL_H__
#define __UK_SYMBOL_H__

#include <uk/essentials.h>

#ifdef __cplusplus
extern "C" {
#endif

struct uk_symbol {
	/** Ends with a NUL. */
	const char *name;
	__sz name_len;
	/** Of the function's first byte. */
	unsigned long addr;
};

/**
 * Looks for the function that an address lies in. An address after a call
 * may lie in the next one already: ask for the byte before it.
 *
 * @return 1 when there is one, else 0
 */
int uk_resolve_symbol(unsigned long addr, struct uk_symbol *symbol);

#ifdef __cplusplus
}
#endif

#endif /* __UK_SYMBOL_H__ */
