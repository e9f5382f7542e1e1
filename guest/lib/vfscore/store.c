/* SPDX-License-Identifier: BSD-3-Clause */
/* What vfscore has open, as values of the store. */
#include <uk/store.h>
#include "vfs.h"

static int get_open_fds(void *cookie __unused, __u32 *out)
{
	int fd;

	*out = 0;
	for (fd = 0; fd < VFS_FDS; fd++)
		if (vfs_file_of(fd))
			(*out)++;
	return 0;
}
UK_STORE_STATIC_ENTRY(1, open_fds, u32, get_open_fds, NULL);

static int get_mounts(void *cookie __unused, __u32 *out)
{
	*out = vfs_mount_count();
	return 0;
}
UK_STORE_STATIC_ENTRY(2, mounts, u32, get_mounts, NULL);
