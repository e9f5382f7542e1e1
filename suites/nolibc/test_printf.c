/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What printf() writes: every conversion with its flags and limits.
 * The table says what each format must yield.
 */
#include <errno.h>
#include <float.h>
#include <limits.h>
#include <math.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uk/format.h>
#include <uk/test.h>

/* Formats and compares; formats are checked for what they do, not by gcc. */
static void expect_text(const char *want, const char *fmt, ...)
{
	char buf[512];
	va_list ap;
	int len;

	va_start(ap, fmt);
	len = vsnprintf(buf, sizeof(buf), fmt, ap);
	va_end(ap);
	UK_TEST_ASSERTF(!strcmp(buf, want), "\"%s\" yields <%s>, expected <%s>",
			fmt, buf, want);
	UK_TEST_EXPECT_SNUM_EQ(len, strlen(want));
}

UK_TESTCASE(nolibc_printf_testsuite, printf_integers)
{
	expect_text("42 -42 42", "%d %i %u", 42, -42, 42U);
	expect_text("ff FF 377 101", "%x %X %o %b", 255, 255, 255, 5);
	expect_text("-2147483648", "%d", INT_MIN);
	expect_text("18446744073709551615", "%llu", ULLONG_MAX);
	expect_text("-9223372036854775808", "%lld", LLONG_MIN);
	expect_text("-1 255 -1 65535", "%hhd %hhu %hd %hu", 255, -1, 65535,
		    -1);
	expect_text("1 2 3 4", "%ld %jd %zd %td", 1L, (intmax_t)2,
		    (size_t)3, (ptrdiff_t)4);
}

UK_TESTCASE(nolibc_printf_testsuite, printf_flags)
{
	expect_text("<   42><42   ><00042>", "<%5d><%-5d><%05d>", 42, 42, 42);
	expect_text("<+42>< 42><-42>", "<%+d><% d><% d>", 42, 42, -42);
	expect_text("<0x2a><052><0>", "<%#x><%#o><%#x>", 42, 42, 0);
	expect_text("<0X2A><0b11>", "<%#X><%#b>", 42, 3);
	expect_text("<00042><  042><042  >", "<%.5d><%5.3d><%-5.3d>", 42, 42,
		    42);
	/* A precision takes the meaning from the 0 flag. */
	expect_text("<  042><-0042>", "<%05.3d><%05d>", 42, -42);
	expect_text("<><0><>", "<%.0d><%#.0o><%.0x>", 0, 0, 0);
	expect_text("<   7><7   ><007>", "<%*d><%*d><%.*d>", 4, 7, -4, 7, 3,
		    7);
	expect_text("<7>", "<%.*d>", -1, 7);
}

UK_TESTCASE(nolibc_printf_testsuite, printf_text)
{
	expect_text("a%b", "%c%%%c", 'a', 'b');
	expect_text("<  abc><abc  ><ab>", "<%5s><%-5s><%.2s>", "abc", "abc",
		    "abc");
	expect_text("<   ab>", "<%5.2s>", "abc");
	expect_text("(null)", "%s", (char *)NULL);
	expect_text("<  x><x  >", "<%3c><%-3c>", 'x', 'x');
	/* A precision says how far there is anything to read. */
	expect_text("abc", "%.3s", (const char[]){ 'a', 'b', 'c' });
	expect_text("\xe2\x82\xac|a", "%lc|%.3ls", 0x20ac, L"a\u20ac");
}

UK_TESTCASE(nolibc_printf_testsuite, printf_pointers)
{
	expect_text("0x1234", "%p", (void *)0x1234);
	expect_text("0", "%p", NULL);
	expect_text("<    0x12>", "<%8p>", (void *)0x12);
}

UK_TESTCASE(nolibc_printf_testsuite, printf_fixed)
{
	expect_text("1.500000 -0.5 2 2.", "%f %.1f %.0f %#.0f", 1.5, -0.5,
		    1.5, 2.5);
	expect_text("0.1000000000000000055511151231257827021181583404541015625",
		    "%.55f", 0.1);
	expect_text("<  3.14><3.14  ><003.14>", "<%6.2f><%-6.2f><%06.2f>",
		    3.14159, 3.14159, 3.14159);
	expect_text("99999999999999991611392.0", "%.1f", 1e23);
	expect_text("1.00 10.0 0.00", "%.2f %.1f %.2f", 0.999, 9.96, 0.001);
	expect_text("-0.000000 +1.0", "%f %+.1f", -0.0, 1.0);
	expect_text("0.125 1", "%.3Lf %.0Lf", 0.125L, 1.0L);
}

UK_TESTCASE(nolibc_printf_testsuite, printf_scientific)
{
	expect_text("1.500000e+00 1E-05 1.8e+308", "%e %.0E %.1e", 1.5, 1e-5,
		    DBL_MAX);
	expect_text("4.94e-324 0.000000e+00", "%.2e %e", 4.94e-324, 0.0);
	expect_text("1.000e+10 9.995e+02", "%.3e %.3e", 9.9999e9, 999.5);
	expect_text("100000 1e+06 0.0001 1e-05", "%g %g %g %g", 1e5, 1e6,
		    1e-4, 1e-5);
	expect_text("0.1 123.457 1.00000 1e+03", "%g %g %#g %.2g", 0.1,
		    123.4567, 1.0, 999.0);
	expect_text("0x1p+0 0x1.8p+1 -0x1p-1074 0X1.FP+0", "%a %a %a %.1A",
		    1.0, 3.0, -4.94e-324, 1.9375);
}

UK_TESTCASE(nolibc_printf_testsuite, printf_not_numbers)
{
	expect_text("inf -inf nan", "%f %e %g", INFINITY, -INFINITY, NAN);
	expect_text("INF NAN <  inf>", "%F %G <%05f>", INFINITY, NAN,
		    INFINITY);
}

UK_TESTCASE(nolibc_printf_testsuite, printf_count)
{
	int a = 0;
	signed char b = 0;
	char buf[16];

	UK_TEST_EXPECT_SNUM_EQ(snprintf(buf, 16, "ab%ncd%hhn", &a, &b), 4);
	UK_TEST_EXPECT_SNUM_EQ(a, 2);
	UK_TEST_EXPECT_SNUM_EQ(b, 4);
}

UK_TESTCASE(nolibc_printf_testsuite, snprintf_limits)
{
	char buf[8];

	memset(buf, '-', sizeof(buf));
	UK_TEST_EXPECT_SNUM_EQ(snprintf(buf, 4, "%s", "abcdef"), 6);
	UK_TEST_EXPECT_BYTES_EQ(buf, "abc\0----", 8);
	UK_TEST_EXPECT_SNUM_EQ(snprintf(buf, 1, "%d", 123), 3);
	UK_TEST_EXPECT_BYTES_EQ(buf, "\0bc\0----", 8);
	UK_TEST_EXPECT_SNUM_EQ(snprintf(NULL, 0, "%0100d", 1), 100);
	UK_TEST_EXPECT_SNUM_EQ(snprintf(buf, 8, "1234567"), 7);
	UK_TEST_EXPECT_STR_EQ(buf, "1234567");
	UK_TEST_EXPECT_SNUM_EQ(sprintf(buf, "%d", 7), 1);
	UK_TEST_EXPECT_STR_EQ(buf, "7");
}

UK_TESTCASE(nolibc_printf_testsuite, asprintf_allocates)
{
	char *text;

	UK_TEST_EXPECT_SNUM_EQ(asprintf(&text, "%d and %s", 1, "two"), 9);
	UK_TEST_EXPECT_STR_EQ(text, "1 and two");
	free(text);
}

struct pieces {
	size_t bytes;
	unsigned int hash;
};

static void count(void *cookie, const char *text, size_t len)
{
	struct pieces *pieces = cookie;

	pieces->bytes += len;
	while (len--)
		pieces->hash = pieces->hash * 31 + (unsigned char)*text++;
}

UK_TESTCASE(nolibc_printf_testsuite, format_without_limit)
{
	struct pieces pieces = { 0, 0 };

	/* Far more than any buffer, and it goes piece by piece. */
	UK_TEST_EXPECT_SNUM_EQ(uk_format(count, &pieces, "%50000d%.60000f", 1,
					 0.5), 50000 + 60002);
	UK_TEST_EXPECT_SNUM_EQ(pieces.bytes, 110002);
}

UK_TESTCASE(nolibc_printf_testsuite, console_output)
{
	UK_TEST_EXPECT_SNUM_EQ(printf("printf %d\n", 1), 9);
	UK_TEST_EXPECT_SNUM_GE(puts("puts"), 0);
	UK_TEST_EXPECT_SNUM_GE(fputs("fputs\n", stdout), 0);
	UK_TEST_EXPECT_SNUM_EQ(fprintf(stderr, "fprintf\n"), 8);
	UK_TEST_EXPECT_SNUM_EQ(fwrite("ab\n", 1, 3, stdout), 3);
	UK_TEST_EXPECT_SNUM_EQ(putchar('\n'), '\n');
	UK_TEST_EXPECT_ZERO(fflush(stdout));
	errno = ENOENT;
	perror("perror");
	UK_TEST_EXPECT_SNUM_EQ(errno, ENOENT);
	UK_TEST_EXPECT_SNUM_EQ(fprintf(stdin, "x"), -1);
	UK_TEST_EXPECT_SNUM_EQ(errno, EBADF);
}

uk_testsuite_register(nolibc_printf_testsuite, NULL);
