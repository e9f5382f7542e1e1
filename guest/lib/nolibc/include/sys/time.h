/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Times in microseconds.
 * The boot is the beginning of time here, too. Those that set times of files
 * are Unikraft's vfscore's: the kit has none, and an image that calls them
 * without it does not link.
 */
#ifndef __SYS_TIME_H__
#define __SYS_TIME_H__

#include <sys/types.h>

#ifdef __cplusplus
extern "C" {
#endif

struct timeval {
	time_t tv_sec;
	suseconds_t tv_usec;
};

int gettimeofday(struct timeval *tv, void *zone);

/** Sets the time of the last access and of the last change; NULL is now. */
int utimes(const char *path, const struct timeval times[2]);
int futimes(int fd, const struct timeval times[2]);
int futimesat(int dir, const char *path, const struct timeval times[2]);

#ifdef __cplusplus
}
#endif

#endif /* __SYS_TIME_H__ */
