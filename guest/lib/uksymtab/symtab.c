/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Finds a function in the table that the build has put into the image after
 * its first link. It allocates nothing: this is fault path. Without a table
 * it finds nothing.
 */
#include <string.h>
#include <uk/plat/memory.h>
#include <uk/symbol.h>

/* Ascending; all numbers from the first byte of the image. */
struct entry {
	__u32 offset;
	__u32 bytes;
	/* Where the name is, from the first byte of the table. */
	__u32 name;
};

struct table {
	__u32 count;
	struct entry entries[];
};

extern const struct table uk_symtab_start[];
extern const char uk_symtab_end[];

int uk_resolve_symbol(unsigned long addr, struct uk_symbol *symbol)
{
	const struct table *table = uk_symtab_start;
	unsigned long offset = addr - (unsigned long)uk_image_start;
	const struct entry *entry;
	__u32 low = 0, high, middle;

	if ((const char *)table == uk_symtab_end)
		return 0;
	for (high = table->count; low < high;) {
		middle = low + (high - low) / 2;
		if (table->entries[middle].offset <= offset)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == 0)
		return 0;
	entry = &table->entries[low - 1];
	if (offset - entry->offset >= entry->bytes)
		return 0;
	symbol->name = (const char *)table + entry->name;
	symbol->name_len = strlen(symbol->name);
	symbol->addr = (unsigned long)uk_image_start + entry->offset;
	return 1;
}
