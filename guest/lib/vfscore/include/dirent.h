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

typedef struct vfscore_dir DIR;

DIR *opendir(const char *path);
DIR *fdopendir(int fd);
/** The next entry, NULL at the end; it holds until the next call. */
struct dirent *readdir(DIR *dir);
int closedir(DIR *dir);
void rewinddir(DIR *dir);
long telldir(DIR *dir);
void seekdir(DIR *dir, long place);
int dirfd(DIR *dir);

#ifdef __cplusplus
}
#endif

#endif /* __DIRENT_H__ */
