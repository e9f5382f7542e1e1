/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Directories: lists of entries, each with a place that streams can keep.
 * Whether an operation is allowed at all, vfscore has checked before.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "ramfs.h"

static int is_dir(const struct ramfs_node *node)
{
	return node->vnode.type == S_IFDIR;
}

/* The place in the list where an entry of a name hangs, or the end. */
static struct ramfs_entry **find(struct ramfs_node *dir,
				 const struct vfscore_name *name)
{
	struct ramfs_entry **place = &dir->entries;

	while (*place && ((*place)->len != name->len ||
			  memcmp((*place)->name, name->text, name->len)))
		place = &(*place)->next;
	return place;
}

int ramfs_lookup(struct vnode *vnode, const struct vfscore_name *name,
		 struct vnode **out)
{
	struct ramfs_entry *entry = *find(ramfs_node_of(vnode), name);

	if (!entry)
		return -ENOENT;
	*out = vfscore_get(&entry->node->vnode);
	return 0;
}

int ramfs_parent(struct vnode *vnode, struct vnode **out)
{
	struct ramfs_node *node = ramfs_node_of(vnode);

	/* A removed directory has none any more. */
	if (!node->parent)
		return -ENOENT;
	*out = vfscore_get(&node->parent->vnode);
	return 0;
}

/* Adds an entry; -ENOENT in a directory that has been removed. */
static int add(struct ramfs_node *dir, const struct vfscore_name *name,
	       struct ramfs_node *node)
{
	struct ramfs_entry **place = &dir->entries, *entry;

	if (!dir->links)
		return -ENOENT;
	entry = malloc(sizeof(*entry) + name->len);
	if (!entry)
		return -ENOSPC;
	entry->next = NULL;
	entry->node = node;
	entry->place = dir->next_place++;
	entry->len = name->len;
	memcpy(entry->name, name->text, name->len);
	while (*place)
		place = &(*place)->next;
	*place = entry;
	node->links++;
	if (is_dir(node)) {
		node->parent = dir;
		dir->links++;
	}
	ramfs_touch(&dir->mtime, &dir->ctime);
	ramfs_touch(&node->ctime, NULL);
	return 0;
}

static void take(struct ramfs_node *dir, const struct vfscore_name *name)
{
	struct ramfs_entry **place = find(dir, name);
	struct ramfs_entry *entry = *place;
	struct ramfs_node *node = entry->node;

	*place = entry->next;
	free(entry);
	node->links--;
	if (is_dir(node)) {
		node->parent = NULL;
		dir->links--;
	}
	ramfs_touch(&dir->mtime, &dir->ctime);
	ramfs_touch(&node->ctime, NULL);
}

int ramfs_create(struct vnode *vnode, const struct vfscore_name *name,
		 mode_t mode, struct vnode **out)
{
	struct ramfs_node *node = ramfs_node_new(vnode->mount, mode);
	int result;

	if (!node)
		return -ENOSPC;
	result = add(ramfs_node_of(vnode), name, node);
	if (result < 0) {
		node->links = 0;
		vfscore_put(&node->vnode);
		return result;
	}
	*out = &node->vnode;
	return 0;
}

int ramfs_link(struct vnode *vnode, const struct vfscore_name *name,
	       struct vnode *node)
{
	/* Without any name left it is gone, open or not. */
	if (!ramfs_node_of(node)->links)
		return -ENOENT;
	return add(ramfs_node_of(vnode), name, ramfs_node_of(node));
}

int ramfs_remove(struct vnode *vnode, const struct vfscore_name *name,
		 struct vnode *victim)
{
	struct ramfs_node *node = ramfs_node_of(victim);

	if (is_dir(node) && node->entries)
		return -ENOTEMPTY;
	take(ramfs_node_of(vnode), name);
	/* What is left of a directory is its own "." */
	if (is_dir(node))
		node->links = 0;
	return 0;
}

int ramfs_rename(struct vnode *from, const struct vfscore_name *old_name,
		 struct vnode *vnode, struct vnode *to,
		 const struct vfscore_name *new_name, struct vnode *replaced)
{
	struct ramfs_node *node = ramfs_node_of(vnode);
	int result;

	if (replaced && is_dir(ramfs_node_of(replaced)) &&
	    ramfs_node_of(replaced)->entries)
		return -ENOTEMPTY;
	/* Adding may fail, so it goes first; twins are found in order. */
	result = add(ramfs_node_of(to), new_name, node);
	if (result < 0)
		return result;
	if (replaced)
		ramfs_remove(to, new_name, replaced);
	take(ramfs_node_of(from), old_name);
	if (is_dir(node))
		node->parent = ramfs_node_of(to);
	return 0;
}

int ramfs_readdir(struct vnode *vnode, off_t *place, struct dirent *out)
{
	struct ramfs_node *dir = ramfs_node_of(vnode);
	struct ramfs_entry *entry = dir->entries;

	while (entry && entry->place < *place)
		entry = entry->next;
	ramfs_touch(&dir->atime, NULL);
	if (!entry)
		return -ENOENT;
	out->d_ino = entry->node->ino;
	out->d_type = is_dir(entry->node) ? DT_DIR : DT_REG;
	memcpy(out->d_name, entry->name, entry->len);
	out->d_name[entry->len] = '\0';
	*place = entry->place + 1;
	return 0;
}
