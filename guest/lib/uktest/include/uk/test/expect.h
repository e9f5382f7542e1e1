/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The assertions after whose failure a case goes on: Unikraft's, and more in
 * their style. Each evaluates its arguments once and yields no value.
 */
#ifndef __UK_TEST_EXPECT_H__
#define __UK_TEST_EXPECT_H__

#include <uk/test/check.h>

/** The condition is true; Unikraft's other name for UK_TEST_EXPECT(). */
#define UK_TEST_ASSERT(...) \
	_UK_TEST_TRUE(_UK_TEST_CONTINUE, __VA_ARGS__)
/** The condition is true; the result reads as the arguments are formatted. */
#define UK_TEST_ASSERTF(cond, ...) \
	_UK_TEST_SAYING(_UK_TEST_CONTINUE, cond, __VA_ARGS__)

/** The condition is true. */
#define UK_TEST_EXPECT(...) \
	_UK_TEST_TRUE(_UK_TEST_CONTINUE, __VA_ARGS__)
/** The pointer is NULL. */
#define UK_TEST_EXPECT_NULL(a) \
	_UK_TEST_PTR(_UK_TEST_CONTINUE, EQ, a, 0)
/** The pointer is not NULL. */
#define UK_TEST_EXPECT_NOT_NULL(a) \
	_UK_TEST_PTR(_UK_TEST_CONTINUE, NQ, a, 0)
/** Both pointers are the same. */
#define UK_TEST_EXPECT_PTR_EQ(a, b) \
	_UK_TEST_PTR(_UK_TEST_CONTINUE, EQ, a, b)
/** The pointers differ. */
#define UK_TEST_EXPECT_PTR_NQ(a, b) \
	_UK_TEST_PTR(_UK_TEST_CONTINUE, NQ, a, b)
/** The number is 0. */
#define UK_TEST_EXPECT_ZERO(a) \
	_UK_TEST_SNUM(_UK_TEST_CONTINUE, EQ, a, 0)
/** The number is not 0. */
#define UK_TEST_EXPECT_NOT_ZERO(a) \
	_UK_TEST_SNUM(_UK_TEST_CONTINUE, NQ, a, 0)
/** a is b; both as signed numbers of 64 bits. */
#define UK_TEST_EXPECT_SNUM_EQ(a, b) \
	_UK_TEST_SNUM(_UK_TEST_CONTINUE, EQ, a, b)
/** a is not b; both as signed numbers of 64 bits. */
#define UK_TEST_EXPECT_SNUM_NQ(a, b) \
	_UK_TEST_SNUM(_UK_TEST_CONTINUE, NQ, a, b)
/** a is greater than b; both as signed numbers of 64 bits. */
#define UK_TEST_EXPECT_SNUM_GT(a, b) \
	_UK_TEST_SNUM(_UK_TEST_CONTINUE, GT, a, b)
/** a is b or greater; both as signed numbers of 64 bits. */
#define UK_TEST_EXPECT_SNUM_GE(a, b) \
	_UK_TEST_SNUM(_UK_TEST_CONTINUE, GE, a, b)
/** a is less than b; both as signed numbers of 64 bits. */
#define UK_TEST_EXPECT_SNUM_LT(a, b) \
	_UK_TEST_SNUM(_UK_TEST_CONTINUE, LT, a, b)
/** a is b or less; both as signed numbers of 64 bits. */
#define UK_TEST_EXPECT_SNUM_LE(a, b) \
	_UK_TEST_SNUM(_UK_TEST_CONTINUE, LE, a, b)
/** least <= a <= most, signed. */
#define UK_TEST_EXPECT_SNUM_BETWEEN(a, least, most) \
	_UK_TEST_SNUM_IN(_UK_TEST_CONTINUE, a, least, most)
/** a is b; both as unsigned numbers of 64 bits. */
#define UK_TEST_EXPECT_UNUM_EQ(a, b) \
	_UK_TEST_UNUM(_UK_TEST_CONTINUE, EQ, a, b)
/** a is not b; both as unsigned numbers of 64 bits. */
#define UK_TEST_EXPECT_UNUM_NQ(a, b) \
	_UK_TEST_UNUM(_UK_TEST_CONTINUE, NQ, a, b)
/** a is greater than b; both as unsigned numbers of 64 bits. */
#define UK_TEST_EXPECT_UNUM_GT(a, b) \
	_UK_TEST_UNUM(_UK_TEST_CONTINUE, GT, a, b)
/** a is b or greater; both as unsigned numbers of 64 bits. */
#define UK_TEST_EXPECT_UNUM_GE(a, b) \
	_UK_TEST_UNUM(_UK_TEST_CONTINUE, GE, a, b)
/** a is less than b; both as unsigned numbers of 64 bits. */
#define UK_TEST_EXPECT_UNUM_LT(a, b) \
	_UK_TEST_UNUM(_UK_TEST_CONTINUE, LT, a, b)
/** a is b or less; both as unsigned numbers of 64 bits. */
#define UK_TEST_EXPECT_UNUM_LE(a, b) \
	_UK_TEST_UNUM(_UK_TEST_CONTINUE, LE, a, b)
/** least <= a <= most, unsigned. */
#define UK_TEST_EXPECT_UNUM_BETWEEN(a, least, most) \
	_UK_TEST_UNUM_IN(_UK_TEST_CONTINUE, a, least, most)
/** n bytes at a and at b are equal; shows where they differ. */
#define UK_TEST_EXPECT_BYTES_EQ(a, b, n) \
	_UK_TEST_BYTES(_UK_TEST_CONTINUE, EQ, a, b, n)
/** n bytes at a and at b are not all equal. */
#define UK_TEST_EXPECT_BYTES_NQ(a, b, n) \
	_UK_TEST_BYTES(_UK_TEST_CONTINUE, NQ, a, b, n)
/** Both strings are equal; NULL equals only NULL. */
#define UK_TEST_EXPECT_STR_EQ(a, b) \
	_UK_TEST_STRING(_UK_TEST_CONTINUE, EQ, a, b, (size_t)-1)
/** The strings differ. */
#define UK_TEST_EXPECT_STR_NQ(a, b) \
	_UK_TEST_STRING(_UK_TEST_CONTINUE, NQ, a, b, (size_t)-1)
/** The strings are equal in their first n characters. */
#define UK_TEST_EXPECT_STRN_EQ(a, b, n) \
	_UK_TEST_STRING(_UK_TEST_CONTINUE, EQ, a, b, n)
/** The strings differ in their first n characters. */
#define UK_TEST_EXPECT_STRN_NQ(a, b, n) \
	_UK_TEST_STRING(_UK_TEST_CONTINUE, NQ, a, b, n)
/** The string holds the other one. */
#define UK_TEST_EXPECT_STR_CONTAINS(a, part) \
	_UK_TEST_CONTAINS(_UK_TEST_CONTINUE, 1, a, part)
/** The string does not hold the other one. */
#define UK_TEST_EXPECT_STR_LACKS(a, part) \
	_UK_TEST_CONTAINS(_UK_TEST_CONTINUE, 0, a, part)
/** a is b, as double. False for a NaN. */
#define UK_TEST_EXPECT_FLOAT_EQ(a, b) \
	_UK_TEST_FLOAT(_UK_TEST_CONTINUE, EQ, a, b)
/** a is not b, as double. A NaN equals nothing, so this holds for it. */
#define UK_TEST_EXPECT_FLOAT_NQ(a, b) \
	_UK_TEST_FLOAT(_UK_TEST_CONTINUE, NQ, a, b)
/** a is greater than b, as double. False for a NaN. */
#define UK_TEST_EXPECT_FLOAT_GT(a, b) \
	_UK_TEST_FLOAT(_UK_TEST_CONTINUE, GT, a, b)
/** a is b or greater, as double. False for a NaN. */
#define UK_TEST_EXPECT_FLOAT_GE(a, b) \
	_UK_TEST_FLOAT(_UK_TEST_CONTINUE, GE, a, b)
/** a is less than b, as double. False for a NaN. */
#define UK_TEST_EXPECT_FLOAT_LT(a, b) \
	_UK_TEST_FLOAT(_UK_TEST_CONTINUE, LT, a, b)
/** a is b or less, as double. False for a NaN. */
#define UK_TEST_EXPECT_FLOAT_LE(a, b) \
	_UK_TEST_FLOAT(_UK_TEST_CONTINUE, LE, a, b)
/** a is at most `distance` away from b. False for a NaN. */
#define UK_TEST_EXPECT_FLOAT_NEAR(a, b, distance) \
	_UK_TEST_NEAR(_UK_TEST_CONTINUE, a, b, distance)
/** least <= a <= most, as double. False for a NaN. */
#define UK_TEST_EXPECT_FLOAT_BETWEEN(a, least, most) \
	_UK_TEST_FLOAT_IN(_UK_TEST_CONTINUE, a, least, most)
/** a is a NaN. */
#define UK_TEST_EXPECT_FLOAT_NAN(a) \
	_UK_TEST_NAN(_UK_TEST_CONTINUE, a)

#endif /* __UK_TEST_EXPECT_H__ */
