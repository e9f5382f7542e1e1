/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Every assertion once, each of them false. It is the body of several cases:
 * the file that includes it says by ASSERTION() which family of macros it gets.
 */
ASSERTION()(one == 2);
ASSERTION(_NULL)(&one);
ASSERTION(_NOT_NULL)(no_pointer);
ASSERTION(_PTR_EQ)(&one, no_pointer);
ASSERTION(_PTR_NQ)(&one, &one);
ASSERTION(_ZERO)(one);
ASSERTION(_NOT_ZERO)(one - 1);
ASSERTION(_SNUM_EQ)(one, 2);
ASSERTION(_SNUM_NQ)(one, 1);
ASSERTION(_SNUM_GT)(one, 1);
ASSERTION(_SNUM_GE)(one, 2);
ASSERTION(_SNUM_LT)(one, -1);
ASSERTION(_SNUM_LE)(one, 0);
ASSERTION(_SNUM_BETWEEN)(one, 2, 3);
ASSERTION(_UNUM_EQ)(all, 1);
ASSERTION(_UNUM_NQ)(all, all);
ASSERTION(_UNUM_GT)(one, all);
ASSERTION(_UNUM_GE)(one, all);
ASSERTION(_UNUM_LT)(all, one);
ASSERTION(_UNUM_LE)(all, one);
ASSERTION(_UNUM_BETWEEN)(all, 0, 1);
ASSERTION(_BYTES_EQ)("bytes", "bites", 5);
ASSERTION(_BYTES_NQ)("bytes", "bytes and more", 5);
ASSERTION(_STR_EQ)(text, "a text");
ASSERTION(_STR_NQ)(text, "a \"text\"\n");
ASSERTION(_STRN_EQ)(text, "a tail", 5);
ASSERTION(_STRN_NQ)(text, "a tail", 2);
ASSERTION(_STR_CONTAINS)(text, "tail");
ASSERTION(_STR_LACKS)(text, "text");
ASSERTION(_FLOAT_EQ)(not_a_number, not_a_number);
ASSERTION(_FLOAT_NQ)(half, 0.5);
ASSERTION(_FLOAT_GT)(not_a_number, 0);
ASSERTION(_FLOAT_GE)(half, 0.75);
ASSERTION(_FLOAT_LT)(half, 0.5);
ASSERTION(_FLOAT_LE)(not_a_number, not_a_number);
ASSERTION(_FLOAT_NEAR)(half, 0.51, 0.005);
ASSERTION(_FLOAT_BETWEEN)(not_a_number, 0, 1);
ASSERTION(_FLOAT_NAN)(half);
