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
#define O_ASYNC		020000
#define O_NOATIME	01000000
#define O_PATH		010000000
#if defined(__aarch64__)
#define O_DIRECT	0200000
#define O_LARGEFILE	0400000
#define O_DIRECTORY	040000
#define O_NOFOLLOW	0100000
#else
#define O_DIRECT	040000
#define O_LARGEFILE	0100000
#define O_DIRECTORY	0200000
#define O_NOFOLLOW	0400000
#endif
#define O_CLOEXEC	02000000

/* BSD's names of some. */
#define FAPPEND		O_APPEND
#define FASYNC		O_ASYNC
#define FNONBLOCK	O_NONBLOCK
#define FNDELAY		O_NONBLOCK

#define F_DUPFD		0
#define F_GETFD		1
#define F_SETFD		2
#define F_GETFL		3
#define F_SETFL		4
#define F_DUPFD_CLOEXEC	1030
#define FD_CLOEXEC	1

#define F_SETOWN	8
#define F_GETOWN	9
#define F_SETSIG	10
#define F_GETSIG	11

/* For struct flock, which the kit does not take. */
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

#define POSIX_FADV_NORMAL	0
#define POSIX_FADV_RANDOM	1
#define POSIX_FADV_SEQUENTIAL	2
#define POSIX_FADV_WILLNEED	3
#define POSIX_FADV_DONTNEED	4
#define POSIX_FADV_NOREUSE	5

/** A lock on a part of a file. */
struct flock {
	/** F_RDLCK, F_WRLCK or F_UNLCK. */
	short l_type;
	short l_whence;
	off_t l_start;
	off_t l_len;
	pid_t l_pid;
};

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
