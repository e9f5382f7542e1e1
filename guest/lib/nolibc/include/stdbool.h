/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The truth values of C11.
 * C++ has its own, so the header is empty there.
 */
#ifndef UKTEST_STDBOOL_H
#define UKTEST_STDBOOL_H

#ifndef __cplusplus
#define bool _Bool
#define true 1
#define false 0
#endif
#define __bool_true_false_are_defined 1

#endif /* UKTEST_STDBOOL_H */
