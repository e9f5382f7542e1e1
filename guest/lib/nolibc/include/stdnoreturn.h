/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The short name of _Noreturn, as C11 asks for it.
 * It is not included by the kit itself, which says __noreturn.
 */
#ifndef UKTEST_STDNORETURN_H
#define UKTEST_STDNORETURN_H

#ifndef __cplusplus
#define noreturn _Noreturn
#endif

#endif /* UKTEST_STDNORETURN_H */
