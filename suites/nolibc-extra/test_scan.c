/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * sscanf(): values out of a string, and where it stops.
 * Wide characters are not read.
 */
#include <stdio.h>
#include <uk/test.h>

UK_TESTCASE(nolibc_extra_scan_testsuite, sscanf_of_half_a_number)
{
	int a = 7, b = 7;
	double real;

	UK_TEST_EXPECT_SNUM_EQ(sscanf(" 0x12 0x34", "%5i%2i", &a, &b), 1);
	UK_TEST_EXPECT_SNUM_EQ(a, 0x12);
	UK_TEST_EXPECT_SNUM_EQ(b, 7);
	UK_TEST_EXPECT_ZERO(sscanf("0xg", "%x", &a));
	UK_TEST_EXPECT_SNUM_EQ(sscanf("10x", "%x", &a), 1);
	UK_TEST_EXPECT_SNUM_EQ(a, 16);
	UK_TEST_EXPECT_ZERO(sscanf("10e", "%lf", &real));
	UK_TEST_EXPECT_ZERO(sscanf("10e+", "%lf", &real));
	UK_TEST_EXPECT_SNUM_EQ(sscanf("10 e", "%lf", &real), 1);
}

UK_TESTCASE(nolibc_extra_scan_testsuite, sscanf_values)
{
	char word[16], letters[8];
	unsigned int hex;
	double real;
	int a, b;

	UK_TEST_EXPECT_SNUM_EQ(sscanf("12 -34", "%d%d", &a, &b), 2);
	UK_TEST_EXPECT_SNUM_EQ(a, 12);
	UK_TEST_EXPECT_SNUM_EQ(b, -34);
	UK_TEST_EXPECT_SNUM_EQ(sscanf("key=0x1f;", "%[^=]=%x;%n", word, &hex,
				      &a), 2);
	UK_TEST_EXPECT_STR_EQ(word, "key");
	UK_TEST_EXPECT_SNUM_EQ(hex, 31);
	UK_TEST_EXPECT_SNUM_EQ(a, 9);
	UK_TEST_EXPECT_SNUM_EQ(sscanf("abc123", "%7[a-z]%2d%d", letters, &a,
				      &b), 3);
	UK_TEST_EXPECT_STR_EQ(letters, "abc");
	UK_TEST_EXPECT_SNUM_EQ(a, 12);
	UK_TEST_EXPECT_SNUM_EQ(b, 3);
	UK_TEST_EXPECT_SNUM_EQ(sscanf("7 2.5", "%*d %lf", &real), 1);
	UK_TEST_EXPECT_FLOAT_EQ(real, 2.5);
	UK_TEST_EXPECT_SNUM_EQ(sscanf("x", "%d", &a), 0);
	UK_TEST_EXPECT_SNUM_EQ(sscanf("", "%d", &a), EOF);
}

uk_testsuite_register(nolibc_extra_scan_testsuite, NULL);
