/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Layouts that programs built for Linux count on, and what headers compute.
 * The calls themselves are in no library of the kit.
 */
#include <linux/futex.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/statfs.h>
#include <sys/statvfs.h>
#include <sys/sysmacros.h>
#include <uk/test.h>
#include <utime.h>

#define OFFSET(type, field) __builtin_offsetof(struct type, field)

UK_TESTCASE(nolibc_posix, layout_of_events)
{
	/* The data follows the flags without a gap, whatever its alignment. */
#ifdef __aarch64__
	UK_TEST_EXPECT_UNUM_EQ(OFFSET(epoll_event, data), 8);
	UK_TEST_EXPECT_UNUM_EQ(sizeof(struct epoll_event), 16);
#else
	UK_TEST_EXPECT_UNUM_EQ(OFFSET(epoll_event, data), 4);
	UK_TEST_EXPECT_UNUM_EQ(sizeof(struct epoll_event), 12);
#endif
}

UK_TESTCASE(nolibc_posix, layout_of_messages)
{
	const size_t word = sizeof(long);

	UK_TEST_EXPECT_UNUM_EQ(OFFSET(msghdr, msg_iov), 2 * word);
	UK_TEST_EXPECT_UNUM_EQ(OFFSET(msghdr, msg_iovlen), 3 * word);
	UK_TEST_EXPECT_UNUM_EQ(OFFSET(msghdr, msg_control), 4 * word);
	UK_TEST_EXPECT_UNUM_EQ(OFFSET(msghdr, msg_controllen), 5 * word);
	UK_TEST_EXPECT_UNUM_EQ(OFFSET(msghdr, msg_flags), 6 * word);
	UK_TEST_EXPECT_UNUM_EQ(sizeof(struct msghdr), 7 * word);
	UK_TEST_EXPECT_UNUM_EQ(OFFSET(cmsghdr, cmsg_level), word);
	UK_TEST_EXPECT_UNUM_EQ(sizeof(struct cmsghdr), word + 8);
	UK_TEST_EXPECT_UNUM_EQ(sizeof(struct sockaddr), 16);
	UK_TEST_EXPECT_UNUM_EQ(sizeof(struct sockaddr_storage), 128);
}

UK_TESTCASE(nolibc_posix, layout_of_file_systems)
{
	const size_t word = sizeof(long);

	UK_TEST_EXPECT_UNUM_EQ(OFFSET(statfs, f_fsid), 7 * word);
	UK_TEST_EXPECT_UNUM_EQ(OFFSET(statfs, f_namelen), 7 * word + 8);
	UK_TEST_EXPECT_UNUM_EQ(sizeof(struct statfs), 14 * word + 8);
	/* After eight words and an identity of eight bytes. */
	UK_TEST_EXPECT_UNUM_EQ(OFFSET(statvfs, f_flag), 8 * word + 8);
	UK_TEST_EXPECT_UNUM_EQ(sizeof(struct statvfs), 10 * word + 32);
	UK_TEST_EXPECT_UNUM_EQ(sizeof(struct utimbuf), 2 * word);
}

UK_TESTCASE(nolibc_posix, control_messages_follow_each_other)
{
	union {
		char bytes[CMSG_SPACE(4) + CMSG_SPACE(9)];
		struct cmsghdr header;
	} control;
	struct msghdr msg = {
		.msg_control = &control, .msg_controllen = sizeof(control)
	};
	struct cmsghdr *one = CMSG_FIRSTHDR(&msg);

	memset(&control, 0, sizeof(control));
	UK_TEST_REQUIRE_PTR_EQ(one, &control.header);
	one->cmsg_len = CMSG_LEN(4);
	UK_TEST_EXPECT_PTR_EQ(CMSG_DATA(one),
			      (unsigned char *)(&control.header + 1));
	one = CMSG_NXTHDR(&msg, one);
	UK_TEST_REQUIRE_PTR_EQ(one, (void *)&control.bytes[CMSG_SPACE(4)]);
	one->cmsg_len = CMSG_LEN(9);
	UK_TEST_EXPECT_NULL(CMSG_NXTHDR(&msg, one));
}

UK_TESTCASE(nolibc_posix, control_messages_that_lie_are_the_last)
{
	struct cmsghdr one[2] = { 0 };
	struct msghdr msg = {
		.msg_control = one, .msg_controllen = sizeof(one[0]) - 1
	};

	UK_TEST_EXPECT_NULL(CMSG_FIRSTHDR(&msg));
	msg.msg_controllen = sizeof(one);
	one[0].cmsg_len = sizeof(one[0]) - 1;
	UK_TEST_EXPECT_NULL(CMSG_NXTHDR(&msg, &one[0]));
	one[0].cmsg_len = (socklen_t)-1;
	UK_TEST_EXPECT_NULL(CMSG_NXTHDR(&msg, &one[0]));
	one[0].cmsg_len = sizeof(one[0]);
	UK_TEST_EXPECT_PTR_EQ(CMSG_NXTHDR(&msg, &one[0]), &one[1]);
}

UK_TESTCASE(nolibc_posix, numbers_of_devices)
{
	dev_t dev = makedev(8, 3);

	UK_TEST_EXPECT_UNUM_EQ(dev, 0x803);
	UK_TEST_EXPECT_UNUM_EQ(major(dev), 8);
	UK_TEST_EXPECT_UNUM_EQ(minor(dev), 3);
	dev = makedev(0xabc, 0x45678);
	UK_TEST_EXPECT_UNUM_EQ(dev, 0x456abc78);
	UK_TEST_EXPECT_UNUM_EQ(major(dev), 0xabc);
	UK_TEST_EXPECT_UNUM_EQ(minor(dev), 0x45678);
#ifdef __LP64__
	dev = makedev(0x12345678, 0x9abcdef0);
	UK_TEST_EXPECT_UNUM_EQ(dev, 0x123459abcde678f0);
	UK_TEST_EXPECT_UNUM_EQ(major(dev), 0x12345678);
	UK_TEST_EXPECT_UNUM_EQ(minor(dev), 0x9abcdef0);
#endif
}

uk_testsuite_register(nolibc_posix, NULL);
