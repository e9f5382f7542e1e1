/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The short names of _Alignas and _Alignof, as C11 asks for them.
 * It has nothing beyond the four macros; in C++ both are words of the language.
 */
#ifndef UKTEST_STDALIGN_H
#define UKTEST_STDALIGN_H

#ifndef __cplusplus
#define alignas _Alignas
#define alignof _Alignof
#endif
#define __alignas_is_defined 1
#define __alignof_is_defined 1

#endif /* UKTEST_STDALIGN_H */
