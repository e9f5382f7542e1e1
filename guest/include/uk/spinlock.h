/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Locks of one processor, under Unikraft's names, and the same with interrupts
 * kept off while they are closed.
 */
#ifndef __UK_SPINLOCK_H__
#define __UK_SPINLOCK_H__

#include <uk/arch/spinlock.h>
#include <uk/plat/lcpu.h>

#define uk_spinlock __spinlock

#define UK_SPINLOCK_INITIALIZER() UKARCH_SPINLOCK_INITIALIZER()

#define uk_spin_init(lock) ukarch_spin_init(lock)
#define uk_spin_is_locked(lock) ukarch_spin_is_locked(lock)
#define uk_spin_trylock(lock) ukarch_spin_trylock(lock)
#define uk_spin_lock(lock) ukarch_spin_lock(lock)
#define uk_spin_unlock(lock) ukarch_spin_unlock(lock)
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
