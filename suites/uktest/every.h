/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Every assertion once, each of them true. It is the body of several cases:
 * the file that includes it says by ASSERTION() which family of macros it gets.
 */
ASSERTION()(one == 1);
ASSERTION(_NULL)(no_pointer);
ASSERTION(_NOT_NULL)(&one);
ASSERTION(_PTR_EQ)(&one, &one);
ASSERTION(_PTR_NQ)(&one, no_pointer);
ASSERTION(_ZERO)(one - 1);
ASSERTION(_NOT_ZERO)(one);
ASSERTION(_SNUM_EQ)(one, 1);
ASSERTION(_SNUM_NQ)(one, 2);
ASSERTION(_SNUM_GT)(one, -1);
ASSERTION(_SNUM_GE)(one, 1);
ASSERTION(_SNUM_LT)(-one, 0);
ASSERTION(_SNUM_LE)(one, 1);
ASSERTION(_SNUM_BETWEEN)(one, 1, 2);
ASSERTION(_UNUM_EQ)(all, 0xffffffffffffffff);
ASSERTION(_UNUM_NQ)(all, 1);
ASSERTION(_UNUM_GT)(all, one);
ASSERTION(_UNUM_GE)(all, all);
ASSERTION(_UNUM_LT)(one, all);
ASSERTION(_UNUM_LE)(one, 1);
ASSERTION(_UNUM_BETWEEN)(all, 1, all);
ASSERTION(_BYTES_EQ)("bytes", "bytes and more", 5);
ASSERTION(_BYTES_NQ)("bytes", "bites", 5);
ASSERTION(_STR_EQ)(text, "a \"text\"\n");
ASSERTION(_STR_NQ)(text, "a text");
ASSERTION(_STRN_EQ)(text, "a tail", 2);
ASSERTION(_STRN_NQ)(text, "a tail", 5);
ASSERTION(_STR_CONTAINS)(text, "text");
ASSERTION(_STR_LACKS)(text, "tail");
ASSERTION(_FLOAT_EQ)(half, 0.5);
ASSERTION(_FLOAT_NQ)(not_a_number, not_a_number);
ASSERTION(_FLOAT_GT)(half, 0.25);
ASSERTION(_FLOAT_GE)(half, 0.5);
ASSERTION(_FLOAT_LT)(half, 1);
ASSERTION(_FLOAT_LE)(half, 0.5);
ASSERTION(_FLOAT_NEAR)(half, 0.51, 0.02);
ASSERTION(_FLOAT_BETWEEN)(half, 0, 1);
ASSERTION(_FLOAT_NAN)(not_a_number);
