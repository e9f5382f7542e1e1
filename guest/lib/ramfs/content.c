/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What is in a file: reading, writing and its length.
 * Where memory ends, a write ends; it tells how much it wrote before.
 */
#include <errno.h>
#include <string.h>
#include "ramfs.h"

/* How much of a piece lies in the page of its offset. */
static size_t part(off_t offset, size_t len)
{
	size_t room = (size_t)(RAMFS_PAGE - offset % RAMFS_PAGE);

	return len < room ? len : room;
}

ssize_t ramfs_read(struct vnode *vnode, void *buf, size_t len, off_t offset)
{
	struct ramfs_node *node = ramfs_node_of(vnode);
	char *to = buf, *page;
	size_t piece, done;

	ramfs_touch(&node->atime, NULL);
	if (offset >= node->size)
		return 0;
	if (len > (size_t)(node->size - offset))
		len = (size_t)(node->size - offset);
	for (done = 0; done < len; done += piece, offset += (off_t)piece) {
		piece = part(offset, len - done);
		page = ramfs_page(node, offset / RAMFS_PAGE, 0);
		if (page)
			memcpy(to + done, page + offset % RAMFS_PAGE, piece);
		else
			memset(to + done, 0, piece);
	}
	return (ssize_t)done;
}

ssize_t ramfs_write(struct vnode *vnode, const void *buf, size_t len,
		    off_t offset)
{
	struct ramfs_node *node = ramfs_node_of(vnode);
	const char *from = buf;
	size_t piece, done;
	char *page;

	for (done = 0; done < len; done += piece, offset += (off_t)piece) {
		piece = part(offset, len - done);
		page = ramfs_page(node, offset / RAMFS_PAGE, 1);
		if (!page)
			break;
		memcpy(page + offset % RAMFS_PAGE, from + done, piece);
	}
	if (len && !done)
		return -ENOSPC;
	if (offset > node->size)
		node->size = offset;
	ramfs_touch(&node->mtime, &node->ctime);
	return (ssize_t)done;
}

int ramfs_truncate(struct vnode *vnode, off_t len)
{
	struct ramfs_node *node = ramfs_node_of(vnode);
	off_t rest = len % RAMFS_PAGE;
	char *page;

	if (len < node->size) {
		ramfs_pages_drop(node, len / RAMFS_PAGE + !!rest);
		/* When the file grows again, zeros have to be here. */
		page = rest ? ramfs_page(node, len / RAMFS_PAGE, 0) : NULL;
		if (page)
			memset(page + rest, 0, (size_t)(RAMFS_PAGE - rest));
	}
	node->size = len;
	ramfs_touch(&node->mtime, &node->ctime);
	return 0;
}
