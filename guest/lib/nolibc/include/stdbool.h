/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The truth values of C11.
 * It does not cover C++, which has its own.
 */
#ifndef UKTEST_STDBOOL_H
#define UKTEST_STDBOOL_H

#define bool _Bool
#define true 1
#define false 0
#define __bool_true_false_are_defined 1

#endif /* UKTEST_STDBOOL_H */
