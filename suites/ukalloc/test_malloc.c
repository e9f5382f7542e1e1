/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The memory functions of stdlib.h on the machine's heap.
 * Sizes are small: the heap of every machine has room for them.
 */
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <uk/alloc.h>
#include <uk/test.h>

static int all_bytes(const void *ptr, int byte, size_t len)
{
	const unsigned char *p = ptr;

	while (len && *p == (unsigned char)byte) {
		p++;
		len--;
	}
	return !len;
}

UK_TESTCASE(ukalloc_malloc_testsuite, malloc_distinct)
{
	unsigned char *a = malloc(100), *b = malloc(100);

	UK_TEST_EXPECT_NOT_NULL(a);
	UK_TEST_EXPECT_NOT_NULL(b);
	memset(a, 0x11, 100);
	memset(b, 0x22, 100);
	UK_TEST_EXPECT(all_bytes(a, 0x11, 100));
	UK_TEST_EXPECT(all_bytes(b, 0x22, 100));
	free(a);
	free(b);
}

UK_TESTCASE(ukalloc_malloc_testsuite, malloc_alignment)
{
	void *ptrs[64];
	int i, wrong = 0;

	for (i = 0; i < 64; i++) {
		ptrs[i] = malloc((size_t)i);
		wrong += !ptrs[i] || (uintptr_t)ptrs[i] % 16;
	}
	UK_TEST_EXPECT_ZERO(wrong);
	for (i = 0; i < 64; i++)
		free(ptrs[i]);
}

UK_TESTCASE(ukalloc_malloc_testsuite, malloc_zero)
{
	void *a = malloc(0), *b = malloc(0);

	UK_TEST_EXPECT_NOT_NULL(a);
	UK_TEST_EXPECT_NOT_NULL(b);
	UK_TEST_EXPECT(a != b);
	free(a);
	free(b);
	free(NULL);
}

UK_TESTCASE(ukalloc_malloc_testsuite, malloc_too_much)
{
	static volatile size_t huge = SIZE_MAX;

	errno = 0;
	UK_TEST_EXPECT_NULL(malloc(huge));
	UK_TEST_EXPECT_SNUM_EQ(errno, ENOMEM);
	UK_TEST_EXPECT_NULL(malloc(huge / 2));
	UK_TEST_EXPECT_NULL(malloc(huge - 4096));
	UK_TEST_EXPECT_NULL(memalign(4096, huge - 100));
}

UK_TESTCASE(ukalloc_malloc_testsuite, calloc_zeros)
{
	unsigned char *dirty = malloc(3000), *clean;

	memset(dirty, 0xff, 3000);
	free(dirty);
	clean = calloc(30, 100);
	UK_TEST_EXPECT_NOT_NULL(clean);
	UK_TEST_EXPECT(all_bytes(clean, 0, 3000));
	free(clean);
}

UK_TESTCASE(ukalloc_malloc_testsuite, calloc_overflow)
{
	static volatile size_t huge = SIZE_MAX;

	errno = 0;
	UK_TEST_EXPECT_NULL(calloc(huge / 2, 3));
	UK_TEST_EXPECT_SNUM_EQ(errno, ENOMEM);
	UK_TEST_EXPECT_NULL(calloc(huge / 4 + 2, 4));
	errno = 0;
	UK_TEST_EXPECT_NULL(reallocarray(NULL, huge / 2, 3));
	UK_TEST_EXPECT_SNUM_EQ(errno, ENOMEM);
}

UK_TESTCASE(ukalloc_malloc_testsuite, realloc_content)
{
	unsigned char *p = malloc(64), *blocker, *q;

	memset(p, 0x5a, 64);
	q = realloc(p, 200);
	UK_TEST_EXPECT(all_bytes(q, 0x5a, 64));
	blocker = malloc(16);
	memset(q, 0x5b, 200);
	p = realloc(q, 100000);
	UK_TEST_EXPECT(all_bytes(p, 0x5b, 200));
	q = realloc(p, 10);
	UK_TEST_EXPECT(all_bytes(q, 0x5b, 10));
	free(q);
	free(blocker);
	p = realloc(NULL, 10);
	UK_TEST_EXPECT_NOT_NULL(p);
	UK_TEST_EXPECT_NULL(realloc(p, 0));
}

UK_TESTCASE(ukalloc_malloc_testsuite, realloc_in_place)
{
	unsigned char *p = malloc(5000), *q;

	q = realloc(p, 100);
	UK_TEST_EXPECT_PTR_EQ(q, p);
	/* What was given back is free again, right after it. */
	UK_TEST_EXPECT_PTR_EQ(realloc(q, 4000), p);
	free(p);
}

UK_TESTCASE(ukalloc_malloc_testsuite, realloc_too_much)
{
	static volatile size_t huge = SIZE_MAX;
	unsigned char *p = malloc(10);

	memset(p, 7, 10);
	UK_TEST_EXPECT_NULL(realloc(p, huge));
	UK_TEST_EXPECT_NULL(realloc(p, huge / 4));
	UK_TEST_EXPECT(all_bytes(p, 7, 10));
	free(p);
}

UK_TESTCASE(ukalloc_malloc_testsuite, aligned_pointers)
{
	void *ptr, *ptrs[13];
	size_t align;
	int i = 0, wrong = 0;

	for (align = 1; align <= 4096; align *= 2, i++) {
		ptrs[i] = memalign(align, 100);
		wrong += !ptrs[i] || (uintptr_t)ptrs[i] % align;
		memset(ptrs[i], i, 100);
	}
	UK_TEST_EXPECT_ZERO(wrong);
	while (i--) {
		UK_TEST_EXPECT(all_bytes(ptrs[i], i, 100));
		free(ptrs[i]);
	}
	UK_TEST_EXPECT_ZERO(posix_memalign(&ptr, 256, 1000));
	UK_TEST_EXPECT_ZERO((uintptr_t)ptr % 256);
	free(ptr);
	ptr = aligned_alloc(64, 128);
	UK_TEST_EXPECT_ZERO((uintptr_t)ptr % 64);
	free(ptr);
}

UK_TESTCASE(ukalloc_malloc_testsuite, aligned_errors)
{
	static volatile size_t huge = SIZE_MAX;
	void *ptr = &ptr;

	UK_TEST_EXPECT_SNUM_EQ(posix_memalign(&ptr, 3, 10), EINVAL);
	UK_TEST_EXPECT_SNUM_EQ(posix_memalign(&ptr, 0, 10), EINVAL);
	UK_TEST_EXPECT_SNUM_EQ(posix_memalign(&ptr, sizeof(void *) / 2, 10),
			       EINVAL);
	errno = 0;
	UK_TEST_EXPECT_SNUM_EQ(posix_memalign(&ptr, 64, huge), ENOMEM);
	UK_TEST_EXPECT_ZERO(errno);
	UK_TEST_EXPECT_PTR_EQ(ptr, &ptr);
	UK_TEST_EXPECT_NULL(memalign(48, 10));
	UK_TEST_EXPECT_SNUM_EQ(errno, EINVAL);
}

UK_TESTCASE(ukalloc_malloc_testsuite, heap_in_order)
{
	void *where = &where;

	UK_TEST_EXPECT_NULL(uk_heap_check(uk_alloc_get_default(), &where));
	UK_TEST_EXPECT_NULL(where);
}

uk_testsuite_register(ukalloc_malloc_testsuite, NULL);
