/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Times of files in seconds. utime() is Unikraft's vfscore's: the kit has
 * none, and an image without that does not link.
 */
#ifndef __UTIME_H__
#define __UTIME_H__

#include <sys/types.h>

#ifdef __cplusplus
extern "C" {
#endif

struct utimbuf {
	/** Of the last access. */
	time_t actime;
	/** Of the last change. */
	time_t modtime;
};

/** Sets both times; those of now where `times` is NULL. */
int utime(const char *path, const struct utimbuf *times);

#ifdef __cplusplus
}
#endif

#endif /* __UTIME_H__ */
