/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Heaps of our own: how they fill up, join again, and show damage.
 * The machine's heap is left alone.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <uk/alloc.h>
#include <uk/test.h>

#define SLOTS	128

static unsigned char memory[128 * 1024];
static struct uk_alloc *heap;

static void make_heap(struct uk_testcase *esac __unused)
{
	/* No alignment is asked of the caller. */
	heap = uk_heap_init(memory + 3, sizeof(memory) - 3);
	UK_TEST_EXPECT_NOT_NULL(heap);
}

static void drop_heap(struct uk_testcase *esac __unused)
{
	uk_heap_fini(heap);
}

UK_TESTCASE(ukalloc_heap_testsuite, heap_too_small)
{
	static unsigned char little[64];

	UK_TEST_EXPECT_NULL(uk_heap_init(little, sizeof(little)));
	UK_TEST_EXPECT_NULL(uk_heap_init(little, 0));
	UK_TEST_EXPECT_NULL(uk_heap_init(NULL, 1 << 20));
}

UK_TESTCASE(ukalloc_heap_testsuite, heap_is_listed)
{
	struct uk_alloc *a, *own = uk_alloc_get_default();
	int found = 0;

	UK_TEST_EXPECT(own != heap);
	uk_alloc_foreach(a)
		found += a == heap;
	UK_TEST_EXPECT_SNUM_EQ(found, 1);
	uk_alloc_register(heap);
	uk_alloc_set_default(heap);
	UK_TEST_EXPECT_PTR_EQ(uk_alloc_get_default(), heap);
	uk_alloc_set_default(own);
	UK_TEST_EXPECT_PTR_EQ(uk_alloc_get_default(), own);
	found = 0;
	uk_alloc_foreach(a)
		found += a == heap;
	UK_TEST_EXPECT_SNUM_EQ(found, 1);
}

UK_TESTCASE(ukalloc_heap_testsuite, heap_to_the_last_byte)
{
	__ssz most = uk_alloc_maxalloc(heap);
	void *ptr;

	UK_TEST_EXPECT_NULL(uk_malloc(heap, (size_t)most + 1));
	ptr = uk_malloc(heap, (size_t)most);
	UK_TEST_EXPECT_NOT_NULL(ptr);
	memset(ptr, 1, (size_t)most);
	UK_TEST_EXPECT_ZERO(uk_alloc_maxalloc(heap));
	UK_TEST_EXPECT_ZERO(uk_alloc_availmem(heap));
	UK_TEST_EXPECT_NULL(uk_malloc(heap, 1));
	UK_TEST_EXPECT_NULL(uk_heap_check(heap, NULL));
	uk_free(heap, ptr);
	UK_TEST_EXPECT_SNUM_EQ(uk_alloc_maxalloc(heap), most);
}

UK_TESTCASE(ukalloc_heap_testsuite, heap_joins)
{
	__ssz before = uk_alloc_availmem(heap), most;
	void *ptrs[8];
	int i;

	most = uk_alloc_maxalloc(heap);
	for (i = 0; i < 8; i++)
		ptrs[i] = uk_malloc(heap, 1000);
	UK_TEST_EXPECT_SNUM_LT(uk_alloc_availmem(heap), before - 8000);
	/* Lone ones first, then those in between: all must become one. */
	for (i = 0; i < 8; i += 2)
		uk_free(heap, ptrs[i]);
	for (i = 1; i < 8; i += 2)
		uk_free(heap, ptrs[i]);
	UK_TEST_EXPECT_SNUM_EQ(uk_alloc_availmem(heap), before);
	UK_TEST_EXPECT_SNUM_EQ(uk_alloc_maxalloc(heap), most);
}

UK_TESTCASE(ukalloc_heap_testsuite, heap_pages)
{
	long pages = uk_alloc_pmaxalloc(heap);
	unsigned char *ptr = uk_palloc(heap, 3);

	UK_TEST_EXPECT_NOT_NULL(ptr);
	UK_TEST_EXPECT_ZERO((uintptr_t)ptr % 4096);
	memset(ptr, 1, 3 * 4096);
	uk_pfree(heap, ptr, 3);
	UK_TEST_EXPECT_SNUM_GT(pages, 10);
	ptr = uk_palloc(heap, (unsigned long)pages);
	UK_TEST_EXPECT_NOT_NULL(ptr);
	uk_pfree(heap, ptr, (unsigned long)pages);
	UK_TEST_EXPECT_NULL(uk_palloc(heap, ~0UL));
	UK_TEST_EXPECT_NULL(uk_palloc(NULL, 1));
}

UK_TESTCASE(ukalloc_heap_testsuite, heap_more_memory)
{
	static unsigned char more[16 * 1024];
	__ssz before = uk_alloc_availmem(heap);
	__ssz most = uk_alloc_maxalloc(heap);
	void *a, *b;

	UK_TEST_EXPECT_ZERO(uk_alloc_addmem(heap, more, sizeof(more)));
	UK_TEST_EXPECT_SNUM_GT(uk_alloc_availmem(heap), before + 15000);
	UK_TEST_EXPECT_SNUM_LT(uk_alloc_addmem(heap, more, 16), 0);
	a = uk_malloc(heap, (size_t)most);
	b = uk_malloc(heap, 10000);
	UK_TEST_EXPECT_NOT_NULL(a);
	UK_TEST_EXPECT_NOT_NULL(b);
	UK_TEST_EXPECT_NULL(uk_heap_check(heap, NULL));
	uk_free(heap, a);
	uk_free(heap, b);
}

UK_TESTCASE(ukalloc_heap_testsuite, heap_without_allocator)
{
	void *ptr;

	UK_TEST_EXPECT_NULL(uk_malloc(NULL, 1));
	UK_TEST_EXPECT_NULL(uk_calloc(NULL, 1, 1));
	UK_TEST_EXPECT_NULL(uk_zalloc(NULL, 1));
	UK_TEST_EXPECT_NULL(uk_realloc(NULL, NULL, 1));
	UK_TEST_EXPECT_NULL(uk_memalign(NULL, 64, 1));
	UK_TEST_EXPECT_SNUM_EQ(uk_posix_memalign(NULL, &ptr, 64, 1), ENOMEM);
}

struct slot {
	unsigned char *ptr;
	size_t len;
	unsigned char fill;
};

static int is_intact(const struct slot *slot)
{
	size_t i;

	for (i = 0; slot->ptr && i < slot->len; i++)
		if (slot->ptr[i] != slot->fill)
			return 0;
	return 1;
}

/* One random step; returns 0 when something is wrong. */
static int step(struct slot *slot, unsigned int *seed)
{
	size_t len = (size_t)rand_r(seed) % (rand_r(seed) % 8 ? 200 : 6000);
	size_t align = 1UL << rand_r(seed) % 11;
	unsigned char *ptr;

	if (!is_intact(slot))
		return 0;
	if (slot->ptr && rand_r(seed) % 2) {
		uk_free(heap, slot->ptr);
		slot->ptr = NULL;
		slot->len = 0;
		return 1;
	}
	if (slot->ptr)
		ptr = uk_realloc(heap, slot->ptr, len + 1);
	else
		ptr = uk_memalign(heap, align, len + 1);
	if (!ptr)
		return 1;
	if (slot->ptr && len + 1 < slot->len)
		slot->len = len + 1;
	slot->ptr = ptr;
	if (!is_intact(slot))
		return 0;
	slot->len = len + 1;
	slot->fill = (unsigned char)rand_r(seed);
	memset(ptr, slot->fill, slot->len);
	return 1;
}

UK_TESTCASE(ukalloc_heap_testsuite, heap_random_steps)
{
	static struct slot slots[SLOTS];
	__ssz before = uk_alloc_availmem(heap);
	unsigned int seed = 20;
	const char *damage = NULL;
	int i, wrong = 0;

	memset(slots, 0, sizeof(slots));
	for (i = 0; i < 4000 && !damage && !wrong; i++) {
		wrong += !step(&slots[rand_r(&seed) % SLOTS], &seed);
		if (i % 50 == 0)
			damage = uk_heap_check(heap, NULL);
	}
	UK_TEST_EXPECT_ZERO(wrong);
	UK_TEST_EXPECT_NULL(damage);
	for (i = 0; i < SLOTS; i++)
		uk_free(heap, slots[i].ptr);
	UK_TEST_EXPECT_SNUM_EQ(uk_alloc_availmem(heap), before);
	UK_TEST_EXPECT_NULL(uk_heap_check(heap, NULL));
}

UK_TESTCASE(ukalloc_heap_testsuite, check_write_after_end)
{
	unsigned char *ptr = uk_malloc(heap, 13);
	unsigned char kept = ptr[13];
	void *where = NULL;

	ptr[12] = 1;
	UK_TEST_EXPECT_NULL(uk_heap_check(heap, NULL));
	ptr[13] = (unsigned char)~kept;
	UK_TEST_EXPECT_STR_CONTAINS(uk_heap_check(heap, &where),
				    "written after the end");
	UK_TEST_EXPECT_NOT_NULL(where);
	ptr[13] = kept;
	UK_TEST_EXPECT_NULL(uk_heap_check(heap, &where));
	uk_free(heap, ptr);
}

UK_TESTCASE(ukalloc_heap_testsuite, check_write_in_front)
{
	size_t *ptr = uk_malloc(heap, 32);
	size_t kept = ptr[-1];

	ptr[-1] = 0;
	UK_TEST_EXPECT_STR_EQ(uk_heap_check(heap, NULL),
			      "the record of a block is overwritten");
	ptr[-1] = kept;
	UK_TEST_EXPECT_NULL(uk_heap_check(heap, NULL));
	uk_free(heap, ptr);
}

UK_TESTCASE(ukalloc_heap_testsuite, check_use_after_free)
{
	size_t *ptr = uk_malloc(heap, 64), *after = uk_malloc(heap, 64);
	size_t kept;

	uk_free(heap, ptr);
	kept = ptr[1];
	ptr[1] = kept + 64;
	UK_TEST_EXPECT_STR_EQ(uk_heap_check(heap, NULL),
			      "a list of free blocks is overwritten");
	ptr[1] = kept;
	UK_TEST_EXPECT_NULL(uk_heap_check(heap, NULL));
	uk_free(heap, after);
}

uk_testsuite_register(ukalloc_heap_testsuite, NULL);
uk_testsuite_fixture(ukalloc_heap_testsuite, make_heap, drop_heap, NULL);
