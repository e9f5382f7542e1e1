/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The fatal twin of every assertion in expect.h: its failure ends the case,
 * also from within a helper function. The teardown of the suite still runs;
 * in the init function of a suite it makes the init function fail.
 */
#ifndef __UK_TEST_REQUIRE_H__
#define __UK_TEST_REQUIRE_H__

#include <uk/test/check.h>

/** The condition is true, or else the case ends with this message. */
#define UK_TEST_REQUIREF(cond, ...) \
	_UK_TEST_SAYING(_UK_TEST_FATAL, cond, __VA_ARGS__)

#define UK_TEST_REQUIRE(...) \
	_UK_TEST_TRUE(_UK_TEST_FATAL, __VA_ARGS__)
#define UK_TEST_REQUIRE_NULL(a) \
	_UK_TEST_PTR(_UK_TEST_FATAL, EQ, a, 0)
#define UK_TEST_REQUIRE_NOT_NULL(a) \
	_UK_TEST_PTR(_UK_TEST_FATAL, NQ, a, 0)
#define UK_TEST_REQUIRE_PTR_EQ(a, b) \
	_UK_TEST_PTR(_UK_TEST_FATAL, EQ, a, b)
#define UK_TEST_REQUIRE_PTR_NQ(a, b) \
	_UK_TEST_PTR(_UK_TEST_FATAL, NQ, a, b)
#define UK_TEST_REQUIRE_ZERO(a) \
	_UK_TEST_SNUM(_UK_TEST_FATAL, EQ, a, 0)
#define UK_TEST_REQUIRE_NOT_ZERO(a) \
	_UK_TEST_SNUM(_UK_TEST_FATAL, NQ, a, 0)
#define UK_TEST_REQUIRE_SNUM_EQ(a, b) \
	_UK_TEST_SNUM(_UK_TEST_FATAL, EQ, a, b)
#define UK_TEST_REQUIRE_SNUM_NQ(a, b) \
	_UK_TEST_SNUM(_UK_TEST_FATAL, NQ, a, b)
#define UK_TEST_REQUIRE_SNUM_GT(a, b) \
	_UK_TEST_SNUM(_UK_TEST_FATAL, GT, a, b)
#define UK_TEST_REQUIRE_SNUM_GE(a, b) \
	_UK_TEST_SNUM(_UK_TEST_FATAL, GE, a, b)
#define UK_TEST_REQUIRE_SNUM_LT(a, b) \
	_UK_TEST_SNUM(_UK_TEST_FATAL, LT, a, b)
#define UK_TEST_REQUIRE_SNUM_LE(a, b) \
	_UK_TEST_SNUM(_UK_TEST_FATAL, LE, a, b)
#define UK_TEST_REQUIRE_SNUM_BETWEEN(a, least, most) \
	_UK_TEST_SNUM_IN(_UK_TEST_FATAL, a, least, most)
#define UK_TEST_REQUIRE_UNUM_EQ(a, b) \
	_UK_TEST_UNUM(_UK_TEST_FATAL, EQ, a, b)
#define UK_TEST_REQUIRE_UNUM_NQ(a, b) \
	_UK_TEST_UNUM(_UK_TEST_FATAL, NQ, a, b)
#define UK_TEST_REQUIRE_UNUM_GT(a, b) \
	_UK_TEST_UNUM(_UK_TEST_FATAL, GT, a, b)
#define UK_TEST_REQUIRE_UNUM_GE(a, b) \
	_UK_TEST_UNUM(_UK_TEST_FATAL, GE, a, b)
#define UK_TEST_REQUIRE_UNUM_LT(a, b) \
	_UK_TEST_UNUM(_UK_TEST_FATAL, LT, a, b)
#define UK_TEST_REQUIRE_UNUM_LE(a, b) \
	_UK_TEST_UNUM(_UK_TEST_FATAL, LE, a, b)
#define UK_TEST_REQUIRE_UNUM_BETWEEN(a, least, most) \
	_UK_TEST_UNUM_IN(_UK_TEST_FATAL, a, least, most)
#define UK_TEST_REQUIRE_BYTES_EQ(a, b, n) \
	_UK_TEST_BYTES(_UK_TEST_FATAL, EQ, a, b, n)
#define UK_TEST_REQUIRE_BYTES_NQ(a, b, n) \
	_UK_TEST_BYTES(_UK_TEST_FATAL, NQ, a, b, n)
#define UK_TEST_REQUIRE_STR_EQ(a, b) \
	_UK_TEST_STRING(_UK_TEST_FATAL, EQ, a, b, (size_t)-1)
#define UK_TEST_REQUIRE_STR_NQ(a, b) \
	_UK_TEST_STRING(_UK_TEST_FATAL, NQ, a, b, (size_t)-1)
#define UK_TEST_REQUIRE_STRN_EQ(a, b, n) \
	_UK_TEST_STRING(_UK_TEST_FATAL, EQ, a, b, n)
#define UK_TEST_REQUIRE_STRN_NQ(a, b, n) \
	_UK_TEST_STRING(_UK_TEST_FATAL, NQ, a, b, n)
#define UK_TEST_REQUIRE_STR_CONTAINS(a, part) \
	_UK_TEST_CONTAINS(_UK_TEST_FATAL, 1, a, part)
#define UK_TEST_REQUIRE_STR_LACKS(a, part) \
	_UK_TEST_CONTAINS(_UK_TEST_FATAL, 0, a, part)
#define UK_TEST_REQUIRE_FLOAT_EQ(a, b) \
	_UK_TEST_FLOAT(_UK_TEST_FATAL, EQ, a, b)
#define UK_TEST_REQUIRE_FLOAT_NQ(a, b) \
	_UK_TEST_FLOAT(_UK_TEST_FATAL, NQ, a, b)
#define UK_TEST_REQUIRE_FLOAT_GT(a, b) \
	_UK_TEST_FLOAT(_UK_TEST_FATAL, GT, a, b)
#define UK_TEST_REQUIRE_FLOAT_GE(a, b) \
	_UK_TEST_FLOAT(_UK_TEST_FATAL, GE, a, b)
#define UK_TEST_REQUIRE_FLOAT_LT(a, b) \
	_UK_TEST_FLOAT(_UK_TEST_FATAL, LT, a, b)
#define UK_TEST_REQUIRE_FLOAT_LE(a, b) \
	_UK_TEST_FLOAT(_UK_TEST_FATAL, LE, a, b)
#define UK_TEST_REQUIRE_FLOAT_NEAR(a, b, distance) \
	_UK_TEST_NEAR(_UK_TEST_FATAL, a, b, distance)
#define UK_TEST_REQUIRE_FLOAT_BETWEEN(a, least, most) \
	_UK_TEST_FLOAT_IN(_UK_TEST_FATAL, a, least, most)
#define UK_TEST_REQUIRE_FLOAT_NAN(a) \
	_UK_TEST_NAN(_UK_TEST_FATAL, a)

#endif /* __UK_TEST_REQUIRE_H__ */
