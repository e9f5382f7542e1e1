/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What a suite gets with nothing but uk/test.h, as it does in Unikraft.
 * It includes nothing else on purpose.
 */
#include <uk/test.h>

static int calls;

static int at_boot(struct uk_init_ctx *ctx __unused)
{
	calls++;
	return 0;
}

uk_lib_initcall(at_boot, 0);

static void in_front(void)
{
	calls++;
}

UK_CTOR(in_front);

UK_TESTCASE(ukincludes_testsuite, of_the_c_library)
{
	char text[32];
	unsigned long long big = 1ULL << 40;
	bool is_there = true;

	snprintf(text, sizeof(text), "%llu", big);
	UK_TEST_EXPECT_ZERO(strcmp(text, "1099511627776"));
	printf("%s is %zu characters\n", text, strlen(text));
	UK_TEST_EXPECT_SNUM_EQ(howmany(5, 2), 3);
	UK_TEST_EXPECT_NOT_NULL(stdout);
	UK_TEST_EXPECT(is_there != false);
}

UK_TESTCASE(ukincludes_testsuite, of_the_kernel)
{
	__u32 value __maybe_unused = __U32_MAX;
	__nsec since = 0;
	int three[3];

	UK_TEST_EXPECT_SNUM_EQ(calls, 2);
	UK_TEST_EXPECT_SNUM_EQ(MAX(ARRAY_SIZE(three), 2UL), 3);
	UK_ASSERT(since == 0);
	UK_CTASSERT(sizeof(value) == 4);
	uk_pr_info("%s\n", "a word of the kernel");
	UK_TEST_EXPECT_SNUM_EQ(ukplat_coutk("\n", 1), 1);
	UK_TEST_EXPECT(uk_libid_self() != UKLIBID_NONE);
}

uk_testsuite_register(ukincludes_testsuite, NULL);
