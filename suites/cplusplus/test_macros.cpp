/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The macros of uk/test.h in C++: in templates, lambdas, members, namespaces,
 * with classes and enumerations of C++ as values. What each macro judges is
 * the business of suites/uktest.
 */
#include <stddef.h>
#include <uk/test.h>

/* A helper for all types. */
template<typename T> static void same(const T &a, const T &b)
{
	UK_TEST_EXPECT(a == b);
	UK_TEST_ASSERTF(!(a < b) && !(b < a), "%u bytes",
			static_cast<unsigned int>(sizeof(T)));
}

enum class colour : unsigned char { red = 1, blue = 200 };

/* Is a number where one is asked for. */
struct metres {
	long long value;

	operator long long() const { return value; }
};

struct point {
	int x, y;
	unsigned int small : 3;

	bool operator==(const point &o) const { return x == o.x && y == o.y; }
	bool operator<(const point &o) const { return x < o.x; }
	void is_at(int wanted) const { UK_TEST_EXPECT_SNUM_EQ(x, wanted); }
};

static const struct amount {
	const char *name;
	int value;
} amounts[] = { { "one", 1 }, { "two", 2 }, { "three", 3 } };

static int inits, exits;

static int init(struct uk_testsuite *)
{
	inits++;
	return 0;
}

static void at_exit(struct uk_testsuite *)
{
	exits++;
}

UK_TESTCASE(cplusplus_macros, templates)
{
	same(1, 1);
	same<long>(2, 2);
	same(point{ 1, 2, 0 }, point{ 1, 2, 7 });
}

UK_TESTCASE_DESC(cplusplus_macros, lambdas, "assertions within a lambda")
{
	int calls = 0;
	auto check = [&](int value) {
		calls++;
		UK_TEST_EXPECT_SNUM_EQ(value, calls);
	};

	check(1);
	check(2);
	UK_TEST_EXPECT_SNUM_EQ(calls, 2);
}

UK_TESTCASE(cplusplus_macros, members)
{
	point{ 4, 0, 0 }.is_at(4);
}

UK_TESTCASE(cplusplus_macros, values)
{
	point bits{ 0, 0, 5 };
	int *nothing = nullptr;
	const volatile int place = 3;

	UK_TEST_EXPECT_UNUM_EQ(colour::blue, 200);
	UK_TEST_EXPECT_SNUM_EQ(metres{ -7 }, -7);
	UK_TEST_EXPECT_UNUM_EQ(bits.small, 5);
	UK_TEST_EXPECT_UNUM_EQ(UINT64_MAX, ~0ull);
	UK_TEST_EXPECT_SNUM_EQ(true, 1);
	UK_TEST_EXPECT_SNUM_EQ(place, 3);
	UK_TEST_EXPECT_NULL(nothing);
	UK_TEST_EXPECT_PTR_EQ(nothing, nullptr);
	UK_TEST_EXPECT_PTR_NQ(&place, NULL);
	UK_TEST_EXPECT_ZERO(nothing);
	UK_TEST_EXPECT_STR_EQ("a" "b", "ab");
	UK_TEST_EXPECT_BYTES_EQ(&bits, &bits, sizeof(bits));
	UK_TEST_EXPECT_FLOAT_NEAR(1.0 / 3, 0.333, 0.001);
}

UK_TESTCASE_PARAM_LABEL(cplusplus_macros, labelled, amounts, name)
{
	UK_TEST_EXPECT_SNUM_EQ(param->value, param - amounts + 1);
	UK_TEST_EXPECT_STR_NQ(param->name, "");
}

UK_TESTCASE_PARAM(cplusplus_macros, numbered, amounts)
{
	UK_TEST_EXPECT_SNUM_GT(param->value, 0);
}

UK_TESTCASE_TIMEOUT(cplusplus_macros, numbered, 5000);
UK_TESTCASE_TAGS(cplusplus_macros, numbered, "small");

UK_TESTCASE(cplusplus_macros, skipped)
{
	UK_TEST_SKIP("there is no %s", "exception");
}

UK_TESTCASE(cplusplus_macros, expected_failure)
{
	UK_TEST_EXPECT_FAILURE("one is not two");
	same(1, 2);
}

UK_TESTCASE(cplusplus_macros, known_to_be_broken)
{
	UK_FIXME_EXPECT_SNUM_EQ(1, 2);
}

UK_TEST_BENCH(cplusplus_macros, nothing_at_all)
{
	uk_test_keep(1);
	UK_TEST_EXPECT_SNUM_EQ(inits, 1);
}

uk_testsuite_fixture(cplusplus_macros, nullptr, nullptr, at_exit);
/* In front of the suite below, which looks at what is left of this one. */
uk_testsuite_prio(cplusplus_macros, init, 8);

/* The names of a suite are the image's, whatever namespace it stands in. */
namespace inner {

UK_TESTCASE(cplusplus_namespace, named)
{
	UK_TEST_EXPECT_SNUM_EQ(exits, 1);
}

namespace {

UK_TESTCASE(cplusplus_namespace, unnamed)
{
	UK_TEST_EXPECT_SNUM_EQ(inits, 1);
}

}

uk_testsuite_register(cplusplus_namespace, NULL);

}
