/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * File systems when memory runs out, at every place where it can.
 * Each round has a slightly larger heap of its own and must leave no trace.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>
#include <uk/alloc.h>
#include <uk/test.h>
#include "files.h"

static char memory[64 * 1024];

/* Counts what went wrong for another reason than memory. */
static int other_errors(int result)
{
	return result < 0 && errno != ENOMEM && errno != ENOSPC;
}

/* Uses what there is of memory; returns the number of wrong errors. */
static int use_memory(void)
{
	static char data[3000];
	int wrong = 0, fd;
	DIR *dir;

	wrong += other_errors(mkdir("/space/d", 0700));
	fd = open("/space/f", O_RDWR | O_CREAT, 0600);
	wrong += other_errors(fd);
	if (fd >= 0) {
		wrong += other_errors((int)write(fd, data, sizeof(data)));
		wrong += other_errors((int)pwrite(fd, "x", 1, 1L << 26));
		wrong += other_errors((int)write(fd, data, sizeof(data)));
		wrong += other_errors(link("/space/f", "/space/g"));
		wrong += other_errors(rename("/space/f", "/space/h"));
		wrong += close(fd);
	}
	dir = opendir("/space");
	wrong += dir ? closedir(dir) : other_errors(-1);
	return wrong;
}

static int mounted, refused;

/* One round; returns how many things were wrong. */
static int run_with(size_t size)
{
	struct uk_alloc *own = uk_alloc_get_default();
	struct uk_alloc *small = uk_heap_init(memory, size);
	int wrong = 0, result;
	__ssz before;

	if (!small)
		return 0;
	uk_alloc_set_default(small);
	before = uk_alloc_availmem(small);
	result = mount("", "/space", "ramfs", 0, NULL);
	wrong += other_errors(result);
	if (result) {
		refused++;
	} else {
		mounted++;
		wrong += use_memory();
		wrong += umount("/space") != 0;
	}
	wrong += uk_heap_check(small, NULL) != NULL;
	wrong += uk_alloc_availmem(small) != before;
	uk_alloc_set_default(own);
	uk_heap_fini(small);
	return wrong;
}

UK_TESTCASE(vfscore_space_testsuite, space_every_heap_size)
{
	int wrong = 0;
	size_t size;

	mounted = refused = 0;
	UK_TEST_EXPECT_ZERO(mkdir("/space", 0700));
	for (size = 1024; size <= sizeof(memory); size += mounted ? 160 : 32)
		wrong += run_with(size);
	UK_TEST_EXPECT_ZERO(wrong);
	/* The first heaps are too small for it, the others are not. */
	UK_TEST_EXPECT_SNUM_GT(refused, 0);
	UK_TEST_EXPECT_SNUM_GT(mounted, 100);
	UK_TEST_EXPECT_ZERO(rmdir("/space"));
	UK_TEST_EXPECT_NULL(uk_heap_check(uk_alloc_get_default(), NULL));
}

uk_testsuite_register(vfscore_space_testsuite, NULL);
