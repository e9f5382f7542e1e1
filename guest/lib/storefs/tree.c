/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The directories of storefs: libraries, what a library offers, what an
 * object offers. Names that no path can have are left out.
 */
#include <errno.h>
#include <limits.h>
#include <string.h>
#include "storefs.h"

static const char *plain(const char *library)
{
	return strncmp(library, "lib", 3) == 0 ? library + 3 : library;
}

static int is_name(const char *name)
{
	return name[0] && strcmp(name, ".") && strcmp(name, "..") &&
	       !strchr(name, '/') && strlen(name) <= NAME_MAX;
}

struct search {
	const struct storefs_place *dir;
	/* What is looked for: a name or, NULL, the one after so many. */
	const struct vfscore_name *name;
	__u64 skip;
	/* Entries of one object come one after the other. */
	const struct uk_store_object *last;
	/* What was found. */
	struct storefs_place place;
	char text[NAME_MAX + 1];
};

static int is_it(struct search *search, const char *name)
{
	const struct vfscore_name *wanted = search->name;

	if (!is_name(name))
		return 0;
	if (!wanted)
		return search->skip-- == 0;
	return strlen(name) == wanted->len &&
	       !memcmp(name, wanted->text, wanted->len);
}

static int take(struct search *search, const char *name,
		struct storefs_place place)
{
	if (!is_it(search, name))
		return 0;
	search->place = place;
	strcpy(search->text, name);
	return 1;
}

static int look(void *cookie, const char *library,
		const struct uk_store_object *object,
		const struct uk_store_entry *entry)
{
	struct search *search = cookie;
	struct storefs_place place = *search->dir;

	if (uk_store_libid(library) != place.library)
		return 0;
	if (place.kind == STOREFS_OBJECT &&
	    (!object || object->id != place.object))
		return 0;
	if (place.kind == STOREFS_LIBRARY && object) {
		if (object == search->last)
			return 0;
		search->last = object;
		place.kind = STOREFS_OBJECT;
		place.has_object = 1;
		place.object = object->id;
		return take(search, object->name, place);
	}
	place.kind = STOREFS_ENTRY;
	place.entry = entry->id;
	return take(search, entry->name, place);
}

static int look_in_root(struct search *search)
{
	struct storefs_place place = { .kind = STOREFS_LIBRARY, .library = 1 };
	const char *name;

	for (; (name = uk_store_libname(place.library)); place.library++)
		if (take(search, plain(name), place))
			return 1;
	return 0;
}

static int found(struct search *search)
{
	if (search->dir->kind == STOREFS_ROOT)
		return look_in_root(search);
	return uk_store_foreach(look, search);
}

int storefs_lookup(struct vnode *dir, const struct vfscore_name *name,
		   struct vnode **out)
{
	struct search search = {
		.dir = &storefs_node_of(dir)->place,
		.name = name,
	};

	if (!found(&search))
		return -ENOENT;
	return storefs_node_get(dir->mount, &search.place, out);
}

int storefs_parent(struct vnode *dir, struct vnode **out)
{
	const struct storefs_place *own = &storefs_node_of(dir)->place;
	struct storefs_place above = { .kind = STOREFS_ROOT };

	if (own->kind == STOREFS_OBJECT) {
		above.kind = STOREFS_LIBRARY;
		above.library = own->library;
	}
	return storefs_node_get(dir->mount, &above, out);
}

int storefs_readdir(struct vnode *dir, off_t *place, struct dirent *entry)
{
	struct search search = {
		.dir = &storefs_node_of(dir)->place,
		.skip = (__u64)*place - 2,
	};
	struct vnode *node;
	int result;

	if (!found(&search))
		return -ENOENT;
	result = storefs_node_get(dir->mount, &search.place, &node);
	if (result < 0)
		return result;
	entry->d_ino = storefs_node_of(node)->ino;
	entry->d_type = node->type == S_IFDIR ? DT_DIR : DT_REG;
	strcpy(entry->d_name, search.text);
	vfscore_put(node);
	++*place;
	return 0;
}
