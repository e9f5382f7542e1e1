/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Operators spelled as words, as C11 asks for them.
 * It refuses C++, where they are part of the language.
 */
#ifndef UKTEST_ISO646_H
#define UKTEST_ISO646_H

#define and &&
#define and_eq &=
#define bitand &
#define bitor |
#define compl ~
#define not !
#define not_eq !=
#define or ||
#define or_eq |=
#define xor ^
#define xor_eq ^=

#endif /* UKTEST_ISO646_H */
