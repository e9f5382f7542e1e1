/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The clocks of POSIX' time.h, which all count from the boot, and the dates
 * of C11. There is one zone, UTC.
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

#define CLOCK_PROCESS_CPUTIME_ID	2
#define CLOCK_THREAD_CPUTIME_ID		3
#define CLOCK_MONOTONIC_RAW		4
#define CLOCK_REALTIME_COARSE		5
#define CLOCK_MONOTONIC_COARSE		6
#define CLOCK_BOOTTIME			7

struct tm {
	int tm_sec;
	int tm_min;
	int tm_hour;
	/** From 1. */
	int tm_mday;
	/** Months since January. */
	int tm_mon;
	/** Years since 1900. */
	int tm_year;
	/** Days since Sunday. */
	int tm_wday;
	/** Days since January 1. */
	int tm_yday;
	int tm_isdst;
	/** Seconds east of UTC: always 0. */
	long tm_gmtoff;
	const char *tm_zone;
};

/* NULL with EOVERFLOW for a year beyond an int. */
struct tm *gmtime(const time_t *time);
struct tm *gmtime_r(const time_t *__restrict time, struct tm *__restrict tm);
struct tm *localtime(const time_t *time);
struct tm *localtime_r(const time_t *__restrict time, struct tm *__restrict tm);
/** Takes fields of any value and brings them into their ranges. */
time_t mktime(struct tm *tm);
time_t timegm(struct tm *tm);
double difftime(time_t end, time_t start);
/** Number of bytes without the NUL; 0 where it does not fit. */
size_t strftime(char *__restrict buf, size_t size,
		const char *__restrict format,
		const struct tm *__restrict tm);
/* `Thu Jan  1 00:00:00 1970` and a line feed, in 26 bytes. */
char *asctime(const struct tm *tm);
char *asctime_r(const struct tm *__restrict tm, char *__restrict buf);
char *ctime(const time_t *time);
char *ctime_r(const time_t *time, char *buf);

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
