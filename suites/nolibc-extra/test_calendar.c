/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Dates: the seams of months, leap years and centuries, forth and back.
 * The clock that time() reads is not looked at.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <uk/test.h>

/*
 * Whether a time is this date, and the date this time. What a time_t of 32
 * bits cannot hold is true, so that all machines have the same results.
 */
static int is_date(long long seconds, const char *text)
{
	time_t at = (time_t)seconds;
	char buf[64];
	struct tm tm;

	if (at != seconds)
		return 1;
	return gmtime_r(&at, &tm) == &tm &&
	       strftime(buf, sizeof(buf), "%F %T %a %j", &tm) == strlen(text) &&
	       strcmp(buf, text) == 0 && timegm(&tm) == at;
}

#define EXPECT_DATE(seconds, text) \
	UK_TEST_EXPECT(is_date((seconds), (text)))

UK_TESTCASE(nolibc_extra_calendar_testsuite, seams)
{
	EXPECT_DATE(0, "1970-01-01 00:00:00 Thu 001");
	EXPECT_DATE(-1, "1969-12-31 23:59:59 Wed 365");
	EXPECT_DATE(951782399, "2000-02-28 23:59:59 Mon 059");
	EXPECT_DATE(951782400, "2000-02-29 00:00:00 Tue 060");
	EXPECT_DATE(951868800, "2000-03-01 00:00:00 Wed 061");
	EXPECT_DATE(978307199, "2000-12-31 23:59:59 Sun 366");
	EXPECT_DATE(1709164800, "2024-02-29 00:00:00 Thu 060");
	EXPECT_DATE(2147483647, "2038-01-19 03:14:07 Tue 019");
}

UK_TESTCASE(nolibc_extra_calendar_testsuite, centuries)
{
	time_t far = (time_t)(1LL << 62);

	EXPECT_DATE(4107542400LL, "2100-03-01 00:00:00 Mon 060");
	EXPECT_DATE(-2203891200LL, "1900-03-01 00:00:00 Thu 060");
	EXPECT_DATE(-11644473600LL, "1601-01-01 00:00:00 Mon 001");
	errno = 0;
	UK_TEST_EXPECT(far == 0 || (!gmtime(&far) && errno == EOVERFLOW));
}

UK_TESTCASE(nolibc_extra_calendar_testsuite, days_of_a_century)
{
	struct tm tm, back;
	int wrong = 0;
	long day;

	for (day = -12000; day < 24000; day += 5) {
		time_t at = (time_t)day * 86400 + 3661;

		gmtime_r(&at, &tm);
		back = tm;
		wrong += timegm(&back) != at || tm.tm_hour != 1 ||
			 tm.tm_min != 1 || tm.tm_sec != 1 ||
			 tm.tm_wday != (day + 12002) % 7;
	}
	UK_TEST_EXPECT_ZERO(wrong);
}

UK_TESTCASE(nolibc_extra_calendar_testsuite, fields_beyond_their_range)
{
	struct tm tm = { .tm_year = 100, .tm_mon = 13, .tm_mday = 29,
			 .tm_hour = -1, .tm_min = 120, .tm_sec = 61 };
	char buf[32];

	/* The 29th of February 2001, and 61 minutes and a second. */
	UK_TEST_EXPECT_SNUM_EQ(mktime(&tm), 983408461);
	strftime(buf, sizeof(buf), "%c", &tm);
	UK_TEST_EXPECT_ZERO(strcmp(buf, "Thu Mar  1 01:01:01 2001"));
	UK_TEST_EXPECT_SNUM_EQ(tm.tm_yday, 59);
}

#define EXPECT_FORMAT(tm, format, text)                                    \
	do {                                                               \
		char buf[64];                                              \
									   \
		UK_TEST_EXPECT_SNUM_EQ(strftime(buf, sizeof(buf),          \
						(format), (tm)),           \
				       strlen(text));                      \
		UK_TEST_EXPECT_ZERO(strcmp(buf, (text)));                  \
	} while (0)

UK_TESTCASE(nolibc_extra_calendar_testsuite, formats)
{
	time_t at = 1230811445; /* 2009-01-01 12:04:05, a Thursday */
	time_t eve = 1230768000 - 86400 * 3; /* 2008-12-29, a Monday */
	struct tm tm;

	gmtime_r(&at, &tm);
	EXPECT_FORMAT(&tm, "%A %a %B %b %h", "Thursday Thu January Jan Jan");
	EXPECT_FORMAT(&tm, "%C %y %Y %G %g", "20 09 2009 2009 09");
	EXPECT_FORMAT(&tm, "%D %x %R %r",
		      "01/01/09 01/01/09 12:04 12:04:05 PM");
	EXPECT_FORMAT(&tm, "%e|%d|%I|%p|%j", " 1|01|12|PM|001");
	EXPECT_FORMAT(&tm, "%U %V %W %u %w", "00 01 00 4 4");
	EXPECT_FORMAT(&tm, "%s %z %Z %%%n%t%q.", "1230811445 +0000 UTC %\n\t.");
	gmtime_r(&eve, &tm);
	EXPECT_FORMAT(&tm, "%G-W%V-%u", "2009-W01-1");
}

UK_TESTCASE(nolibc_extra_calendar_testsuite, too_little_room)
{
	time_t at = 0;
	char buf[30];

	UK_TEST_EXPECT_ZERO(strftime(buf, 4, "%Y", gmtime(&at)));
	UK_TEST_EXPECT_SNUM_EQ(strftime(buf, 5, "%Y", localtime(&at)), 4);
	UK_TEST_EXPECT_ZERO(strcmp(ctime(&at), "Thu Jan  1 00:00:00 1970\n"));
	UK_TEST_EXPECT_ZERO(strcmp(asctime_r(gmtime(&at), buf), ctime(&at)));
	UK_TEST_EXPECT_SNUM_EQ((long)difftime(5, 2), 3);
}

uk_testsuite_register(nolibc_extra_calendar_testsuite, NULL);
