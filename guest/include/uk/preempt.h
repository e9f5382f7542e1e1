/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Sections that no other thread may interrupt, under Unikraft's names.
 * The kit never preempts: they keep the compiler's order, and no more.
 */
#ifndef __UK_PREEMPT_H__
#define __UK_PREEMPT_H__

#include <uk/essentials.h>

#define uk_preempt_disable() barrier()
#define uk_preempt_enable() barrier()

#endif /* __UK_PREEMPT_H__ */
