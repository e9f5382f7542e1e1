/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The files of storefs: reading calls a getter, writing a setter. Each read
 * asks anew, and each write is a whole value, wherever in the file it is.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <uk/alloc.h>
#include "storefs.h"

/* A value that is written, with its NUL. */
#define TEXT_BYTES 256

/* An entry, and the object that must not go as long as it is used. */
struct used {
	const struct uk_store_entry *entry;
	struct uk_store_object *object;
};

static int use(const struct storefs_place *place, struct used *used)
{
	used->object = NULL;
	if (!place->has_object) {
		used->entry = uk_store_static_entry_get(place->library,
							place->entry);
		return used->entry ? 0 : -ENODEV;
	}
	used->object = uk_store_obj_acquire(place->library, place->object);
	if (!used->object)
		return -ENODEV;
	used->entry = uk_store_obj_entry_get(used->object, place->entry);
	if (used->entry)
		return 0;
	uk_store_obj_release(used->object);
	return -ENODEV;
}

static void done(const struct used *used)
{
	if (used->object)
		uk_store_obj_release(used->object);
}

/* All getters lie at the same place, and so do all setters. */
static int can_read(const struct used *used)
{
	return used->entry->get.u8 != NULL;
}

static int can_write(const struct used *used)
{
	return used->entry->set.u8 != NULL;
}

mode_t storefs_mode(const struct storefs_place *place)
{
	struct used used;
	mode_t mode;

	if (use(place, &used) < 0)
		return 0;
	mode = (can_read(&used) ? 0444 : 0) | (can_write(&used) ? 0200 : 0);
	done(&used);
	return mode;
}

/* Copies a part of the text and the newline that ends it. */
static ssize_t copy(const char *text, char *buf, size_t len, off_t offset)
{
	size_t size = strlen(text), at = (size_t)offset, i;

	if (offset < 0 || at > size)
		return 0;
	if (len > size + 1 - at)
		len = size + 1 - at;
	for (i = 0; i < len; i++)
		buf[i] = at + i < size ? text[at + i] : '\n';
	return (ssize_t)len;
}

ssize_t storefs_read(struct vnode *vnode, void *buf, size_t len, off_t offset)
{
	struct used used;
	ssize_t result = use(&storefs_node_of(vnode)->place, &used);
	char *text;

	if (result < 0)
		return result;
	result = -EACCES;
	if (can_read(&used))
		result = uk_store_get_value(used.entry, charp, &text);
	if (!result) {
		result = copy(text, buf, len, offset);
		free(text);
	}
	done(&used);
	return result;
}

ssize_t storefs_write(struct vnode *vnode, const void *buf, size_t len,
		      off_t offset __unused)
{
	size_t size = len;
	char text[TEXT_BYTES];
	struct used used;
	ssize_t result = use(&storefs_node_of(vnode)->place, &used);

	if (result < 0)
		return result;
	if (size && ((const char *)buf)[size - 1] == '\n')
		size--;
	if (!can_write(&used)) {
		result = -EACCES;
	} else if (size >= sizeof(text) || memchr(buf, '\0', size)) {
		result = -EINVAL;
	} else {
		memcpy(text, buf, size);
		text[size] = '\0';
		result = uk_store_set_value(used.entry, charp, text);
	}
	done(&used);
	return result ? result : (ssize_t)len;
}

/* There is nothing to empty: a shell does so before it writes a value. */
int storefs_truncate(struct vnode *vnode, off_t len __unused)
{
	mode_t mode = storefs_mode(&storefs_node_of(vnode)->place);

	return mode & 0200 ? 0 : -EACCES;
}
