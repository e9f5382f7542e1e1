/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Streams of directory entries.
 * "." and ".." are always there and come first, whatever the file system.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "vfs.h"

DIR *fdopendir(int fd)
{
	struct vfs_file *file = vfs_file_of(fd);
	DIR *dir;

	if (!file || !vfs_is_dir(file->node)) {
		errno = file ? ENOTDIR : EBADF;
		return NULL;
	}
	dir = calloc(1, sizeof(*dir));
	if (!dir) {
		errno = ENOMEM;
		return NULL;
	}
	dir->fd = fd;
	return dir;
}

DIR *opendir(const char *path)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *dir;

	if (fd < 0)
		return NULL;
	dir = fdopendir(fd);
	if (!dir) {
		close(fd);
		errno = ENOMEM;
	}
	return dir;
}

int closedir(DIR *dir)
{
	int fd;

	if (!dir)
		return vfs_result(-EBADF);
	fd = dir->fd;
	free(dir);
	return close(fd);
}

/* "." and "..": the places 0 and 1. */
static int read_dots(struct vnode *dir, off_t *place, struct dirent *entry)
{
	struct vnode *node = vfscore_get(dir);
	struct stat st;
	int result = 0;

	if (*place == 1) {
		vfscore_put(node);
		result = vfs_up(dir, &node);
		if (result < 0)
			return result;
	}
	result = vfs_getattr(node, &st);
	vfscore_put(node);
	entry->d_ino = st.st_ino;
	entry->d_type = DT_DIR;
	strcpy(entry->d_name, *place ? ".." : ".");
	++*place;
	return result;
}

struct dirent *readdir(DIR *dir)
{
	struct vfs_file *file = vfs_file_of(dir->fd);
	struct dirent *entry = &dir->entry;
	int result;

	if (!file) {
		errno = EBADF;
		return NULL;
	}
	if (file->offset < 2)
		result = read_dots(file->node, &file->offset, entry);
	else
		result = file->node->ops->readdir(file->node, &file->offset,
						  entry);
	if (result < 0) {
		/* The end is no error; a removed directory is at its end. */
		if (result != -ENOENT)
			errno = -result;
		return NULL;
	}
	entry->d_off = file->offset;
	entry->d_reclen = sizeof(*entry);
	return entry;
}

int readdir_r(DIR *restrict dir, struct dirent *restrict entry,
	      struct dirent **restrict result)
{
	const int before = errno;
	const struct dirent *found;
	int error;

	errno = 0;
	found = readdir(dir);
	error = found ? 0 : errno;
	errno = before;
	*result = NULL;
	if (found) {
		*entry = *found;
		*result = entry;
	}
	return error;
}

void rewinddir(DIR *dir)
{
	seekdir(dir, 0);
}

long telldir(DIR *dir)
{
	struct vfs_file *file = vfs_file_of(dir->fd);

	return file ? (long)file->offset : vfs_result(-EBADF);
}

void seekdir(DIR *dir, long place)
{
	struct vfs_file *file = vfs_file_of(dir->fd);

	if (file && place >= 0)
		file->offset = place;
}

int dirfd(DIR *dir)
{
	return dir->fd;
}
