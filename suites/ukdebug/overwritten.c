/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A value that somebody else has overwritten long before anything looks at
 * it. The suite is red, and is run by name only.
 */
#include <uk/test.h>

#define LENGTH 8
#define USERS 4

/* What stands right after the names. */
static struct {
	char names[USERS][LENGTH];
	volatile int users;
} room;

/* One number counts up with every line: what is printed says where it is. */
static volatile int work;

static void add_user(const char *name)
{
	char *to = room.names[room.users];

	room.users++;
	while (*name != '\0')
		*to++ = *name++;
	*to = '\0';
}

static void do_some_work(int rounds)
{
	for (int i = 0; i < rounds; i++)
		work += i;
}

UK_TESTCASE(ukdebug_overwritten, by_a_long_name)
{
	add_user("root");
	add_user("daemon");
	add_user("bin");
	UK_TEST_EXPECT_SNUM_EQ(room.users, 3);
	do_some_work(1000);
	/* With its end it is one byte longer than the room that is left. */
	add_user("operator");
	do_some_work(1000);
	UK_TEST_EXPECT_SNUM_EQ(room.users, 4);
}

uk_testsuite_register(ukdebug_overwritten, NULL);
