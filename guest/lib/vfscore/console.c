/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The file after descriptors 0 to 2: the console, which is in no directory.
 * It cannot seek, and reading it does not wait.
 */
#include <string.h>
#include <uk/plat/console.h>
#include <vfscore/console.h>
#include "vfs.h"

ssize_t vfscore_console_read(struct vnode *node, void *buf, size_t len,
			     off_t offset)
{
	(void)node;
	(void)offset;
	return ukplat_cin(buf, (unsigned int)len);
}

ssize_t vfscore_console_write(struct vnode *node, const void *buf, size_t len,
			      off_t offset)
{
	(void)node;
	(void)offset;
	return ukplat_cout(buf, (unsigned int)len);
}

static int console_getattr(struct vnode *node, struct stat *st)
{
	(void)node;
	st->st_mode = S_IFCHR | S_IRUSR | S_IWUSR;
	st->st_ino = 1;
	st->st_nlink = 1;
	st->st_blksize = 1;
	return 0;
}

static const struct vfscore_ops console_ops = {
	.read = vfscore_console_read,
	.write = vfscore_console_write,
	.getattr = console_getattr,
	.is_stream = 1,
	.is_terminal = 1,
};

struct vnode vfs_console = {
	.ops = &console_ops,
	.type = S_IFCHR,
	.refs = 1,
};
