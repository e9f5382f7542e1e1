/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What a file system says of itself, as POSIX has it, in musl's layout. The
 * calls are those of Unikraft's vfscore: the kit has none, and an image
 * without that does not link.
 */
#ifndef __SYS_STATVFS_H__
#define __SYS_STATVFS_H__

#include <sys/types.h>

#ifdef __cplusplus
extern "C" {
#endif

#define ST_RDONLY	1
#define ST_NOSUID	2
#define ST_NODEV	4
#define ST_NOEXEC	8
#define ST_SYNCHRONOUS	16
#define ST_MANDLOCK	64
#define ST_NOATIME	1024
#define ST_NODIRATIME	2048
#define ST_RELATIME	4096

struct statvfs {
	unsigned long f_bsize;
	unsigned long f_frsize;
	fsblkcnt_t f_blocks;
	fsblkcnt_t f_bfree;
	/** Free for users without rights of their own. */
	fsblkcnt_t f_bavail;
	fsfilcnt_t f_files;
	fsfilcnt_t f_ffree;
	fsfilcnt_t f_favail;
	unsigned long f_fsid;
#ifndef __LP64__
	int __padding;
#endif
	/** ST_*. */
	unsigned long f_flag;
	/** Longest name of a file. */
	unsigned long f_namemax;
	/** Number of the kind of file system. */
	unsigned int f_type;
	int __reserved[5];
};

int statvfs(const char *__restrict path, struct statvfs *__restrict fs);
int fstatvfs(int fd, struct statvfs *fs);

#ifdef __cplusplus
}
#endif

#endif /* __SYS_STATVFS_H__ */
