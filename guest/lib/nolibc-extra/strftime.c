/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Puts a date into words, as C11's strftime() in the locale "C".
 * It does not cover E or O, which other locales have.
 */
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static const char days[7][10] = { "Sunday", "Monday", "Tuesday", "Wednesday",
				  "Thursday", "Friday", "Saturday" };
static const char months[12][10] = { "January", "February", "March", "April",
				     "May", "June", "July", "August",
				     "September", "October", "November",
				     "December" };

static const char *name(const char (*names)[10], int count, int at)
{
	return at >= 0 && at < count ? names[at] : "?";
}

/* ISO 8601: the week with the year's first Thursday is its first one. */
static int iso_week(const struct tm *tm, int *year)
{
	int to_thursday = 3 - (tm->tm_wday + 6) % 7;
	struct tm thursday = { .tm_year = tm->tm_year, .tm_mon = tm->tm_mon,
			       .tm_mday = tm->tm_mday + to_thursday };

	timegm(&thursday);
	*year = thursday.tm_year + 1900;
	return thursday.tm_yday / 7 + 1;
}

/* Formats that stand for several others. */
static const char *composed(char what)
{
	switch (what) {
	case 'c':
		return "%a %b %e %H:%M:%S %Y";
	case 'D':
	case 'x':
		return "%m/%d/%y";
	case 'F':
		return "%Y-%m-%d";
	case 'R':
		return "%H:%M";
	case 'r':
		return "%I:%M:%S %p";
	case 'T':
	case 'X':
		return "%H:%M:%S";
	default:
		return NULL;
	}
}

/* One number or word; NULL for what is no format. */
static const char *simple(char *buf, size_t size, char what,
			  const struct tm *tm)
{
	const char *form = "%02d";
	int year = tm->tm_year + 1900;
	int value;

	switch (what) {
	case 'a':
	case 'A':
		snprintf(buf, size, what == 'a' ? "%.3s" : "%s",
			 name(days, 7, tm->tm_wday));
		return buf;
	case 'b':
	case 'h':
	case 'B':
		snprintf(buf, size, what == 'B' ? "%s" : "%.3s",
			 name(months, 12, tm->tm_mon));
		return buf;
	case 'p':
		return tm->tm_hour < 12 ? "AM" : "PM";
	case 'n':
		return "\n";
	case 't':
		return "\t";
	case '%':
		return "%";
	case 'z':
		return "+0000";
	case 'Z':
		return "UTC";
	case 's':
		snprintf(buf, size, "%lld",
			 (long long)timegm(&(struct tm){
				.tm_year = tm->tm_year, .tm_mon = tm->tm_mon,
				.tm_mday = tm->tm_mday, .tm_hour = tm->tm_hour,
				.tm_min = tm->tm_min, .tm_sec = tm->tm_sec }));
		return buf;
	case 'C':
		value = year / 100;
		break;
	case 'd':
		value = tm->tm_mday;
		break;
	case 'e':
		form = "%2d";
		value = tm->tm_mday;
		break;
	case 'G':
		form = "%04d";
		iso_week(tm, &value);
		break;
	case 'g':
		iso_week(tm, &value);
		value %= 100;
		break;
	case 'H':
		value = tm->tm_hour;
		break;
	case 'I':
		value = (tm->tm_hour + 11) % 12 + 1;
		break;
	case 'j':
		form = "%03d";
		value = tm->tm_yday + 1;
		break;
	case 'M':
		value = tm->tm_min;
		break;
	case 'm':
		value = tm->tm_mon + 1;
		break;
	case 'S':
		value = tm->tm_sec;
		break;
	case 'U':
		value = (tm->tm_yday + 7 - tm->tm_wday) / 7;
		break;
	case 'u':
		form = "%d";
		value = (tm->tm_wday + 6) % 7 + 1;
		break;
	case 'V':
		value = iso_week(tm, &year);
		break;
	case 'W':
		value = (tm->tm_yday + 7 - (tm->tm_wday + 6) % 7) / 7;
		break;
	case 'w':
		form = "%d";
		value = tm->tm_wday;
		break;
	case 'Y':
		form = "%04d";
		value = year;
		break;
	case 'y':
		value = year % 100;
		break;
	default:
		return NULL;
	}
	snprintf(buf, size, form, value);
	return buf;
}

size_t strftime(char *restrict buf, size_t size, const char *restrict format,
		const struct tm *restrict tm)
{
	char word[32];
	const char *piece;
	size_t used = 0, len;

	for (; *format; format++) {
		if (*format != '%' || !format[1]) {
			piece = format;
			len = 1;
		} else if (composed(*++format)) {
			len = strftime(buf + used, size - used,
				       composed(*format), tm);
			if (!len)
				return 0;
			used += len;
			continue;
		} else {
			piece = simple(word, sizeof(word), *format, tm);
			if (!piece)
				continue;
			len = strlen(piece);
		}
		if (used + len >= size)
			return 0;
		memcpy(buf + used, piece, len);
		used += len;
	}
	if (used >= size)
		return 0;
	buf[used] = '\0';
	return used;
}
