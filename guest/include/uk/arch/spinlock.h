/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Locks of one processor, under Unikraft's names for those of an architecture.
 * No other could open one that is closed, so closing it again is an
 * assertion failure and no hang. uk/spinlock.h has them with interrupts.
 */
#ifndef __UKARCH_SPINLOCK_H__
#define __UKARCH_SPINLOCK_H__

#include <uk/assert.h>

#ifdef __cplusplus
extern "C" {
#endif

struct __spinlock {
	int lock;
};

typedef struct __spinlock __spinlock;

#define UKARCH_SPINLOCK_INITIALIZER() { 0 }

static inline void ukarch_spin_init(__spinlock *lock)
{
	lock->lock = 0;
}

static inline int ukarch_spin_is_locked(__spinlock *lock)
{
	return lock->lock;
}

/** @return 1 when it is closed now, 0 when it was already */
static inline int ukarch_spin_trylock(__spinlock *lock)
{
	if (lock->lock)
		return 0;
	lock->lock = 1;
	return 1;
}

static inline void ukarch_spin_lock(__spinlock *lock)
{
	UK_ASSERT(!lock->lock);
	lock->lock = 1;
}

static inline void ukarch_spin_unlock(__spinlock *lock)
{
	lock->lock = 0;
}

#ifdef __cplusplus
}
#endif

#endif /* __UKARCH_SPINLOCK_H__ */
