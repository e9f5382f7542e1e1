/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The fatal assertions, false each time, each in a helper function: nothing
 * after it runs, neither in the function nor in the case.
 */
#include <stdbool.h>
#include <stddef.h>
#include <uk/test.h>

static volatile int one = 1;
static volatile unsigned long long all = ~0ULL;
static void *volatile no_pointer;
static const char *volatile text = "a \"text\"\n";
static volatile double half = 0.5;
static volatile double not_a_number = __builtin_nan("");

#define UNREACHED() UK_TEST_ASSERTF(false, "the case went on")

#define FATAL(name, ...) \
	static void ends_##name(void) { __VA_ARGS__; UNREACHED(); }

FATAL(true, UK_TEST_REQUIRE(one == 2))
FATAL(null, UK_TEST_REQUIRE_NULL(&one))
FATAL(not_null, UK_TEST_REQUIRE_NOT_NULL(no_pointer))
FATAL(ptr_eq, UK_TEST_REQUIRE_PTR_EQ(&one, no_pointer))
FATAL(ptr_nq, UK_TEST_REQUIRE_PTR_NQ(&one, &one))
FATAL(zero, UK_TEST_REQUIRE_ZERO(one))
FATAL(not_zero, UK_TEST_REQUIRE_NOT_ZERO(one - 1))
FATAL(snum_eq, UK_TEST_REQUIRE_SNUM_EQ(one, 2))
FATAL(snum_nq, UK_TEST_REQUIRE_SNUM_NQ(one, 1))
FATAL(snum_gt, UK_TEST_REQUIRE_SNUM_GT(one, 1))
FATAL(snum_ge, UK_TEST_REQUIRE_SNUM_GE(one, 2))
FATAL(snum_lt, UK_TEST_REQUIRE_SNUM_LT(one, -1))
FATAL(snum_le, UK_TEST_REQUIRE_SNUM_LE(one, 0))
FATAL(snum_between, UK_TEST_REQUIRE_SNUM_BETWEEN(one, 2, 3))
FATAL(unum_eq, UK_TEST_REQUIRE_UNUM_EQ(all, 1))
FATAL(unum_nq, UK_TEST_REQUIRE_UNUM_NQ(all, all))
FATAL(unum_gt, UK_TEST_REQUIRE_UNUM_GT(one, all))
FATAL(unum_ge, UK_TEST_REQUIRE_UNUM_GE(one, all))
FATAL(unum_lt, UK_TEST_REQUIRE_UNUM_LT(all, one))
FATAL(unum_le, UK_TEST_REQUIRE_UNUM_LE(all, one))
FATAL(unum_between, UK_TEST_REQUIRE_UNUM_BETWEEN(all, 0, 1))
FATAL(bytes_eq, UK_TEST_REQUIRE_BYTES_EQ("bytes", "bites", 5))
FATAL(bytes_nq, UK_TEST_REQUIRE_BYTES_NQ("bytes", "bytes and more", 5))
FATAL(str_eq, UK_TEST_REQUIRE_STR_EQ(text, "a text"))
FATAL(str_nq, UK_TEST_REQUIRE_STR_NQ(text, "a \"text\"\n"))
FATAL(strn_eq, UK_TEST_REQUIRE_STRN_EQ(text, "a tail", 5))
FATAL(strn_nq, UK_TEST_REQUIRE_STRN_NQ(text, "a tail", 2))
FATAL(str_contains, UK_TEST_REQUIRE_STR_CONTAINS(text, "tail"))
FATAL(str_lacks, UK_TEST_REQUIRE_STR_LACKS(text, "text"))
FATAL(float_eq, UK_TEST_REQUIRE_FLOAT_EQ(not_a_number, not_a_number))
FATAL(float_nq, UK_TEST_REQUIRE_FLOAT_NQ(half, 0.5))
FATAL(float_gt, UK_TEST_REQUIRE_FLOAT_GT(not_a_number, 0))
FATAL(float_ge, UK_TEST_REQUIRE_FLOAT_GE(half, 0.75))
FATAL(float_lt, UK_TEST_REQUIRE_FLOAT_LT(half, 0.5))
FATAL(float_le, UK_TEST_REQUIRE_FLOAT_LE(not_a_number, not_a_number))
FATAL(float_near, UK_TEST_REQUIRE_FLOAT_NEAR(half, 0.51, 0.005))
FATAL(float_between, UK_TEST_REQUIRE_FLOAT_BETWEEN(not_a_number, 0, 1))
FATAL(float_nan, UK_TEST_REQUIRE_FLOAT_NAN(half))
FATAL(message, UK_TEST_REQUIREF(one == 2, "%s is %d", "one", one))

static const struct fatal {
	const char *name;
	void (*assert)(void);
} every[] = {
	{ "true", ends_true },
	{ "null", ends_null },
	{ "not_null", ends_not_null },
	{ "ptr_eq", ends_ptr_eq },
	{ "ptr_nq", ends_ptr_nq },
	{ "zero", ends_zero },
	{ "not_zero", ends_not_zero },
	{ "snum_eq", ends_snum_eq },
	{ "snum_nq", ends_snum_nq },
	{ "snum_gt", ends_snum_gt },
	{ "snum_ge", ends_snum_ge },
	{ "snum_lt", ends_snum_lt },
	{ "snum_le", ends_snum_le },
	{ "snum_between", ends_snum_between },
	{ "unum_eq", ends_unum_eq },
	{ "unum_nq", ends_unum_nq },
	{ "unum_gt", ends_unum_gt },
	{ "unum_ge", ends_unum_ge },
	{ "unum_lt", ends_unum_lt },
	{ "unum_le", ends_unum_le },
	{ "unum_between", ends_unum_between },
	{ "bytes_eq", ends_bytes_eq },
	{ "bytes_nq", ends_bytes_nq },
	{ "str_eq", ends_str_eq },
	{ "str_nq", ends_str_nq },
	{ "strn_eq", ends_strn_eq },
	{ "strn_nq", ends_strn_nq },
	{ "str_contains", ends_str_contains },
	{ "str_lacks", ends_str_lacks },
	{ "float_eq", ends_float_eq },
	{ "float_nq", ends_float_nq },
	{ "float_gt", ends_float_gt },
	{ "float_ge", ends_float_ge },
	{ "float_lt", ends_float_lt },
	{ "float_le", ends_float_le },
	{ "float_near", ends_float_near },
	{ "float_between", ends_float_between },
	{ "float_nan", ends_float_nan },
	{ "message", ends_message },
};

UK_TESTCASE_PARAM_LABEL(uktest_fatal, every, every, name)
{
	UK_TEST_EXPECT_NOT_NULL(param->assert);
	param->assert();
	UNREACHED();
}

UK_TESTCASE(uktest_fatal, in_the_case)
{
	UK_TEST_EXPECT(true);
	UK_TEST_REQUIRE_SNUM_EQ(one, 2);
	UNREACHED();
}

static void __noinline deep(int depth)
{
	volatile char room[64];

	room[0] = (char)depth;
	UK_TEST_REQUIRE_SNUM_LT(depth, 5);
	if (depth < 10)
		deep(depth + 1);
	room[1] = room[0];
}

UK_TESTCASE(uktest_fatal, deep_in_helpers)
{
	deep(0);
	UNREACHED();
}

UK_TESTCASE(uktest_fatal, the_next_one)
{
	UK_TEST_EXPECT(true);
}

uk_testsuite_register(uktest_fatal, NULL);
