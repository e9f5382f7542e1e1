/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What the parts of vfscore share: paths, open files, checks.
 * File systems do not see it; theirs is vfscore/vnode.h.
 */
#ifndef __VFSCORE_VFS_H__
#define __VFSCORE_VFS_H__

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <sys/mount.h>
#include <sys/types.h>
#include <vfscore/mount.h>
#include <vfscore/vnode.h>

#define VFS_FDS	256

/* The last component of a path, which may not exist yet. */
struct vfs_last {
	struct vfscore_name name;
	enum { LAST_NAME, LAST_DOT, LAST_DOTDOT, LAST_ROOT } kind;
	/* Something must be a directory, because a slash follows it. */
	int slash;
};

struct vfs_file {
	struct vnode *node;
	/* Of open(), as F_GETFL shows them. */
	int flags;
	/* Place in a file; for a directory that of the next entry. */
	off_t offset;
	/* Descriptors. */
	unsigned int refs;
};

/* The end of a call: what is negative goes to errno. */
static inline int vfs_result(int result)
{
	if (result >= 0)
		return result;
	errno = -result;
	return -1;
}

static inline int vfs_is_dir(const struct vnode *node)
{
	return node->type == S_IFDIR;
}

static inline int vfs_is_mount_root(const struct vnode *node)
{
	return node->mount && node->mount->root == node;
}

/* -EROFS on a read-only mount. */
static inline int vfs_writable(const struct vnode *node)
{
	return node->mount && node->mount->flags & MS_RDONLY ? -EROFS : 0;
}

/* The root of all, with a reference. */
int vfs_root(struct vnode **out);
/* The working directory, with a reference. */
int vfs_cwd(struct vnode **out);

/* Follows a path to its last component; *dir surely is a directory. */
int vfs_walk_parent(const char *path, struct vnode **dir,
		    struct vfs_last *last);
/* What the last component means; all references are the caller's. */
int vfs_walk_last(struct vnode *dir, const struct vfs_last *last,
		  struct vnode **out);
/* Follows a whole path. */
int vfs_walk(const char *path, struct vnode **out);
/* The directory above, across mounts; the root is above itself. */
int vfs_up(struct vnode *dir, struct vnode **out);
/* Everything that a vnode can say about itself. */
int vfs_getattr(struct vnode *node, struct stat *st);
int vfs_truncate(struct vnode *node, off_t len);

/* The open file of a descriptor, or NULL. */
struct vfs_file *vfs_file_of(int fd);
/* Takes the lowest free descriptor at or above one, or -EMFILE. */
int vfs_fd_reserve(int least);
void vfs_fd_fill(int fd, struct vfs_file *file, int cloexec);
void vfs_fd_cancel(int fd);

/* How many file systems are mounted. */
unsigned int vfs_mount_count(void);

/* Permission bits for something new. */
mode_t vfs_masked(mode_t mode);

extern struct vnode vfs_console;

#endif /* __VFSCORE_VFS_H__ */
