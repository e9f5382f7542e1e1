/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Locks of one processor, under Unikraft's names. Nobody could ever open one
 * that is closed, so closing it again is an assertion failure and no hang.
 */
#ifndef __UK_SPINLOCK_H__
#define __UK_SPINLOCK_H__

#include <uk/assert.h>
#include <uk/plat/lcpu.h>

typedef struct __spinlock {
	int lock;
} __spinlock;

#define uk_spinlock __spinlock

#define UK_SPINLOCK_INITIALIZER() { 0 }

static inline void uk_spin_init(__spinlock *lock)
{
	lock->lock = 0;
}

static inline int uk_spin_is_locked(__spinlock *lock)
{
	return lock->lock;
}

/** @return 1 when it is closed now, 0 when it was already */
static inline int uk_spin_trylock(__spinlock *lock)
{
	if (lock->lock)
		return 0;
	lock->lock = 1;
	return 1;
}

static inline void uk_spin_lock(__spinlock *lock)
{
	UK_ASSERT(!lock->lock);
	lock->lock = 1;
}

static inline void uk_spin_unlock(__spinlock *lock)
{
	lock->lock = 0;
}

#define uk_spin_lock_irq(lock) uk_spin_lock(lock)
#define uk_spin_unlock_irq(lock) uk_spin_unlock(lock)
#define uk_spin_lock_irqsave(lock, flags)                                  \
	do {                                                               \
		(flags) = ukplat_lcpu_save_irqf();                         \
		uk_spin_lock(lock);                                        \
	} while (0)
#define uk_spin_unlock_irqrestore(lock, flags)                             \
	do {                                                               \
		uk_spin_unlock(lock);                                      \
		ukplat_lcpu_restore_irqf(flags);                           \
	} while (0)

#endif /* __UK_SPINLOCK_H__ */
