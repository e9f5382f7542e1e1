/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The arithmetic of BSD's sys/param.h.
 * It has no limits: those are in limits.h.
 */
#ifndef __SYS_PARAM_H__
#define __SYS_PARAM_H__

#include <limits.h>
#include <uk/essentials.h>

#define howmany(n, d) (((n) + ((d) - 1)) / (d))
#define roundup(n, d) (howmany((n), (d)) * (d))
#define powerof2(n) (!(((n) - 1) & (n)))

#define NBBY CHAR_BIT
#define setbit(bytes, bit) ((bytes)[(bit) / NBBY] |= 1 << (bit) % NBBY)
#define clrbit(bytes, bit) ((bytes)[(bit) / NBBY] &= ~(1 << (bit) % NBBY))
#define isset(bytes, bit) ((bytes)[(bit) / NBBY] & 1 << (bit) % NBBY)
#define isclr(bytes, bit) (!isset((bytes), (bit)))

#endif /* __SYS_PARAM_H__ */
