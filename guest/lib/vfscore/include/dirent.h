/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Reading directories.
 * A stream keeps its place while entries come and go.
 */
#ifndef __DIRENT_H__
#define __DIRENT_H__

#include <sys/types.h>

#ifdef __cplusplus
extern "C" {
#endif

#define DT_UNKNOWN	0
#define DT_FIFO		1
#define DT_CHR		2
#define DT_DIR		4
#define DT_BLK		6
#define DT_REG		8
#define DT_LNK		10
#define DT_SOCK		12

struct dirent {
	ino_t d_ino;
	/** Place of the entry after this one, for seekdir(). */
	off_t d_off;
	unsigned short d_reclen;
	unsigned char d_type;
	char d_name[256];
};

/* An offset is a long, as all of this library's are: both are one. */
#define dirent64 dirent
#define readdir64 readdir
#define readdir64_r readdir_r

/** A stream; what is in it is the library's. */
typedef struct vfscore_dir DIR;
struct vfscore_dir {
	int fd;
	struct dirent entry;
};

DIR *opendir(const char *path);
DIR *fdopendir(int fd);
/** The next entry, NULL at the end; it holds until the next call. */
struct dirent *readdir(DIR *dir);
/**
 * readdir() into an entry of the caller's.
 *
 * @param result gets `entry`, or NULL at the end
 * @return 0, or an error number
 */
int readdir_r(DIR *__restrict dir, struct dirent *__restrict entry,
	      struct dirent **__restrict result);
int closedir(DIR *dir);
void rewinddir(DIR *dir);
long telldir(DIR *dir);
void seekdir(DIR *dir, long place);
int dirfd(DIR *dir);

#ifdef __cplusplus
}
#endif

#endif /* __DIRENT_H__ */
