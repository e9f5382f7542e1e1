/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What a file system says of itself, in Linux' layout. The calls are those of
 * Unikraft's vfscore: the kit has none, and an image without that does not
 * link.
 */
#ifndef __SYS_STATFS_H__
#define __SYS_STATFS_H__

#include <sys/types.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct __fsid_t {
	int __val[2];
} fsid_t;

struct statfs {
	/** Number of the kind of file system. */
	unsigned long f_type;
	unsigned long f_bsize;
	fsblkcnt_t f_blocks;
	fsblkcnt_t f_bfree;
	/** Free for users without rights of their own. */
	fsblkcnt_t f_bavail;
	fsfilcnt_t f_files;
	fsfilcnt_t f_ffree;
	fsid_t f_fsid;
	/** Longest name of a file. */
	unsigned long f_namelen;
	unsigned long f_frsize;
	/** ST_* of sys/statvfs.h. */
	unsigned long f_flags;
	unsigned long f_spare[4];
};

int statfs(const char *path, struct statfs *fs);
int fstatfs(int fd, struct statfs *fs);

#ifdef __cplusplus
}
#endif

#endif /* __SYS_STATFS_H__ */
