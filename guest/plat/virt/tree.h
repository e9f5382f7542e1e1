/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Reads the two facts that the boot needs from a flattened device tree.
 * It does not cover anything else that is in one.
 */
#ifndef UKTEST_VIRT_TREE_H
#define UKTEST_VIRT_TREE_H

#include <uk/arch/types.h>

struct tree_facts {
	/* Words for the image, or NULL. */
	const char *cmdline;
	/* Length of the words with their NUL. */
	__u32 cmdline_bytes;
	__u64 memory_base;
	__u64 memory_bytes;
};

/**
 * @param tree address where a device tree may be
 * @param facts what was found; the rest is zero
 */
void tree_read(const void *tree, struct tree_facts *facts);

#endif /* UKTEST_VIRT_TREE_H */
