/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Atomic types and operations of C11, as the compilers' own operations.
 * It does not cover those that a library would have to do with a lock.
 */
#ifndef UKTEST_STDATOMIC_H
#define UKTEST_STDATOMIC_H

#ifdef __cplusplus
#error "stdatomic.h is of C: uk/atomic.h and the compiler have __atomic_*"
#endif

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum memory_order {
	memory_order_relaxed = __ATOMIC_RELAXED,
	memory_order_consume = __ATOMIC_CONSUME,
	memory_order_acquire = __ATOMIC_ACQUIRE,
	memory_order_release = __ATOMIC_RELEASE,
	memory_order_acq_rel = __ATOMIC_ACQ_REL,
	memory_order_seq_cst = __ATOMIC_SEQ_CST,
} memory_order;

typedef _Atomic(_Bool) atomic_bool;
typedef _Atomic(char) atomic_char;
typedef _Atomic(signed char) atomic_schar;
typedef _Atomic(unsigned char) atomic_uchar;
typedef _Atomic(short) atomic_short;
typedef _Atomic(unsigned short) atomic_ushort;
typedef _Atomic(int) atomic_int;
typedef _Atomic(unsigned int) atomic_uint;
typedef _Atomic(long) atomic_long;
typedef _Atomic(unsigned long) atomic_ulong;
typedef _Atomic(long long) atomic_llong;
typedef _Atomic(unsigned long long) atomic_ullong;
typedef _Atomic(size_t) atomic_size_t;
typedef _Atomic(ptrdiff_t) atomic_ptrdiff_t;
typedef _Atomic(intptr_t) atomic_intptr_t;
typedef _Atomic(uintptr_t) atomic_uintptr_t;
typedef _Atomic(intmax_t) atomic_intmax_t;
typedef _Atomic(uintmax_t) atomic_uintmax_t;

typedef struct {
	atomic_bool value;
} atomic_flag;

#define ATOMIC_FLAG_INIT { 0 }
#define ATOMIC_VAR_INIT(value) (value)
#define kill_dependency(value) (value)

#define atomic_thread_fence(order) __atomic_thread_fence(order)
#define atomic_signal_fence(order) __atomic_signal_fence(order)
#define atomic_is_lock_free(obj) \
	(sizeof(*(obj)) <= sizeof(void *))

/* The two compilers differ in the operations that know _Atomic. */
#ifdef __clang__
#define atomic_init(obj, value) __c11_atomic_init((obj), (value))
#define atomic_store_explicit(obj, value, order) \
	__c11_atomic_store((obj), (value), (order))
#define atomic_load_explicit(obj, order) __c11_atomic_load((obj), (order))
#define atomic_exchange_explicit(obj, value, order) \
	__c11_atomic_exchange((obj), (value), (order))
#define atomic_compare_exchange_strong_explicit(obj, old, value, won, lost) \
	__c11_atomic_compare_exchange_strong((obj), (old), (value),        \
					     (won), (lost))
#define atomic_compare_exchange_weak_explicit(obj, old, value, won, lost) \
	__c11_atomic_compare_exchange_weak((obj), (old), (value),          \
					   (won), (lost))
#define atomic_fetch_add_explicit(obj, value, order) \
	__c11_atomic_fetch_add((obj), (value), (order))
#define atomic_fetch_sub_explicit(obj, value, order) \
	__c11_atomic_fetch_sub((obj), (value), (order))
#define atomic_fetch_or_explicit(obj, value, order) \
	__c11_atomic_fetch_or((obj), (value), (order))
#define atomic_fetch_xor_explicit(obj, value, order) \
	__c11_atomic_fetch_xor((obj), (value), (order))
#define atomic_fetch_and_explicit(obj, value, order) \
	__c11_atomic_fetch_and((obj), (value), (order))
#else
#define atomic_init(obj, value) \
	__atomic_store_n((obj), (value), __ATOMIC_RELAXED)
#define atomic_store_explicit(obj, value, order) \
	__atomic_store_n((obj), (value), (order))
#define atomic_load_explicit(obj, order) __atomic_load_n((obj), (order))
#define atomic_exchange_explicit(obj, value, order) \
	__atomic_exchange_n((obj), (value), (order))
#define atomic_compare_exchange_strong_explicit(obj, old, value, won, lost) \
	__atomic_compare_exchange_n((obj), (old), (value), 0, (won),       \
				    (lost))
#define atomic_compare_exchange_weak_explicit(obj, old, value, won, lost) \
	__atomic_compare_exchange_n((obj), (old), (value), 1, (won),       \
				    (lost))
#define atomic_fetch_add_explicit(obj, value, order) \
	__atomic_fetch_add((obj), (value), (order))
#define atomic_fetch_sub_explicit(obj, value, order) \
	__atomic_fetch_sub((obj), (value), (order))
#define atomic_fetch_or_explicit(obj, value, order) \
	__atomic_fetch_or((obj), (value), (order))
#define atomic_fetch_xor_explicit(obj, value, order) \
	__atomic_fetch_xor((obj), (value), (order))
#define atomic_fetch_and_explicit(obj, value, order) \
	__atomic_fetch_and((obj), (value), (order))
#endif

#define atomic_store(obj, value) \
	atomic_store_explicit((obj), (value), memory_order_seq_cst)
#define atomic_load(obj) atomic_load_explicit((obj), memory_order_seq_cst)
#define atomic_exchange(obj, value) \
	atomic_exchange_explicit((obj), (value), memory_order_seq_cst)
#define atomic_compare_exchange_strong(obj, expected, value)               \
	atomic_compare_exchange_strong_explicit((obj), (expected), (value), \
						memory_order_seq_cst,      \
						memory_order_seq_cst)
#define atomic_compare_exchange_weak(obj, expected, value)                 \
	atomic_compare_exchange_weak_explicit((obj), (expected), (value),  \
					      memory_order_seq_cst,        \
					      memory_order_seq_cst)
#define atomic_fetch_add(obj, value) \
	atomic_fetch_add_explicit((obj), (value), memory_order_seq_cst)
#define atomic_fetch_sub(obj, value) \
	atomic_fetch_sub_explicit((obj), (value), memory_order_seq_cst)
#define atomic_fetch_or(obj, value) \
	atomic_fetch_or_explicit((obj), (value), memory_order_seq_cst)
#define atomic_fetch_xor(obj, value) \
	atomic_fetch_xor_explicit((obj), (value), memory_order_seq_cst)
#define atomic_fetch_and(obj, value) \
	atomic_fetch_and_explicit((obj), (value), memory_order_seq_cst)

#define atomic_flag_test_and_set_explicit(flag, order) \
	atomic_exchange_explicit(&(flag)->value, 1, (order))
#define atomic_flag_test_and_set(flag) \
	atomic_exchange(&(flag)->value, 1)
#define atomic_flag_clear_explicit(flag, order) \
	atomic_store_explicit(&(flag)->value, 0, (order))
#define atomic_flag_clear(flag) atomic_store(&(flag)->value, 0)

#ifdef __cplusplus
}
#endif

#endif /* UKTEST_STDATOMIC_H */
