/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The devices themselves: null, zero, full, random, and the console.
 * The random bytes are the same in every run, so that tests repeat.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <vfscore/console.h>
#include "devfs.h"

static ssize_t read_nothing(struct vnode *node, void *buf, size_t len,
			    off_t offset)
{
	(void)node;
	(void)buf;
	(void)len;
	(void)offset;
	return 0;
}

static ssize_t read_zeros(struct vnode *node, void *buf, size_t len,
			  off_t offset)
{
	(void)node;
	(void)offset;
	memset(buf, 0, len);
	return (ssize_t)len;
}

static ssize_t read_random(struct vnode *node, void *buf, size_t len,
			   off_t offset)
{
	static unsigned int state = 1;
	unsigned char *to = buf;
	size_t i;

	(void)node;
	(void)offset;
	for (i = 0; i < len; i++)
		to[i] = (unsigned char)(rand_r(&state) >> 11);
	return (ssize_t)len;
}

static ssize_t write_away(struct vnode *node, const void *buf, size_t len,
			  off_t offset)
{
	(void)node;
	(void)buf;
	(void)offset;
	return (ssize_t)len;
}

static ssize_t write_full(struct vnode *node, const void *buf, size_t len,
			  off_t offset)
{
	(void)node;
	(void)buf;
	(void)len;
	(void)offset;
	return -ENOSPC;
}

#define DEVICE(name, major, minor, read_fn, write_fn, stream)		\
	{								\
		name, major, minor,					\
		{							\
			.read = read_fn, .write = write_fn,		\
			.getattr = devfs_getattr,			\
			.is_stream = stream, .is_terminal = stream,	\
		},							\
	}

const struct devfs_device devfs_devices[DEVFS_DEVICES] = {
	DEVICE("null", 1, 3, read_nothing, write_away, 0),
	DEVICE("zero", 1, 5, read_zeros, write_away, 0),
	DEVICE("full", 1, 7, read_zeros, write_full, 0),
	DEVICE("random", 1, 8, read_random, write_away, 0),
	DEVICE("urandom", 1, 9, read_random, write_away, 0),
	DEVICE("console", 5, 1, vfscore_console_read, vfscore_console_write, 1),
	DEVICE("stdout", 5, 2, vfscore_console_read, vfscore_console_write, 1),
};
