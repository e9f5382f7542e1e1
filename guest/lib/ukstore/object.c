/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Objects: entries that come and go together, found by number as long as
 * somebody has not given the last reference back.
 * It has no lock: the kit has one processor, and no threads.
 */
#include <errno.h>
#include <string.h>
#include <uk/alloc.h>
#include <uk/assert.h>
#include <uk/errptr.h>
#include <uk/event.h>
#include <uk/refcount.h>
#include "internal.h"

UK_EVENT(UKSTORE_EVENT_CREATE_OBJECT);
UK_EVENT(UKSTORE_EVENT_RELEASE_OBJECT);

/* All objects that were added, the newest first; a host reads it, too. */
struct uk_list_head uk_store_objects = UK_LIST_HEAD_INIT(uk_store_objects);

/*
 * Loops go over links: the end of a list is no element, and on i386 what an
 * element would be there has no address that is good for one.
 */
static struct uk_store_object *object_at(struct uk_list_head *link)
{
	return uk_list_entry(link, struct uk_store_object, object_head);
}

static struct uk_store_object_entry *entry_at(struct uk_list_head *link)
{
	return uk_list_entry(link, struct uk_store_object_entry, list_head);
}

static void *aligned(struct uk_alloc *a, __sz bytes)
{
	return uk_memalign(a, __alignof__(struct uk_store_object), bytes);
}

static void free_object(struct uk_store_object *object)
{
	struct uk_alloc *a = object->a;
	struct uk_list_head *link, *next;

	uk_list_for_each_safe(link, next, &object->entry_head)
		uk_free(a, entry_at(link));
	uk_free(a, object->name);
	uk_free(a, object);
}

/*
 * The name is copied after the entry. UK_STORE_ENTRY() makes a string of it:
 * where it was one already, its quotes would be part of it.
 */
static int add_entry(struct uk_store_object *object,
		     const struct uk_store_entry *from)
{
	int is_quoted = from->name[0] == '"';
	__sz len = strlen(from->name) - (is_quoted ? 2 : 0);
	struct uk_store_object_entry *entry;
	char *name;

	entry = aligned(object->a, sizeof(*entry) + len + 1);
	if (!entry)
		return -ENOMEM;
	name = (char *)(entry + 1);
	memcpy(name, from->name + is_quoted, len);
	name[len] = '\0';
	entry->entry = *from;
	entry->entry.name = name;
	entry->entry.flags &= ~UK_STORE_ENTRY_FLAG_STATIC;
	entry->object = object;
	uk_list_add(&entry->list_head, &object->entry_head);
	return 0;
}

struct uk_store_object *
uk_store_obj_alloc(struct uk_alloc *a, __u64 id, const char *name,
		   const struct uk_store_entry *entries[], void *cookie)
{
	struct uk_store_object *object;
	int result = 0;

	if (!a || !name || !entries)
		return ERR2PTR(-EINVAL);
	object = aligned(a, sizeof(*object));
	if (!object)
		return ERR2PTR(-ENOMEM);
	memset(object, 0, sizeof(*object));
	UK_INIT_LIST_HEAD(&object->object_head);
	UK_INIT_LIST_HEAD(&object->entry_head);
	object->a = a;
	object->id = id;
	object->cookie = cookie;
	uk_refcount_init(&object->refcount, 1);
	object->name = uk_malloc(a, strlen(name) + 1);
	if (object->name)
		strcpy(object->name, name);
	else
		result = -ENOMEM;
	for (; !result && *entries; entries++)
		result = add_entry(object, *entries);
	if (!result)
		return object;
	free_object(object);
	return ERR2PTR(result);
}

static void raise(struct uk_event *event, const struct uk_store_object *object)
{
	struct uk_store_event_data data = {
		.library_id = object->libid,
		.object_id = object->id,
	};

	uk_raise_event_ptr(event, &data);
}

static struct uk_store_object *find(__u16 library_id, __u64 object_id)
{
	struct uk_list_head *link;

	uk_list_for_each(link, &uk_store_objects)
		if (object_at(link)->libid == library_id &&
		    object_at(link)->id == object_id)
			return object_at(link);
	return NULL;
}

int _uk_store_obj_add(const char *library, struct uk_store_object *object)
{
	__u16 number;

	if (!object || PTRISERR(object) || !library)
		return -EINVAL;
	/* Libraries with static entries have their numbers first. */
	uk_store_libid(library);
	number = store_number(library);
	if (!number)
		return -ENOMEM;
	if (object->libid || find(number, object->id))
		return -EEXIST;
	object->libid = number;
	uk_list_add(&object->object_head, &uk_store_objects);
	raise(UK_EVENT_PTR(UKSTORE_EVENT_CREATE_OBJECT), object);
	return 0;
}

struct uk_store_object *uk_store_obj_acquire(__u16 library_id,
					     __u64 object_id)
{
	struct uk_store_object *object = find(library_id, object_id);

	if (object)
		uk_refcount_acquire(&object->refcount);
	return object;
}

void uk_store_obj_release(struct uk_store_object *object)
{
	UK_ASSERT(object && !PTRISERR(object));
	if (!uk_refcount_release(&object->refcount))
		return;
	/* One that was never added raised no event before. */
	if (object->libid) {
		raise(UK_EVENT_PTR(UKSTORE_EVENT_RELEASE_OBJECT), object);
		uk_list_del(&object->object_head);
	}
	free_object(object);
}

const struct uk_store_entry *
uk_store_obj_entry_get(struct uk_store_object *object, __u64 entry_id)
{
	struct uk_list_head *link;

	UK_ASSERT(object && !PTRISERR(object));
	uk_list_for_each(link, &object->entry_head)
		if (entry_at(link)->entry.id == entry_id)
			return &entry_at(link)->entry;
	return NULL;
}

static int visit_entries(struct uk_store_object *object,
			 uk_store_visit_t visit, void *cookie)
{
	const char *library = uk_store_libname(object->libid);
	struct uk_list_head *link;
	int result = 0;

	uk_list_for_each(link, &object->entry_head) {
		result = visit(cookie, library, object, &entry_at(link)->entry);
		if (result)
			break;
	}
	return result;
}

int objects_foreach(uk_store_visit_t visit, void *cookie)
{
	struct uk_list_head *link;
	int result;

	uk_list_for_each(link, &uk_store_objects) {
		result = visit_entries(object_at(link), visit, cookie);
		if (result)
			return result;
	}
	return 0;
}
