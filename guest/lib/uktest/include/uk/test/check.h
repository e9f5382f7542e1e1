/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The functions after the assertion macros: each takes what a macro captured,
 * judges it, prints one result. Macros capture, functions format; suites call
 * none of these by name.
 */
#ifndef __UK_TEST_CHECK_H__
#define __UK_TEST_CHECK_H__

#include <stddef.h>
#include <stdint.h>
#include <uk/test/site.h>

#ifdef __cplusplus
extern "C" {
#endif

enum _uk_test_op {
	_UK_TEST_EQ, _UK_TEST_NQ,
	_UK_TEST_GT, _UK_TEST_GE, _UK_TEST_LT, _UK_TEST_LE,
};

typedef const struct _uk_test_at *_uk_test_at_t;

void _uk_test_true(_uk_test_at_t at, const char *text, int is_true);
void _uk_test_msg(_uk_test_at_t at, int is_true, const char *fmt, ...)
	__printf(3, 4);
void _uk_test_ptr(_uk_test_at_t at, enum _uk_test_op op, const char *text,
		  const void *actual, const void *expected);
void _uk_test_snum(_uk_test_at_t at, enum _uk_test_op op, const char *text,
		   long long actual, long long expected);
void _uk_test_snum_between(_uk_test_at_t at, const char *text, long long actual,
			   long long least, long long most);
void _uk_test_unum(_uk_test_at_t at, enum _uk_test_op op, const char *text,
		   unsigned long long actual, unsigned long long expected);
void _uk_test_unum_between(_uk_test_at_t at, const char *text,
			   unsigned long long actual, unsigned long long least,
			   unsigned long long most);
void _uk_test_bytes(_uk_test_at_t at, enum _uk_test_op op, const char *text,
		    const char *expected_text, const void *actual,
		    const void *expected, size_t len);
void _uk_test_str(_uk_test_at_t at, enum _uk_test_op op, const char *text,
		  const char *actual, const char *expected, size_t most);
void _uk_test_str_contains(_uk_test_at_t at, int is_expected, const char *text,
			   const char *actual, const char *part);
void _uk_test_float(_uk_test_at_t at, enum _uk_test_op op, const char *text,
		    double actual, double expected);
void _uk_test_float_between(_uk_test_at_t at, const char *text, double actual,
			    double least, double most);
void _uk_test_float_near(_uk_test_at_t at, const char *text, double actual,
			 double expected, double distance);
void _uk_test_float_nan(_uk_test_at_t at, const char *text, double actual);

/*
 * A number of whatever type as 64 bits. A pointer goes through long, since a
 * cast from a pointer to a wider number is an error on i386.
 */
#ifdef __cplusplus
extern "C++" {
template<typename N, typename T> inline N _uk_test_number(T x)
{
	return (N)x;
}

template<typename N, typename T> inline N _uk_test_number(T *x)
{
	return (N)(long)x;
}
}

#define _UK_TEST_S64(x)	_uk_test_number<long long>(x)
#define _UK_TEST_U64(x)	_uk_test_number<unsigned long long>(x)
#else
#define _UK_TEST_NUMBER(x)						\
	((__typeof__(__builtin_choose_expr(				\
		__builtin_classify_type(1 ? (x) : (x)) == 5,		\
		0L, 1 ? (x) : (x))))(x))
#define _UK_TEST_S64(x)	((long long)_UK_TEST_NUMBER(x))
#define _UK_TEST_U64(x)	((unsigned long long)_UK_TEST_NUMBER(x))
#endif

#define _UK_TEST_TRUE(kind, ...)					\
	_uk_test_true(_UK_TEST_AT(kind), _UK_TEST_STR(__VA_ARGS__),	\
		      (__VA_ARGS__) ? 1 : 0)
#define _UK_TEST_SAYING(kind, cond, ...)				\
	_uk_test_msg(_UK_TEST_AT(kind), (cond) ? 1 : 0, __VA_ARGS__)
#define _UK_TEST_PTR(kind, op, a, b)					\
	_uk_test_ptr(_UK_TEST_AT(kind), _UK_TEST_##op, _UK_TEST_STR(a),	\
		     (const void *)(a), (const void *)(b))
#define _UK_TEST_SNUM(kind, op, a, b)					\
	_uk_test_snum(_UK_TEST_AT(kind), _UK_TEST_##op, _UK_TEST_STR(a),\
		      _UK_TEST_S64(a), _UK_TEST_S64(b))
#define _UK_TEST_SNUM_IN(kind, a, least, most)				\
	_uk_test_snum_between(_UK_TEST_AT(kind), _UK_TEST_STR(a),	\
			      _UK_TEST_S64(a), _UK_TEST_S64(least),	\
			      _UK_TEST_S64(most))
#define _UK_TEST_UNUM(kind, op, a, b)					\
	_uk_test_unum(_UK_TEST_AT(kind), _UK_TEST_##op, _UK_TEST_STR(a),\
		      _UK_TEST_U64(a), _UK_TEST_U64(b))
#define _UK_TEST_UNUM_IN(kind, a, least, most)				\
	_uk_test_unum_between(_UK_TEST_AT(kind), _UK_TEST_STR(a),	\
			      _UK_TEST_U64(a), _UK_TEST_U64(least),	\
			      _UK_TEST_U64(most))
#define _UK_TEST_BYTES(kind, op, a, b, n)				\
	_uk_test_bytes(_UK_TEST_AT(kind), _UK_TEST_##op,		\
		       _UK_TEST_STR(a), _UK_TEST_STR(b),		\
		       (const void *)(a), (const void *)(b), (n))
#define _UK_TEST_STRING(kind, op, a, b, n)				\
	_uk_test_str(_UK_TEST_AT(kind), _UK_TEST_##op, _UK_TEST_STR(a),	\
		     (const char *)(a), (const char *)(b), (n))
#define _UK_TEST_CONTAINS(kind, is_expected, a, part)			\
	_uk_test_str_contains(_UK_TEST_AT(kind), (is_expected),		\
			      _UK_TEST_STR(a), (const char *)(a),	\
			      (const char *)(part))
#define _UK_TEST_FLOAT(kind, op, a, b)					\
	_uk_test_float(_UK_TEST_AT(kind), _UK_TEST_##op,		\
		       _UK_TEST_STR(a), (a), (b))
#define _UK_TEST_FLOAT_IN(kind, a, least, most)				\
	_uk_test_float_between(_UK_TEST_AT(kind), _UK_TEST_STR(a),	\
			       (a), (least), (most))
#define _UK_TEST_NEAR(kind, a, b, distance)				\
	_uk_test_float_near(_UK_TEST_AT(kind), _UK_TEST_STR(a),		\
			    (a), (b), (distance))
#define _UK_TEST_NAN(kind, a)						\
	_uk_test_float_nan(_UK_TEST_AT(kind), _UK_TEST_STR(a), (a))

#ifdef __cplusplus
}
#endif

#endif /* __UK_TEST_CHECK_H__ */
