/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Counters of references, locks, and the atomic operations below them.
 * One too many references is an assertion failure, which no case survives.
 */
#include <sys/param.h>
#include <uk/isr/string.h>
#include <uk/refcount.h>
#include <uk/spinlock.h>
#include <uk/test.h>
#include <uk/weak_refcount.h>

UK_TESTCASE(ukcounters_testsuite, the_last_reference_says_so)
{
	__atomic ref = UK_REFCOUNT_INITIALIZER(1);

	uk_refcount_acquire(&ref);
	UK_TEST_EXPECT_SNUM_EQ(uk_refcount_read(&ref), 2);
	UK_TEST_EXPECT_ZERO(uk_refcount_release(&ref));
	UK_TEST_EXPECT_ZERO(uk_refcount_release_if_not_last(&ref));
	UK_TEST_EXPECT_SNUM_EQ(uk_refcount_acquire_if_not_zero(&ref), 1);
	UK_TEST_EXPECT_SNUM_EQ(uk_refcount_release_if_not_last(&ref), 1);
	UK_TEST_EXPECT_SNUM_EQ(uk_refcount_release(&ref), 1);
	UK_TEST_EXPECT_ZERO(uk_refcount_acquire_if_not_zero(&ref));
	uk_refcount_init(&ref, 7);
	UK_TEST_EXPECT_SNUM_EQ(uk_refcount_read(&ref), 7);
}

UK_TESTCASE(ukcounters_testsuite, exchanges)
{
	int value = 1, wanted = 2;

	UK_TEST_EXPECT_ZERO(uk_compare_exchange_n(&value, &wanted, 3));
	UK_TEST_EXPECT_SNUM_EQ(wanted, 1);
	UK_TEST_EXPECT(uk_compare_exchange_n(&value, &wanted, 3));
	UK_TEST_EXPECT_SNUM_EQ(value, 3);
	UK_TEST_EXPECT_SNUM_EQ(uk_exchange_n(&value, 5), 3);
	UK_TEST_EXPECT_SNUM_EQ(UK_ACCESS_ONCE(value), 5);
}

UK_TESTCASE(ukcounters_testsuite, bits)
{
	unsigned int value = 0x6;

	UK_TEST_EXPECT_UNUM_EQ(uk_or(&value, 0x3), 0x6);
	UK_TEST_EXPECT_UNUM_EQ(value, 0x7);
	UK_TEST_EXPECT_UNUM_EQ(uk_and_relax(&value, 0x9), 0x7);
	UK_TEST_EXPECT_UNUM_EQ(value, 0x1);
}

UK_TESTCASE(ukcounters_testsuite, weak_references)
{
	struct uk_swrefcount count = UK_SWREFCOUNT_INITIALIZER(2, 1);

	/* A strong one from a weak one, while there is a strong one. */
	UK_TEST_EXPECT_SNUM_EQ(uk_swrefcount_try_acquire(&count), 1);
	UK_TEST_EXPECT_SNUM_EQ(uk_refcount_read(&count.refcount), 3);
	UK_TEST_EXPECT_SNUM_EQ(uk_refcount_read(&count.strong), 2);
	UK_TEST_EXPECT_ZERO(uk_swrefcount_release(&count));
	UK_TEST_EXPECT_SNUM_EQ(uk_swrefcount_release(&count),
			       UK_SWREFCOUNT_LAST_STRONG);
	UK_TEST_EXPECT_ZERO(uk_swrefcount_try_acquire(&count));
	UK_TEST_EXPECT_SNUM_EQ(uk_refcount_read(&count.refcount), 1);
	UK_TEST_EXPECT_SNUM_EQ(uk_swrefcount_release_weak(&count),
			       UK_SWREFCOUNT_LAST_REF);
}

UK_TESTCASE(ukcounters_testsuite, last_reference_is_strong)
{
	struct uk_swrefcount count;

	uk_swrefcount_init(&count, 1, 1);
	uk_swrefcount_acquire(&count);
	uk_swrefcount_acquire_weak(&count);
	UK_TEST_EXPECT_ZERO(uk_swrefcount_release_weak(&count));
	UK_TEST_EXPECT_ZERO(uk_swrefcount_release(&count));
	UK_TEST_EXPECT_SNUM_EQ(uk_swrefcount_release(&count),
			       UK_SWREFCOUNT_LAST_STRONG |
			       UK_SWREFCOUNT_LAST_REF);
}

UK_TESTCASE(ukcounters_testsuite, locks)
{
	uk_spinlock lock = UK_SPINLOCK_INITIALIZER();
	unsigned long flags;

	uk_spin_lock(&lock);
	UK_TEST_EXPECT(uk_spin_is_locked(&lock));
	UK_TEST_EXPECT_ZERO(uk_spin_trylock(&lock));
	uk_spin_unlock(&lock);
	uk_spin_lock_irqsave(&lock, flags);
	UK_TEST_EXPECT(ukplat_lcpu_irqs_disabled());
	uk_spin_unlock_irqrestore(&lock, flags);
	UK_TEST_EXPECT_SNUM_EQ(uk_spin_trylock(&lock), 1);
	uk_spin_init(&lock);
	UK_TEST_EXPECT_ZERO(uk_spin_is_locked(&lock));
	UK_TEST_EXPECT_SNUM_EQ(ukplat_lcpu_count(), 1);
}

UK_TESTCASE(ukcounters_testsuite, small_headers)
{
	unsigned char bits[2] = { 0 };
	char text[4];

	UK_TEST_EXPECT_SNUM_EQ(howmany(9, 4), 3);
	UK_TEST_EXPECT_SNUM_EQ(roundup(9, 4), 12);
	UK_TEST_EXPECT(powerof2(8) && !powerof2(6));
	setbit(bits, 9);
	UK_TEST_EXPECT_SNUM_EQ(bits[1], 2);
	UK_TEST_EXPECT(isset(bits, 9) && isclr(bits, 8));
	clrbit(bits, 9);
	UK_TEST_EXPECT_ZERO(bits[1]);
	UK_TEST_EXPECT_SNUM_EQ(strlcpy_isr(text, "abcd", sizeof(text)), 4);
	UK_TEST_EXPECT_ZERO(strcmp_isr(text, "abc"));
}

uk_testsuite_register(ukcounters_testsuite, NULL);
