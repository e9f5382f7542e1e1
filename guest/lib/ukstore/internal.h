/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What the files of ukstore know of each other.
 * It is not part of the public headers.
 */
#ifndef UKTEST_UKSTORE_INTERNAL_H
#define UKTEST_UKSTORE_INTERNAL_H

#include <uk/store.h>

/** An entry of an object, in Unikraft's layout. */
struct uk_store_object_entry {
	struct uk_store_entry entry;
	struct uk_store_object *object;
	struct uk_list_head list_head;
} __align8;

/** The static table, of the linker script. */
extern const struct uk_store_static uk_storetab_start[], uk_storetab_end[];

/** All libraries that offer something; NULL after the last. */
extern const char *uk_store_libraries[];

/** All objects that were added. */
extern struct uk_list_head uk_store_objects;

/** Number of a library, a new one where it has none; 0 without room. */
__u16 store_number(const char *library);

/** uk_store_foreach() for the entries of objects. */
int objects_foreach(uk_store_visit_t visit, void *cookie);

#endif /* UKTEST_UKSTORE_INTERNAL_H */
