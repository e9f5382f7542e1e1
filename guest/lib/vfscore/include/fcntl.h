/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Flags of open files, with Linux' numbers, and the calls that take them.
 * There are no locks on files.
 */
#ifndef __FCNTL_H__
#define __FCNTL_H__

#include <sys/stat.h>
#include <sys/types.h>

#ifdef __cplusplus
extern "C" {
#endif

#define O_RDONLY	00
#define O_WRONLY	01
#define O_RDWR		02
#define O_ACCMODE	03
#define O_CREAT		0100
#define O_EXCL		0200
#define O_NOCTTY	0400
#define O_TRUNC		01000
#define O_APPEND	02000
#define O_NONBLOCK	04000
#define O_DSYNC		010000
#define O_SYNC		04010000
#if defined(__aarch64__)
#define O_DIRECTORY	040000
#define O_NOFOLLOW	0100000
#else
#define O_DIRECTORY	0200000
#define O_NOFOLLOW	0400000
#endif
#define O_CLOEXEC	02000000

#define F_DUPFD		0
#define F_GETFD		1
#define F_SETFD		2
#define F_GETFL		3
#define F_SETFL		4
#define F_DUPFD_CLOEXEC	1030
#define FD_CLOEXEC	1

/* For struct flock, which nobody here takes. */
#define F_GETLK		5
#define F_SETLK		6
#define F_SETLKW	7
#define F_RDLCK		0
#define F_WRLCK		1
#define F_UNLCK		2

#define AT_FDCWD		(-100)
#define AT_SYMLINK_NOFOLLOW	0x100
#define AT_REMOVEDIR		0x200
#define AT_EACCESS		0x200
#define AT_SYMLINK_FOLLOW	0x400
#define AT_NO_AUTOMOUNT		0x800
#define AT_EMPTY_PATH		0x1000

#ifndef SEEK_SET
#define SEEK_SET	0
#define SEEK_CUR	1
#define SEEK_END	2
#endif

int open(const char *path, int flags, ...);
/** open() for writing, O_CREAT and O_TRUNC. */
int creat(const char *path, mode_t mode);
int fcntl(int fd, int command, ...);

#ifdef __cplusplus
}
#endif

#endif /* __FCNTL_H__ */
