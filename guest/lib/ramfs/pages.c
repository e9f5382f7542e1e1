/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The pages of a file, in a tree of tables that grows from its top.
 * A page that was never written does not exist and reads as zeros.
 */
#include <stddef.h>
#include <stdlib.h>
#include "ramfs.h"

#define TABLE_BITS	6
#define TABLE_SIZE	(1UL << TABLE_BITS)

struct table {
	void *slots[TABLE_SIZE];
};

static unsigned long slot_of(unsigned long index, unsigned int height)
{
	return index >> (height - 1) * TABLE_BITS & (TABLE_SIZE - 1);
}

/* Puts tables on top until the tree reaches as far as the index. */
static int grow(struct ramfs_pages *pages, unsigned long index)
{
	struct table *table;

	while (index >> pages->height * TABLE_BITS) {
		if (pages->top) {
			table = calloc(1, sizeof(*table));
			if (!table)
				return 0;
			table->slots[0] = pages->top;
			pages->top = table;
		}
		pages->height++;
	}
	return 1;
}

static void *new_page(struct ramfs_node *node)
{
	struct ramfs *fs = ramfs_of(node);
	void *page;

	if (fs->pages >= fs->max_pages)
		return NULL;
	page = calloc(1, RAMFS_PAGE);
	if (page) {
		fs->pages++;
		ramfs_total.pages++;
		node->pages.count++;
	}
	return page;
}

void *ramfs_page(struct ramfs_node *node, unsigned long index, int make)
{
	struct ramfs_pages *pages = &node->pages;
	void **place = &pages->top;
	unsigned int height;

	if (index >> pages->height * TABLE_BITS &&
	    (!make || !grow(pages, index)))
		return NULL;
	for (height = pages->height; height; height--) {
		if (!*place && make)
			*place = calloc(1, sizeof(struct table));
		if (!*place)
			return NULL;
		place = &((struct table *)*place)->slots[slot_of(index,
								 height)];
	}
	if (!*place && make)
		*place = new_page(node);
	return *place;
}

/* Frees what a part of the tree has from an index on. */
static void drop(struct ramfs_node *node, void **place, unsigned int height,
		 unsigned long from)
{
	struct table *table = *place;
	unsigned long i;

	if (!table)
		return;
	if (!height) {
		free(table);
		*place = NULL;
		ramfs_of(node)->pages--;
		ramfs_total.pages--;
		node->pages.count--;
		return;
	}
	for (i = slot_of(from, height); i < TABLE_SIZE; i++) {
		drop(node, &table->slots[i], height - 1, from);
		from = 0;
	}
	for (i = 0; i < TABLE_SIZE; i++)
		if (table->slots[i])
			return;
	free(table);
	*place = NULL;
}

void ramfs_pages_drop(struct ramfs_node *node, unsigned long from)
{
	struct ramfs_pages *pages = &node->pages;

	if (from >> pages->height * TABLE_BITS)
		return;
	/* The only page of a tree without tables goes with index 0. */
	drop(node, &pages->top, pages->height, from);
	if (!pages->top)
		pages->height = 0;
}
