/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Objects of the store: they are found while somebody has them, and nothing of
 * them is left afterwards.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <uk/alloc.h>
#include <uk/errptr.h>
#include <uk/event.h>
#include <uk/store.h>
#include <uk/test.h>

static int get_port(void *cookie, __u16 *out)
{
	*out = *(__u16 *)cookie;
	return 0;
}

static __u16 port = 80;

static struct uk_store_object *object(__u64 id)
{
	const struct uk_store_entry *entries[] = {
		UK_STORE_ENTRY(1, port, u16, get_port, NULL),
		UK_STORE_ENTRY(2, "other", u16, get_port, NULL),
		NULL,
	};

	return uk_store_obj_alloc(uk_alloc_get_default(), id, "socket",
				  entries, &port);
}

static __ssz in_use(void)
{
	struct uk_alloc_stats stats;

	uk_alloc_stats_get_global(&stats);
	return stats.cur_mem_use;
}

static unsigned int created, released;
static __u64 last_id;

static int on_create(void *data)
{
	const struct uk_store_event_data *event = data;

	created++;
	last_id = event->object_id;
	return UK_EVENT_HANDLED_CONT;
}

static int on_release(void *data)
{
	const struct uk_store_event_data *event = data;
	struct uk_store_object *still = uk_store_obj_acquire(
		event->library_id, event->object_id + 1000);

	released++;
	last_id = still ? 0 : event->object_id;
	return UK_EVENT_HANDLED_CONT;
}

UK_EVENT_HANDLER(UKSTORE_EVENT_CREATE_OBJECT, on_create);
UK_EVENT_HANDLER(UKSTORE_EVENT_RELEASE_OBJECT, on_release);

UK_TESTCASE(ukstore_objects, are_found_while_somebody_has_them)
{
	__ssz before = in_use();
	struct uk_store_object *one = object(7), *same;
	const __u16 lib = 0;
	__u16 value;

	UK_TEST_REQUIRE(!PTRISERR(one));
	UK_TEST_EXPECT_NULL(uk_store_obj_acquire(lib, 7));
	UK_TEST_EXPECT_ZERO(uk_store_obj_add(one));
	same = uk_store_obj_acquire(uk_store_libid("app"), 7);
	UK_TEST_EXPECT_PTR_EQ(same, one);
	UK_TEST_EXPECT_ZERO(uk_store_get_value(uk_store_obj_entry_get(one, 1),
					       u16, &value));
	UK_TEST_EXPECT_UNUM_EQ(value, 80);
	UK_TEST_EXPECT_STR_EQ(uk_store_obj_entry_get(one, 1)->name, "port");
	UK_TEST_EXPECT_STR_EQ(uk_store_obj_entry_get(one, 2)->name, "other");
	uk_store_obj_release(one);
	UK_TEST_EXPECT_STR_EQ(same->name, "socket");
	uk_store_obj_release(same);
	UK_TEST_EXPECT_NULL(uk_store_obj_acquire(uk_store_libid("app"), 7));
	UK_TEST_EXPECT_SNUM_EQ(in_use(), before);
}

UK_TESTCASE(ukstore_objects, that_are_not_there_are_not_found)
{
	struct uk_store_object *one = object(8);

	UK_TEST_REQUIRE_ZERO(uk_store_obj_add(one));
	UK_TEST_EXPECT_NULL(uk_store_obj_acquire(uk_store_libid("app"), 9));
	UK_TEST_EXPECT_NULL(uk_store_obj_acquire(uk_store_libid("ukalloc"),
						 8));
	UK_TEST_EXPECT_NULL(uk_store_obj_entry_get(one, 3));
	uk_store_obj_release(one);
}

UK_TESTCASE(ukstore_objects, are_added_once)
{
	__ssz before = in_use();
	struct uk_store_object *one = object(10), *two = object(10);

	UK_TEST_EXPECT_ZERO(uk_store_obj_add(one));
	UK_TEST_EXPECT_SNUM_EQ(uk_store_obj_add(one), -EEXIST);
	UK_TEST_EXPECT_SNUM_EQ(uk_store_obj_add(two), -EEXIST);
	UK_TEST_EXPECT_SNUM_EQ(uk_store_obj_add(NULL), -EINVAL);
	/* One that was never added can be given back too. */
	uk_store_obj_release(two);
	uk_store_obj_release(one);
	UK_TEST_EXPECT_SNUM_EQ(in_use(), before);
}

UK_TESTCASE(ukstore_objects, raise_events_when_they_come_and_go)
{
	struct uk_store_object *one = object(11);
	unsigned int came = created, went = released;

	UK_TEST_REQUIRE_ZERO(uk_store_obj_add(one));
	UK_TEST_EXPECT_UNUM_EQ(created, came + 1);
	UK_TEST_EXPECT_UNUM_EQ(last_id, 11);
	last_id = 0;
	uk_store_obj_release(one);
	UK_TEST_EXPECT_UNUM_EQ(released, went + 1);
	UK_TEST_EXPECT_UNUM_EQ(last_id, 11);
}

UK_TESTCASE(ukstore_objects, need_an_allocator_and_a_name)
{
	const struct uk_store_entry *none[] = { NULL };
	struct uk_alloc *a = uk_alloc_get_default();
	struct uk_store_object *one;

	UK_TEST_EXPECT_SNUM_EQ(PTR2ERR(uk_store_obj_alloc(NULL, 1, "x", none,
							  NULL)), -EINVAL);
	UK_TEST_EXPECT_SNUM_EQ(PTR2ERR(uk_store_obj_alloc(a, 1, NULL, none,
							  NULL)), -EINVAL);
	UK_TEST_EXPECT_SNUM_EQ(PTR2ERR(uk_store_obj_alloc(a, 1, "x", NULL,
							  NULL)), -EINVAL);
	one = uk_store_obj_alloc(a, 1, "x", none, NULL);
	UK_TEST_REQUIRE(!PTRISERR(one));
	UK_TEST_EXPECT_NULL(uk_store_obj_entry_get(one, 1));
	uk_store_obj_release(one);
}

struct seen {
	unsigned int of_ukalloc, of_socket, all;
};

static int see(void *cookie, const char *library,
	       const struct uk_store_object *object,
	       const struct uk_store_entry *entry)
{
	struct seen *seen = cookie;

	seen->all++;
	if (strcmp(library, "libukalloc") == 0 && !object)
		seen->of_ukalloc++;
	if (object && strcmp(object->name, "socket") == 0)
		seen->of_socket++;
	return strcmp(entry->name, "other") == 0 ? 5 : 0;
}

UK_TESTCASE(ukstore_objects, are_visited_after_static_values)
{
	struct seen seen = { 0, 0, 0 };
	struct uk_store_object *one = object(12);

	UK_TEST_EXPECT_ZERO(uk_store_foreach(see, &seen));
	UK_TEST_EXPECT_UNUM_EQ(seen.of_ukalloc, 11);
	UK_TEST_EXPECT_ZERO(seen.of_socket);
	UK_TEST_REQUIRE_ZERO(uk_store_obj_add(one));
	UK_TEST_EXPECT_SNUM_EQ(uk_store_foreach(see, &seen), 5);
	UK_TEST_EXPECT_UNUM_EQ(seen.of_socket, 1);
	uk_store_obj_release(one);
}

uk_testsuite_register(ukstore_objects, NULL);
