/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * ramfs: a file system on the heap, gone when it is unmounted.
 * mount() takes "size=N", "size=Nk" or "size=Nm" as data: a limit for the
 * content of its files.
 */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include "ramfs.h"

struct ramfs_total ramfs_total;

void ramfs_touch(struct timespec *a, struct timespec *b)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	*a = now;
	if (b)
		*b = now;
}

struct ramfs_node *ramfs_node_new(struct vfscore_mount *mount, mode_t mode)
{
	struct ramfs *fs = mount->data;
	struct ramfs_node *node = calloc(1, sizeof(*node));

	if (!node)
		return NULL;
	ramfs_total.nodes++;
	vfscore_vnode_init(&node->vnode, mount, &ramfs_ops, mode & S_IFMT);
	node->ino = ++fs->last_ino;
	node->mode = mode;
	node->next_place = 2;
	/* "." names a directory from the start. */
	node->links = (mode & S_IFMT) == S_IFDIR;
	ramfs_touch(&node->atime, &node->mtime);
	node->ctime = node->mtime;
	return node;
}

void ramfs_node_free(struct ramfs_node *node)
{
	ramfs_pages_drop(node, 0);
	ramfs_total.nodes--;
	free(node);
}

static void ramfs_release(struct vnode *vnode)
{
	if (!ramfs_node_of(vnode)->links)
		ramfs_node_free(ramfs_node_of(vnode));
}

static int ramfs_getattr(struct vnode *vnode, struct stat *st)
{
	struct ramfs_node *node = ramfs_node_of(vnode);

	st->st_ino = node->ino;
	st->st_mode = node->mode;
	st->st_nlink = node->links;
	st->st_size = node->size;
	st->st_blksize = RAMFS_PAGE;
	st->st_blocks = (blkcnt_t)(node->pages.count * (RAMFS_PAGE / 512));
	st->st_atim = node->atime;
	st->st_mtim = node->mtime;
	st->st_ctim = node->ctime;
	return 0;
}

static int ramfs_chmod(struct vnode *vnode, mode_t mode)
{
	struct ramfs_node *node = ramfs_node_of(vnode);

	node->mode = (node->mode & S_IFMT) | mode;
	ramfs_touch(&node->ctime, NULL);
	return 0;
}

const struct vfscore_ops ramfs_ops = {
	.lookup = ramfs_lookup,
	.parent = ramfs_parent,
	.create = ramfs_create,
	.remove = ramfs_remove,
	.link = ramfs_link,
	.rename = ramfs_rename,
	.readdir = ramfs_readdir,
	.read = ramfs_read,
	.write = ramfs_write,
	.truncate = ramfs_truncate,
	.getattr = ramfs_getattr,
	.chmod = ramfs_chmod,
	.release = ramfs_release,
};

/* Pages for "size=…"; 0 if the text is something else. */
static unsigned long read_limit(const char *text)
{
	unsigned long bytes;
	char *end;

	if (strncmp(text, "size=", 5))
		return 0;
	bytes = strtoul(text + 5, &end, 10);
	if (*end == 'k')
		bytes *= 1024;
	else if (*end == 'm')
		bytes *= 1024 * 1024;
	if (*end && end[1])
		return 0;
	return bytes / RAMFS_PAGE + (bytes % RAMFS_PAGE != 0);
}

static int ramfs_mount(struct vfscore_mount *mount, const char *dev,
		       const void *data)
{
	struct ramfs_node *root;
	struct ramfs *fs;
	unsigned long limit = ULONG_MAX;

	(void)dev;
	if (data && *(const char *)data) {
		limit = read_limit(data);
		if (!limit)
			return -EINVAL;
	}
	fs = calloc(1, sizeof(*fs));
	if (!fs)
		return -ENOMEM;
	fs->max_pages = limit;
	mount->data = fs;
	root = ramfs_node_new(mount, S_IFDIR | 0755);
	if (!root) {
		free(fs);
		return -ENOMEM;
	}
	/* The root has no entry, but it counts as if it had one. */
	root->links = 2;
	mount->root = &root->vnode;
	return 0;
}

/* Takes the first entry out; returns a directory that has to go before it. */
static struct ramfs_node *clear_first(struct ramfs_node *dir)
{
	struct ramfs_entry *entry = dir->entries;
	struct ramfs_node *node = entry->node;
	int is_dir = node->vnode.type == S_IFDIR;

	if (is_dir && node->entries)
		return node;
	dir->entries = entry->next;
	free(entry);
	node->links--;
	if (is_dir || !node->links)
		ramfs_node_free(node);
	return dir;
}

static void ramfs_unmount(struct vfscore_mount *mount)
{
	struct ramfs_node *root = ramfs_node_of(mount->root), *dir = root;

	/* Down and up along the parents: no stack is deep enough for all. */
	while (dir != root || dir->entries)
		dir = dir->entries ? clear_first(dir) : dir->parent;
	ramfs_node_free(root);
	free(mount->data);
}

static struct vfscore_fs ramfs = {
	.name = "ramfs",
	.mount = ramfs_mount,
	.unmount = ramfs_unmount,
};

VFSCORE_FS_REGISTER(ramfs);
