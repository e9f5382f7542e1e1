/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The twin of every assertion in expect.h for what is known to be broken: it
 * is judged and printed as OMITTED, and neither outcome fails the case.
 */
#ifndef __UK_TEST_FIXME_H__
#define __UK_TEST_FIXME_H__

#include <uk/test/check.h>

#define UK_FIXME_ASSERT(...) \
	_UK_TEST_TRUE(_UK_TEST_FIXME, __VA_ARGS__)
#define UK_FIXME_ASSERTF(cond, ...) \
	_UK_TEST_SAYING(_UK_TEST_FIXME, cond, __VA_ARGS__)

#define UK_FIXME_EXPECT(...) \
	_UK_TEST_TRUE(_UK_TEST_FIXME, __VA_ARGS__)
#define UK_FIXME_EXPECT_NULL(a) \
	_UK_TEST_PTR(_UK_TEST_FIXME, EQ, a, 0)
#define UK_FIXME_EXPECT_NOT_NULL(a) \
	_UK_TEST_PTR(_UK_TEST_FIXME, NQ, a, 0)
#define UK_FIXME_EXPECT_PTR_EQ(a, b) \
	_UK_TEST_PTR(_UK_TEST_FIXME, EQ, a, b)
#define UK_FIXME_EXPECT_PTR_NQ(a, b) \
	_UK_TEST_PTR(_UK_TEST_FIXME, NQ, a, b)
#define UK_FIXME_EXPECT_ZERO(a) \
	_UK_TEST_SNUM(_UK_TEST_FIXME, EQ, a, 0)
#define UK_FIXME_EXPECT_NOT_ZERO(a) \
	_UK_TEST_SNUM(_UK_TEST_FIXME, NQ, a, 0)
#define UK_FIXME_EXPECT_SNUM_EQ(a, b) \
	_UK_TEST_SNUM(_UK_TEST_FIXME, EQ, a, b)
#define UK_FIXME_EXPECT_SNUM_NQ(a, b) \
	_UK_TEST_SNUM(_UK_TEST_FIXME, NQ, a, b)
#define UK_FIXME_EXPECT_SNUM_GT(a, b) \
	_UK_TEST_SNUM(_UK_TEST_FIXME, GT, a, b)
#define UK_FIXME_EXPECT_SNUM_GE(a, b) \
	_UK_TEST_SNUM(_UK_TEST_FIXME, GE, a, b)
#define UK_FIXME_EXPECT_SNUM_LT(a, b) \
	_UK_TEST_SNUM(_UK_TEST_FIXME, LT, a, b)
#define UK_FIXME_EXPECT_SNUM_LE(a, b) \
	_UK_TEST_SNUM(_UK_TEST_FIXME, LE, a, b)
#define UK_FIXME_EXPECT_SNUM_BETWEEN(a, least, most) \
	_UK_TEST_SNUM_IN(_UK_TEST_FIXME, a, least, most)
#define UK_FIXME_EXPECT_UNUM_EQ(a, b) \
	_UK_TEST_UNUM(_UK_TEST_FIXME, EQ, a, b)
#define UK_FIXME_EXPECT_UNUM_NQ(a, b) \
	_UK_TEST_UNUM(_UK_TEST_FIXME, NQ, a, b)
#define UK_FIXME_EXPECT_UNUM_GT(a, b) \
	_UK_TEST_UNUM(_UK_TEST_FIXME, GT, a, b)
#define UK_FIXME_EXPECT_UNUM_GE(a, b) \
	_UK_TEST_UNUM(_UK_TEST_FIXME, GE, a, b)
#define UK_FIXME_EXPECT_UNUM_LT(a, b) \
	_UK_TEST_UNUM(_UK_TEST_FIXME, LT, a, b)
#define UK_FIXME_EXPECT_UNUM_LE(a, b) \
	_UK_TEST_UNUM(_UK_TEST_FIXME, LE, a, b)
#define UK_FIXME_EXPECT_UNUM_BETWEEN(a, least, most) \
	_UK_TEST_UNUM_IN(_UK_TEST_FIXME, a, least, most)
#define UK_FIXME_EXPECT_BYTES_EQ(a, b, n) \
	_UK_TEST_BYTES(_UK_TEST_FIXME, EQ, a, b, n)
#define UK_FIXME_EXPECT_BYTES_NQ(a, b, n) \
	_UK_TEST_BYTES(_UK_TEST_FIXME, NQ, a, b, n)
#define UK_FIXME_EXPECT_STR_EQ(a, b) \
	_UK_TEST_STRING(_UK_TEST_FIXME, EQ, a, b, (size_t)-1)
#define UK_FIXME_EXPECT_STR_NQ(a, b) \
	_UK_TEST_STRING(_UK_TEST_FIXME, NQ, a, b, (size_t)-1)
#define UK_FIXME_EXPECT_STRN_EQ(a, b, n) \
	_UK_TEST_STRING(_UK_TEST_FIXME, EQ, a, b, n)
#define UK_FIXME_EXPECT_STRN_NQ(a, b, n) \
	_UK_TEST_STRING(_UK_TEST_FIXME, NQ, a, b, n)
#define UK_FIXME_EXPECT_STR_CONTAINS(a, part) \
	_UK_TEST_CONTAINS(_UK_TEST_FIXME, 1, a, part)
#define UK_FIXME_EXPECT_STR_LACKS(a, part) \
	_UK_TEST_CONTAINS(_UK_TEST_FIXME, 0, a, part)
#define UK_FIXME_EXPECT_FLOAT_EQ(a, b) \
	_UK_TEST_FLOAT(_UK_TEST_FIXME, EQ, a, b)
#define UK_FIXME_EXPECT_FLOAT_NQ(a, b) \
	_UK_TEST_FLOAT(_UK_TEST_FIXME, NQ, a, b)
#define UK_FIXME_EXPECT_FLOAT_GT(a, b) \
	_UK_TEST_FLOAT(_UK_TEST_FIXME, GT, a, b)
#define UK_FIXME_EXPECT_FLOAT_GE(a, b) \
	_UK_TEST_FLOAT(_UK_TEST_FIXME, GE, a, b)
#define UK_FIXME_EXPECT_FLOAT_LT(a, b) \
	_UK_TEST_FLOAT(_UK_TEST_FIXME, LT, a, b)
#define UK_FIXME_EXPECT_FLOAT_LE(a, b) \
	_UK_TEST_FLOAT(_UK_TEST_FIXME, LE, a, b)
#define UK_FIXME_EXPECT_FLOAT_NEAR(a, b, distance) \
	_UK_TEST_NEAR(_UK_TEST_FIXME, a, b, distance)
#define UK_FIXME_EXPECT_FLOAT_BETWEEN(a, least, most) \
	_UK_TEST_FLOAT_IN(_UK_TEST_FIXME, a, least, most)
#define UK_FIXME_EXPECT_FLOAT_NAN(a) \
	_UK_TEST_NAN(_UK_TEST_FIXME, a)

#endif /* __UK_TEST_FIXME_H__ */
