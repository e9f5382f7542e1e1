/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The working directory, kept as a directory and not as a path.
 * Until chdir() is called it is the root, whichever root is mounted.
 */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "vfs.h"

static struct vnode *cwd;

int vfs_cwd(struct vnode **out)
{
	if (!cwd)
		return vfs_root(out);
	*out = vfscore_get(cwd);
	return 0;
}

static void set_cwd(struct vnode *dir)
{
	/* The root is no directory to hold on to: it must stay unmountable. */
	int is_root = vfs_is_mount_root(dir) && !dir->mount->covers;

	vfscore_put(cwd);
	cwd = is_root ? NULL : vfscore_get(dir);
}

int chdir(const char *path)
{
	struct vnode *dir;
	int result = vfs_walk(path, &dir);

	if (result < 0)
		return vfs_result(result);
	if (vfs_is_dir(dir))
		set_cwd(dir);
	else
		result = -ENOTDIR;
	vfscore_put(dir);
	return vfs_result(result);
}

int fchdir(int fd)
{
	struct vfs_file *file = vfs_file_of(fd);

	if (!file)
		return vfs_result(-EBADF);
	if (!vfs_is_dir(file->node))
		return vfs_result(-ENOTDIR);
	set_cwd(file->node);
	return 0;
}

/* Finds the entry of a directory in the one above it. */
static int name_in(struct vnode *above, struct vnode *dir,
		   struct dirent *entry)
{
	struct stat st;
	off_t place = 2;
	int result;

	while (vfs_is_mount_root(dir) && dir->mount->covers)
		dir = dir->mount->covers;
	result = vfs_getattr(dir, &st);
	while (!result) {
		result = above->ops->readdir(above, &place, entry);
		if (!result && entry->d_ino == st.st_ino)
			return 0;
	}
	return result;
}

/* Writes the path in front of `end` and returns where it starts. */
static int write_path(struct vnode *at, char *start, char **end)
{
	struct dirent entry;
	struct vnode *above;
	size_t len;
	int result;

	vfscore_get(at);
	for (;;) {
		result = vfs_up(at, &above);
		if (result < 0)
			break;
		if (above == at) {
			vfscore_put(above);
			break;
		}
		result = name_in(above, at, &entry);
		vfscore_put(at);
		at = above;
		if (result < 0)
			break;
		len = strlen(entry.d_name) + 1;
		if (len > (size_t)(*end - start)) {
			result = -ERANGE;
			break;
		}
		*end -= len;
		**end = '/';
		memcpy(*end + 1, entry.d_name, len - 1);
	}
	vfscore_put(at);
	return result;
}

static int path_of_cwd(char *buf, size_t size)
{
	char *end = buf + size - 1, *start = end;
	struct vnode *at;
	int result = vfs_cwd(&at);

	if (result < 0)
		return result;
	*end = '\0';
	result = write_path(at, buf, &start);
	vfscore_put(at);
	if (result < 0)
		return result;
	if (start == end) {
		if (size < 2)
			return -ERANGE;
		*--start = '/';
	}
	memmove(buf, start, buf + size - start);
	return 0;
}

char *getcwd(char *buf, size_t size)
{
	char *made = NULL;
	int result;

	if (buf && !size) {
		errno = EINVAL;
		return NULL;
	}
	if (!buf) {
		if (!size)
			size = PATH_MAX;
		buf = made = malloc(size);
		if (!made) {
			errno = ENOMEM;
			return NULL;
		}
	}
	result = path_of_cwd(buf, size);
	if (!result)
		return buf;
	free(made);
	errno = -result;
	return NULL;
}
