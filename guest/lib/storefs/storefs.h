/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What the files of storefs know of each other.
 * Nothing outside this folder includes it.
 */
#ifndef __STOREFS_H__
#define __STOREFS_H__

#include <uk/store.h>
#include <vfscore/mount.h>
#include <vfscore/vnode.h>

enum storefs_kind {
	STOREFS_ROOT,
	STOREFS_LIBRARY,
	STOREFS_OBJECT,
	STOREFS_ENTRY,
};

/* What a vnode stands for: numbers, since an object may go at any time. */
struct storefs_place {
	enum storefs_kind kind;
	__u16 library;
	/* Of an object, and of an entry of one. */
	int has_object;
	__u64 object;
	__u64 entry;
};

struct storefs_node {
	struct vnode vnode;
	struct storefs_place place;
	ino_t ino;
	struct storefs_node *next;
};

struct storefs {
	struct storefs_node root;
	/* Those that are in use, so that one place has one vnode. */
	struct storefs_node *nodes;
	ino_t last_ino;
};

static inline struct storefs_node *storefs_node_of(struct vnode *vnode)
{
	return __containerof(vnode, struct storefs_node, vnode);
}

/** The vnode of a place, with a reference; 0 or -ENOMEM. */
int storefs_node_get(struct vfscore_mount *mount,
		     const struct storefs_place *place, struct vnode **out);

int storefs_lookup(struct vnode *dir, const struct vfscore_name *name,
		   struct vnode **out);
int storefs_parent(struct vnode *dir, struct vnode **out);
int storefs_readdir(struct vnode *dir, off_t *place, struct dirent *entry);

/** Permission bits of an entry; 0 where it is gone. */
mode_t storefs_mode(const struct storefs_place *place);
ssize_t storefs_read(struct vnode *vnode, void *buf, size_t len, off_t offset);
ssize_t storefs_write(struct vnode *vnode, const void *buf, size_t len,
		      off_t offset);
int storefs_truncate(struct vnode *vnode, off_t len);

#endif /* __STOREFS_H__ */
