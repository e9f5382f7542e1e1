/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Times and delays, all from the clock that starts with the machine.
 * The boot is the beginning of time: 1970, for the calendar.
 */
#include <errno.h>
#include <stddef.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>
#include <uk/plat/time.h>

#define NSEC_PER_SEC	1000000000LL

static void split(__nsec now, struct timespec *ts)
{
	ts->tv_sec = (time_t)(now / NSEC_PER_SEC);
	ts->tv_nsec = (long)(now % NSEC_PER_SEC);
}

int clock_gettime(clockid_t clock, struct timespec *ts)
{
	if (clock < CLOCK_REALTIME || clock > CLOCK_BOOTTIME) {
		errno = EINVAL;
		return -1;
	}
	split(ukplat_monotonic_clock(), ts);
	return 0;
}

int clock_getres(clockid_t clock, struct timespec *ts)
{
	if (clock < CLOCK_REALTIME || clock > CLOCK_BOOTTIME) {
		errno = EINVAL;
		return -1;
	}
	if (ts)
		split(1, ts);
	return 0;
}

time_t time(time_t *result)
{
	time_t now = (time_t)(ukplat_monotonic_clock() / NSEC_PER_SEC);

	if (result)
		*result = now;
	return now;
}

clock_t clock(void)
{
	return (clock_t)(ukplat_monotonic_clock() / 1000);
}

int gettimeofday(struct timeval *tv, void *zone)
{
	__nsec now = ukplat_monotonic_clock();

	(void)zone;
	tv->tv_sec = (time_t)(now / NSEC_PER_SEC);
	tv->tv_usec = (suseconds_t)(now % NSEC_PER_SEC / 1000);
	return 0;
}

static void wait_until(__nsec end)
{
	while (ukplat_monotonic_clock() < end)
		;
}

int nanosleep(const struct timespec *wanted, struct timespec *left)
{
	if (wanted->tv_sec < 0 || wanted->tv_nsec < 0 ||
	    wanted->tv_nsec >= NSEC_PER_SEC) {
		errno = EINVAL;
		return -1;
	}
	wait_until(ukplat_monotonic_clock() +
		   (__nsec)wanted->tv_sec * NSEC_PER_SEC +
		   (__nsec)wanted->tv_nsec);
	if (left)
		split(0, left);
	return 0;
}

int usleep(useconds_t usec)
{
	wait_until(ukplat_monotonic_clock() + (__nsec)usec * 1000);
	return 0;
}

unsigned int sleep(unsigned int seconds)
{
	wait_until(ukplat_monotonic_clock() + (__nsec)seconds * NSEC_PER_SEC);
	return 0;
}
