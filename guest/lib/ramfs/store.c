/* SPDX-License-Identifier: BSD-3-Clause */
/* What all mounts of ramfs hold together, as values of the store. */
#include <uk/store.h>
#include "ramfs.h"

static int get_nodes(void *cookie __unused, __u64 *out)
{
	*out = ramfs_total.nodes;
	return 0;
}
UK_STORE_STATIC_ENTRY(1, nodes, u64, get_nodes, NULL);
UK_STORE_DATUM(get_nodes, ramfs_total.nodes);

static int get_content_bytes(void *cookie __unused, __u64 *out)
{
	*out = (__u64)ramfs_total.pages * RAMFS_PAGE;
	return 0;
}
UK_STORE_STATIC_ENTRY(2, content_bytes, u64, get_content_bytes, NULL);
