/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Turns seconds into dates and back, in the proleptic Gregorian calendar.
 * There is one zone, UTC, and no leap second.
 */
#include <errno.h>
#include <limits.h>
#include <stddef.h>
#include <stdio.h>
#include <time.h>

#define DAY 86400LL

/*
 * Years begin in March here, so that the leap day is the last one. An era of
 * 400 years has always 146097 days.
 */
#define ERA_DAYS 146097LL
/* From 0000-03-01 to 1970-01-01. */
#define EPOCH_DAYS 719468LL

static long long floor_div(long long n, long long d)
{
	return n / d - (n % d < 0);
}

static int is_leap(long long year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

/* Days before the month, of a year that begins in January. */
static int days_before(int month, long long year)
{
	static const short before[] = { 0, 31, 59, 90, 120, 151,
					181, 212, 243, 273, 304, 334 };

	return before[month] + (month > 1 && is_leap(year));
}

static long long days_of(long long year, int month, long long day)
{
	long long y = month < 2 ? year - 1 : year;
	long long era = floor_div(y, 400);
	long long of_era = y - era * 400;
	int since_march = (month + 10) % 12;
	long long of_year = (153LL * since_march + 2) / 5 + day - 1;

	return era * ERA_DAYS + of_era * 365 + of_era / 4 - of_era / 100 +
	       of_year - EPOCH_DAYS;
}

struct tm *gmtime_r(const time_t *restrict time, struct tm *restrict tm)
{
	long long days = floor_div(*time, DAY);
	long long rest = *time - days * DAY;
	long long shifted = days + EPOCH_DAYS;
	long long era = floor_div(shifted, ERA_DAYS);
	long long of_era = shifted - era * ERA_DAYS;
	long long years = (of_era - of_era / 1460 + of_era / 36524 -
			   of_era / (ERA_DAYS - 1)) / 365;
	long long of_year = of_era - (365 * years + years / 4 - years / 100);
	int since_march = (5 * of_year + 2) / 153;
	int month = (since_march + 2) % 12;
	long long year = era * 400 + years + (month < 2);

	if (year - 1900 > INT_MAX || year - 1900 < INT_MIN) {
		errno = EOVERFLOW;
		return NULL;
	}
	tm->tm_sec = rest % 60;
	tm->tm_min = rest / 60 % 60;
	tm->tm_hour = rest / 3600;
	tm->tm_mday = of_year - (153 * since_march + 2) / 5 + 1;
	tm->tm_mon = month;
	tm->tm_year = year - 1900;
	tm->tm_wday = (days % 7 + 11) % 7;
	tm->tm_yday = days_before(month, year) + tm->tm_mday - 1;
	tm->tm_isdst = 0;
	tm->tm_gmtoff = 0;
	tm->tm_zone = "UTC";
	return tm;
}

time_t timegm(struct tm *tm)
{
	long long months = tm->tm_year * 12LL + tm->tm_mon;
	long long year = floor_div(months, 12) + 1900;
	int month = months - floor_div(months, 12) * 12;
	time_t time = days_of(year, month, tm->tm_mday) * DAY +
		      tm->tm_hour * 3600LL + tm->tm_min * 60LL + tm->tm_sec;

	return gmtime_r(&time, tm) ? time : -1;
}

time_t mktime(struct tm *tm)
{
	return timegm(tm);
}

struct tm *localtime_r(const time_t *restrict time, struct tm *restrict tm)
{
	return gmtime_r(time, tm);
}

static struct tm shared;

struct tm *gmtime(const time_t *time)
{
	return gmtime_r(time, &shared);
}

struct tm *localtime(const time_t *time)
{
	return gmtime_r(time, &shared);
}

double difftime(time_t end, time_t start)
{
	return (double)(end - start);
}

/* "Thu Jan  1 00:00:00 1970\n": 26 bytes with its NUL, for years of C. */
char *asctime_r(const struct tm *restrict tm, char *restrict buf)
{
	strftime(buf, 26, "%a %b %e %H:%M:%S %Y\n", tm);
	return buf;
}

static char text[26];

char *asctime(const struct tm *tm)
{
	return asctime_r(tm, text);
}

char *ctime_r(const time_t *time, char *buf)
{
	struct tm tm;

	return gmtime_r(time, &tm) ? asctime_r(&tm, buf) : NULL;
}

char *ctime(const time_t *time)
{
	return ctime_r(time, text);
}
