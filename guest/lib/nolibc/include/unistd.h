/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The part of POSIX' unistd.h that is about files and time.
 * The calls on files are in the library vfscore.
 */
#ifndef __UNISTD_H__
#define __UNISTD_H__

#include <stddef.h>
#include <sys/types.h>

#ifdef __cplusplus
extern "C" {
#endif

#define STDIN_FILENO	0
#define STDOUT_FILENO	1
#define STDERR_FILENO	2

#define F_OK		0
#define X_OK		1
#define W_OK		2
#define R_OK		4

#ifndef SEEK_SET
#define SEEK_SET	0
#define SEEK_CUR	1
#define SEEK_END	2
#endif

int close(int fd);
ssize_t read(int fd, void *buf, size_t len);
ssize_t write(int fd, const void *buf, size_t len);
ssize_t pread(int fd, void *buf, size_t len, off_t offset);
ssize_t pwrite(int fd, const void *buf, size_t len, off_t offset);
off_t lseek(int fd, off_t offset, int whence);
int dup(int fd);
int dup2(int fd, int wanted);
/** dup2() with O_CLOEXEC or 0; EINVAL where both are one descriptor. */
int dup3(int fd, int wanted, int flags);
int isatty(int fd);
int fsync(int fd);
int fdatasync(int fd);
void sync(void);
int truncate(const char *path, off_t len);
int ftruncate(int fd, off_t len);
int access(const char *path, int mode);
int unlink(const char *path);
int rmdir(const char *path);
int link(const char *from, const char *to);
int chdir(const char *path);
int fchdir(int fd);
char *getcwd(char *buf, size_t size);

/** Waits busily. */
unsigned int sleep(unsigned int seconds);
int usleep(useconds_t usec);
/** `NAME=value` of each variable, then a NULL; NULL before there was any. */
extern char **environ;

#define _SC_OPEN_MAX		4
#define _SC_PAGE_SIZE		30
#define _SC_PAGESIZE		_SC_PAGE_SIZE
#define _SC_NPROCESSORS_CONF	83
#define _SC_NPROCESSORS_ONLN	84

/** -1 with EINVAL for any other name. */
long sysconf(int name);
int gethostname(char *buf, size_t size);
void _exit(int status) __attribute__((noreturn));

#ifdef __cplusplus
}
#endif

#endif /* __UNISTD_H__ */
