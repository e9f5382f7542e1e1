/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Walks a flattened device tree for /chosen bootargs and /memory reg.
 * Addresses and sizes are of two cells, as virt has them.
 */
#include <stddef.h>
#include <string.h>
#include <uk/essentials.h>
#include "tree.h"

#define MAGIC 0xd00dfeed
#define BEGIN_NODE 1
#define END_NODE 2
#define PROPERTY 3
#define NOP 4

struct header {
	__u32 magic, total, structure, strings;
};

struct walk {
	const char *structure;
	const char *strings;
	/* The node that the walk is in, one level below the root. */
	const char *node;
	unsigned int depth;
	struct tree_facts *facts;
};

static __u32 read32(const void *at)
{
	__u32 value;

	memcpy(&value, at, sizeof(value));
	return __builtin_bswap32(value);
}

static __u64 read64(const char *at)
{
	return (__u64)read32(at) << 32 | read32(at + 4);
}

static void take_property(const struct walk *walk, const char *name,
			  const char *value, __u32 len)
{
	struct tree_facts *facts = walk->facts;

	if (walk->depth != 2)
		return;
	if (!strcmp(walk->node, "chosen") && !strcmp(name, "bootargs")) {
		facts->cmdline = value;
		facts->cmdline_bytes = len;
	}
	if (!strncmp(walk->node, "memory@", 7) && !strcmp(name, "reg") &&
	    len >= 16 && !facts->memory_bytes) {
		facts->memory_base = read64(value);
		facts->memory_bytes = read64(value + 8);
	}
}

static const char *step_property(const struct walk *walk, const char *at)
{
	__u32 len = read32(at);
	const char *name = walk->strings + read32(at + 4);

	take_property(walk, name, at + 8, len);
	return at + 8 + ALIGN_UP(len, 4u);
}

static const char *step_node(struct walk *walk, const char *at)
{
	if (++walk->depth == 2)
		walk->node = at;
	return at + ALIGN_UP(strlen(at) + 1, (size_t)4);
}

static void walk_all(struct walk *walk)
{
	const char *at = walk->structure;
	__u32 token;

	for (;;) {
		token = read32(at);
		at += 4;
		if (token == BEGIN_NODE)
			at = step_node(walk, at);
		else if (token == PROPERTY)
			at = step_property(walk, at);
		else if (token == END_NODE)
			walk->depth--;
		else if (token != NOP)
			return;
	}
}

void tree_read(const void *tree, struct tree_facts *facts)
{
	const struct header *header = tree;
	struct walk walk = { .facts = facts, .node = "" };

	memset(facts, 0, sizeof(*facts));
	if (read32(&header->magic) != MAGIC)
		return;
	walk.structure = (const char *)tree + read32(&header->structure);
	walk.strings = (const char *)tree + read32(&header->strings);
	walk_all(&walk);
}
