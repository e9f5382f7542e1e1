/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Units of time and the ways between them.
 * It does not read a clock.
 */
#ifndef __UKARCH_TIME_H__
#define __UKARCH_TIME_H__

#include <uk/arch/types.h>

#define UKARCH_NSEC_PER_SEC 1000000000ULL

#define __NSEC_MAX ((__nsec)-1)
#define __SNSEC_MAX __INT64_MAX__
#define __SNSEC_MIN (-__SNSEC_MAX - 1)

#define ukarch_time_nsec_to_sec(ns) ((ns) / UKARCH_NSEC_PER_SEC)
#define ukarch_time_nsec_to_msec(ns) ((ns) / 1000000ULL)
#define ukarch_time_nsec_to_usec(ns) ((ns) / 1000ULL)
#define ukarch_time_subsec(ns) ((ns) % UKARCH_NSEC_PER_SEC)

#define ukarch_time_sec_to_nsec(sec) ((sec) * UKARCH_NSEC_PER_SEC)
#define ukarch_time_msec_to_nsec(ms) ((ms) * 1000000ULL)
#define ukarch_time_usec_to_nsec(us) ((us) * 1000ULL)

#endif /* __UKARCH_TIME_H__ */
