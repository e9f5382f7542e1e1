/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * One case for each check of pointers, objects and values, as in arithmetic.c.
 * Nothing is read or written where a machine would trap: the address alone is
 * enough for the report.
 */
#include <stddef.h>
#include <stdint.h>
#include <uk/test.h>

static volatile int zero, one = 1;
static volatile int sink;

#define GOES_ON() UK_TEST_ASSERTF(1, "the case goes on after the report")

struct pair {
	int first, second;
};

/* Room after the array: the object is large enough, the array is not. */
static struct {
	volatile int row[4], after[4];
} table;

static _Alignas(8) unsigned char bytes[16];

UK_TESTCASE(ubsan_memory, null_member)
{
	struct pair *volatile none = NULL;
	int *volatile where;

	where = &none->first; /* UB: null */
	UK_TEST_EXPECT_NULL(where);
}

UK_TESTCASE(ubsan_memory, misaligned_member)
{
	struct pair *volatile odd = (struct pair *)(void *)(bytes + one);
	int *volatile where;

	where = &odd->first; /* UB: alignment */
	UK_TEST_EXPECT_PTR_EQ(where, bytes + 1);
}

UK_TESTCASE(ubsan_memory, object_too_small)
{
	static _Alignas(8) unsigned char small[2];

	sink = *(int *)(void *)small; /* UB: object-size */
	GOES_ON();
}

UK_TESTCASE(ubsan_memory, index_too_large)
{
	sink = table.row[one + 4]; /* UB: bounds */
	GOES_ON();
}

UK_TESTCASE(ubsan_memory, index_negative)
{
	sink = table.row[zero - one]; /* UB: bounds */
	GOES_ON();
}

UK_TESTCASE(ubsan_memory, pointer_wraps)
{
	char *volatile base = (char *)bytes;
	char *volatile beyond;

	beyond = base - 0x7fff0000 * one; /* UB: pointer-overflow */
	UK_TEST_EXPECT_PTR_NQ(beyond, base);
}

UK_TESTCASE(ubsan_memory, array_of_length_zero)
{
	volatile char array[zero]; /* UB: vla-bound */

	sink = (int)sizeof(array);
	GOES_ON();
}

UK_TESTCASE(ubsan_memory, bool_of_seven)
{
	_Bool *seven = (_Bool *)bytes;

	bytes[0] = 7;
	__asm__ __volatile__("" : "+r" (seven) : : "memory");
	sink = *seven ? 1 : 2; /* UB: bool */
	GOES_ON();
}

static void takes_pointer(const void *pointer) __attribute__((nonnull(1)));
static const void *gives_pointer(const void *pointer)
	__attribute__((returns_nonnull));

static void __noinline takes_pointer(const void *pointer)
{
	__asm__ __volatile__("" : : "r" (pointer));
}

static const void *__noinline gives_pointer(const void *pointer)
{
	__asm__ __volatile__("" : "+r" (pointer));
	return pointer; /* UB: returns-nonnull-attribute */
}

UK_TESTCASE(ubsan_memory, null_argument)
{
	const void *volatile none = NULL;

	takes_pointer(none); /* UB: nonnull-attribute */
	GOES_ON();
}

UK_TESTCASE(ubsan_memory, null_result)
{
	const void *volatile none = NULL;
	const void *volatile result = gives_pointer(none);

	UK_TEST_EXPECT_NULL(result);
}

#ifdef __clang__
UK_TESTCASE(ubsan_memory, assumed_alignment)
{
	unsigned char *volatile odd = bytes + one;
	void *volatile result;

	result = __builtin_assume_aligned(odd, 8); /* UB: alignment */
	UK_TEST_EXPECT_PTR_EQ(result, odd);
}
#endif

uk_testsuite_register(ubsan_memory, NULL);
