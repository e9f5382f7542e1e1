/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What the libraries of the kit offer: values that follow what the image does.
 * Names and numbers are what users of the store know them by.
 */
#include <fcntl.h>
#include <stddef.h>
#include <unistd.h>
#include <uk/store.h>
#include <uk/test.h>

/* A value that has to be there. */
static __u64 value(const char *library, __u64 id, const char *name)
{
	const struct uk_store_entry *entry;
	__u64 found = 0;

	entry = uk_store_static_entry_get(uk_store_libid(library), id);
	UK_TEST_REQUIRE_NOT_NULL(entry);
	UK_TEST_EXPECT_STR_EQ(entry->name, name);
	UK_TEST_EXPECT_ZERO(uk_store_get_value(entry, u64, &found));
	return found;
}

UK_TESTCASE(ukstore_published, descriptors_and_mounts)
{
	__u64 before = value("vfscore", 1, "open_fds");
	int fd = open("/published", O_WRONLY | O_CREAT, 0644);

	UK_TEST_REQUIRE(fd >= 0);
	UK_TEST_EXPECT_SNUM_EQ(value("vfscore", 1, "open_fds"), before + 1);
	UK_TEST_EXPECT_SNUM_EQ(value("vfscore", 2, "mounts"), 1);
	UK_TEST_EXPECT_ZERO(close(fd));
	UK_TEST_EXPECT_SNUM_EQ(value("vfscore", 1, "open_fds"), before);
	UK_TEST_EXPECT_ZERO(unlink("/published"));
}

UK_TESTCASE(ukstore_published, files_and_their_content)
{
	__u64 nodes = value("ramfs", 1, "nodes");
	__u64 bytes = value("ramfs", 2, "content_bytes");
	int fd = open("/content", O_WRONLY | O_CREAT, 0644);

	UK_TEST_EXPECT_SNUM_EQ(write(fd, "x", 1), 1);
	UK_TEST_EXPECT_ZERO(close(fd));
	UK_TEST_EXPECT_SNUM_EQ(value("ramfs", 1, "nodes"), nodes + 1);
	UK_TEST_EXPECT_SNUM_EQ(value("ramfs", 2, "content_bytes"),
			       bytes + 4096);
	UK_TEST_EXPECT_ZERO(unlink("/content"));
	UK_TEST_EXPECT_SNUM_EQ(value("ramfs", 1, "nodes"), nodes);
	UK_TEST_EXPECT_SNUM_EQ(value("ramfs", 2, "content_bytes"), bytes);
}

UK_TESTCASE(ukstore_published, time_and_results)
{
	__u64 before = value("ukboot", 1, "uptime_ns");

	UK_TEST_EXPECT_SNUM_GE(value("ukboot", 1, "uptime_ns"), before);
	UK_TEST_EXPECT_SNUM_GE(value("uktest", 1, "suites"), 1);
	UK_TEST_EXPECT_SNUM_EQ(value("uktest", 2, "failed_suites"), 0);
	UK_TEST_EXPECT_SNUM_GE(value("uktest", 3, "cases"), 2);
	UK_TEST_EXPECT_SNUM_EQ(value("uktest", 4, "failed_cases"), 0);
	UK_TEST_EXPECT_SNUM_EQ(value("uktest", 5, "skipped_cases"), 0);
}

uk_testsuite_register(ukstore_published, NULL);
