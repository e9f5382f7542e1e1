/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Objects of C++ in a guest: who makes them, in which order, and what becomes
 * of them. It does not cover what the language does without the kit.
 */
#include <initializer_list>
#include <new>
#include <stdlib.h>
#include <uk/test.h>
#include <utility>

namespace {

/* Counts itself. */
struct counted {
	static int alive;
	int number;

	explicit counted(int of = 0) : number(of) { alive++; }
	counted(const counted &other) : number(other.number) { alive++; }
	virtual ~counted() { alive--; }
};

int counted::alive;

struct shape {
	virtual int corners() const = 0;
	virtual const char *name() const { return "shape"; }
	virtual ~shape() = default;
};

struct triangle : shape {
	int corners() const override { return 3; }
};

struct square : shape {
	int corners() const override { return 4; }
	const char *name() const override { return "square"; }
};

/* Made in front of all suites, of memory that it asks for. */
struct register_of {
	int *numbers;
	int used = 0;

	register_of() : numbers(new int[4]) { add(1); }
	~register_of() { delete[] numbers; }
	void add(int number) { numbers[used++] = number; }
};

register_of early;
/* Of the same file: after the one above, which it uses. */
struct user {
	int seen;

	user() : seen(early.used) { early.add(2); }
} second;

/* Says when it is made. */
struct made {
	static int times;

	made() { times++; }
};

int made::times;

made &only()
{
	static made one;

	return one;
}

}

static void setup(struct uk_testcase *)
{
	counted::alive = 0;
}

UK_TESTCASE(cplusplus_objects, static_constructors_run_first)
{
	UK_TEST_REQUIRE_SNUM_EQ(early.used, 2);
	UK_TEST_EXPECT_SNUM_EQ(early.numbers[0], 1);
	UK_TEST_EXPECT_SNUM_EQ(early.numbers[1], 2);
	UK_TEST_EXPECT_SNUM_EQ(second.seen, 1);
}

UK_TESTCASE(cplusplus_objects, scopes_end_objects)
{
	{
		counted one, two(one);

		UK_TEST_EXPECT_SNUM_EQ(counted::alive, 2);
		UK_TEST_EXPECT_SNUM_EQ(two.number, one.number);
	}
	UK_TEST_EXPECT_ZERO(counted::alive);
}

UK_TESTCASE(cplusplus_objects, new_and_delete)
{
	counted *one = new counted(7);
	counted *many = new counted[5];

	UK_TEST_EXPECT_SNUM_EQ(one->number, 7);
	UK_TEST_EXPECT_SNUM_EQ(counted::alive, 6);
	delete[] many;
	delete one;
	UK_TEST_EXPECT_ZERO(counted::alive);
}

UK_TEST_LIMIT(cplusplus_objects, new_and_delete, leaked_bytes, 0);

UK_TESTCASE(cplusplus_objects, new_where_nothing_is_left)
{
	/* volatile: else the compiler knows that this is too much. */
	volatile size_t all = SIZE_MAX / 4;
	char *none = new (std::nothrow) char[all];

	UK_TEST_EXPECT_NULL(none);
}

UK_TESTCASE(cplusplus_objects, new_in_its_place)
{
	alignas(counted) unsigned char place[sizeof(counted)];
	counted *one = new (place) counted(3);

	UK_TEST_EXPECT_PTR_EQ(one, place);
	UK_TEST_EXPECT_SNUM_EQ(counted::alive, 1);
	one->~counted();
	UK_TEST_EXPECT_ZERO(counted::alive);
}

UK_TESTCASE(cplusplus_objects, new_is_aligned)
{
	struct alignas(128) wide {
		char bytes[128];
	};
	wide *one = new wide;

	UK_TEST_EXPECT_ZERO(reinterpret_cast<uintptr_t>(one) % 128);
	delete one;
}

UK_TESTCASE(cplusplus_objects, virtual_calls)
{
	shape *shapes[] = { new triangle, new square };
	int corners = 0;

	for (const shape *one : shapes)
		corners += one->corners();
	UK_TEST_EXPECT_SNUM_EQ(corners, 7);
	UK_TEST_EXPECT_STR_EQ(shapes[0]->name(), "shape");
	UK_TEST_EXPECT_STR_EQ(shapes[1]->name(), "square");
	for (shape *one : shapes)
		delete one;
}

UK_TESTCASE(cplusplus_objects, static_in_a_function_is_made_once)
{
	UK_TEST_EXPECT_ZERO(made::times);
	made *first = &only();

	UK_TEST_EXPECT_PTR_EQ(&only(), first);
	UK_TEST_EXPECT_SNUM_EQ(made::times, 1);
}

UK_TESTCASE(cplusplus_objects, move_and_swap)
{
	int a = 1, b = 2;

	std::swap(a, b);
	UK_TEST_EXPECT_SNUM_EQ(a, 2);
	UK_TEST_EXPECT_SNUM_EQ(std::exchange(b, 5), 1);
	UK_TEST_EXPECT_SNUM_EQ(b, 5);
}

UK_TESTCASE(cplusplus_objects, lists_in_braces)
{
	int sum = 0;

	for (int each : { 1, 2, 3 })
		sum += each;
	UK_TEST_EXPECT_SNUM_EQ(sum, 6);
}

uk_testsuite_fixture(cplusplus_objects, setup, NULL, nullptr);
uk_testsuite_register(cplusplus_objects, NULL);
