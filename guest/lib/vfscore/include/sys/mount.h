/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Mounting file systems, with Linux' flags.
 * A file system is known by its name; see vfscore/mount.h.
 */
#ifndef __SYS_MOUNT_H__
#define __SYS_MOUNT_H__

#ifdef __cplusplus
extern "C" {
#endif

#define MS_RDONLY	1
#define MS_NOSUID	2
#define MS_NODEV	4
#define MS_NOEXEC	8
/* Taken by no file system here. */
#define MS_SYNCHRONOUS	16
#define MS_REMOUNT	32
#define MS_DIRSYNC	128
#define MS_NOATIME	1024
#define MS_NODIRATIME	2048
#define MS_BIND		4096
#define MS_MOVE		8192
#define MS_REC		16384
#define MS_PRIVATE	(1 << 18)
#define MS_RELATIME	(1 << 21)
#define MS_STRICTATIME	(1 << 24)

#define MNT_FORCE	1
#define MNT_DETACH	2
#define MNT_EXPIRE	4
#define UMOUNT_NOFOLLOW	8

/**
 * Mounts a file system on a directory. On "/" it becomes the root, if nothing
 * is mounted yet.
 *
 * @param dev device, "" where the file system needs none
 * @param dir directory to be covered
 * @param fstype name of the file system, such as "ramfs"
 * @param flags MS_RDONLY or 0
 * @param data for the file system, usually NULL
 * @return 0, or -1 with errno: ENODEV for an unknown file system, ENOENT,
 *	ENOTDIR, EBUSY when something is mounted there already
 */
int mount(const char *dev, const char *dir, const char *fstype,
	  unsigned long flags, const void *data);
/** Takes away what is mounted on a directory; EBUSY while it is in use. */
int umount(const char *dir);
/** umount() with flags: MNT_FORCE and MNT_DETACH are refused with EINVAL. */
int umount2(const char *dir, int flags);

#ifdef __cplusplus
}
#endif

#endif /* __SYS_MOUNT_H__ */
