/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The clocks of POSIX' time.h, which all count from the boot.
 * There is no calendar.
 */
#ifndef __TIME_H__
#define __TIME_H__

#include <stddef.h>
#include <sys/types.h>

#ifdef __cplusplus
extern "C" {
#endif

struct timespec {
	time_t tv_sec;
	long tv_nsec;
};

#define CLOCK_REALTIME	0
#define CLOCK_MONOTONIC	1
#define CLOCKS_PER_SEC	1000000L

time_t time(time_t *result);
clock_t clock(void);
int clock_gettime(clockid_t clock, struct timespec *ts);
int clock_getres(clockid_t clock, struct timespec *ts);
/** Waits busily. Nothing can interrupt it, so nothing is ever left. */
int nanosleep(const struct timespec *wanted, struct timespec *left);

#ifdef __cplusplus
}
#endif

#endif /* __TIME_H__ */
