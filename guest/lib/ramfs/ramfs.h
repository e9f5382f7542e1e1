/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Files and directories of ramfs, all of them on the heap.
 * Nobody outside this folder includes it.
 */
#ifndef __RAMFS_H__
#define __RAMFS_H__

#include <stddef.h>
#include <sys/types.h>
#include <time.h>
#include <vfscore/mount.h>
#include <vfscore/vnode.h>

#define RAMFS_PAGE	4096L

/* One mount. */
struct ramfs {
	ino_t last_ino;
	/* Pages in use and allowed. */
	unsigned long pages;
	unsigned long max_pages;
};

/* Of all mounts. */
struct ramfs_total {
	unsigned long nodes;
	unsigned long pages;
};

extern struct ramfs_total ramfs_total;

/* The pages of a file: a tree, so that holes cost nothing. */
struct ramfs_pages {
	void *top;
	unsigned int height;
	unsigned long count;
};

struct ramfs_entry;

struct ramfs_node {
	struct vnode vnode;
	ino_t ino;
	mode_t mode;
	/* Entries that name it; a directory also counts ".", and "..". */
	nlink_t links;
	struct timespec atime, mtime, ctime;

	/* Of a file. */
	off_t size;
	struct ramfs_pages pages;

	/* Of a directory; entries are sorted by place. */
	struct ramfs_node *parent;
	struct ramfs_entry *entries;
	off_t next_place;
};

struct ramfs_entry {
	struct ramfs_entry *next;
	struct ramfs_node *node;
	/* Never used again in this directory: streams can rely on it. */
	off_t place;
	size_t len;
	char name[];
};

static inline struct ramfs_node *ramfs_node_of(struct vnode *vnode)
{
	return (struct ramfs_node *)vnode;
}

static inline struct ramfs *ramfs_of(struct ramfs_node *node)
{
	return node->vnode.mount->data;
}

extern const struct vfscore_ops ramfs_ops;

/* A new node with one reference and no link; NULL without memory. */
struct ramfs_node *ramfs_node_new(struct vfscore_mount *mount, mode_t mode);
void ramfs_node_free(struct ramfs_node *node);
/* Sets the times that are not NULL to now. */
void ramfs_touch(struct timespec *a, struct timespec *b);

/* A page of a file; NULL for a hole, or without memory if it is to be made. */
void *ramfs_page(struct ramfs_node *node, unsigned long index, int make);
/* Frees all pages from one on. */
void ramfs_pages_drop(struct ramfs_node *node, unsigned long from);

int ramfs_lookup(struct vnode *dir, const struct vfscore_name *name,
		 struct vnode **out);
int ramfs_parent(struct vnode *dir, struct vnode **out);
int ramfs_create(struct vnode *dir, const struct vfscore_name *name,
		 mode_t mode, struct vnode **out);
int ramfs_remove(struct vnode *dir, const struct vfscore_name *name,
		 struct vnode *node);
int ramfs_link(struct vnode *dir, const struct vfscore_name *name,
	       struct vnode *node);
int ramfs_rename(struct vnode *from, const struct vfscore_name *old_name,
		 struct vnode *node, struct vnode *to,
		 const struct vfscore_name *new_name, struct vnode *replaced);
int ramfs_readdir(struct vnode *dir, off_t *place, struct dirent *entry);

ssize_t ramfs_read(struct vnode *node, void *buf, size_t len, off_t offset);
ssize_t ramfs_write(struct vnode *node, const void *buf, size_t len,
		    off_t offset);
int ramfs_truncate(struct vnode *node, off_t len);

#endif /* __RAMFS_H__ */
