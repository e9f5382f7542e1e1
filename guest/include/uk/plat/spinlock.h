/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Where Unikraft had its locks with interrupts kept off before uk/spinlock.h,
 * under their names of that time.
 */
#ifndef __UKPLAT_SPINLOCK_H__
#define __UKPLAT_SPINLOCK_H__

#include <uk/spinlock.h>

#define ukplat_spin_lock_irq(lock) uk_spin_lock_irq(lock)
#define ukplat_spin_unlock_irq(lock) uk_spin_unlock_irq(lock)
#define ukplat_spin_lock_irqsave(lock, flags) \
	uk_spin_lock_irqsave((lock), (flags))
#define ukplat_spin_unlock_irqrestore(lock, flags) \
	uk_spin_unlock_irqrestore((lock), (flags))

#endif /* __UKPLAT_SPINLOCK_H__ */
