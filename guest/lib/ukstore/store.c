/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Libraries that offer values, and their static entries.
 * A library has a number once it offers something; the kit has no other
 * numbers of libraries.
 */
#include <errno.h>
#include <string.h>
#include "internal.h"

#define MANY 64

/* The number of a library is its place here, plus one; hosts read it, too. */
const char *uk_store_libraries[MANY];
static unsigned int count;

static const char *plain(const char *library)
{
	return strncmp(library, "lib", 3) == 0 ? library + 3 : library;
}

static __u16 number_of(const char *library)
{
	unsigned int i;

	for (i = 0; i < count; i++)
		if (strcmp(plain(uk_store_libraries[i]), plain(library)) == 0)
			return i + 1;
	return 0;
}

__u16 store_number(const char *library)
{
	__u16 number = number_of(library);

	if (number || count == MANY)
		return number;
	uk_store_libraries[count++] = library;
	return count;
}

/* Static entries are known before any object is: they come first. */
static void know_static(void)
{
	const struct uk_store_static *one;

	if (count)
		return;
	for (one = uk_storetab_start; one < uk_storetab_end; one++)
		store_number(one->library);
}

__u16 uk_store_libid(const char *library)
{
	know_static();
	return library ? number_of(library) : 0;
}

const char *uk_store_libname(__u16 library_id)
{
	know_static();
	if (!library_id || library_id > count)
		return NULL;
	return uk_store_libraries[library_id - 1];
}

const struct uk_store_entry *uk_store_static_entry_get(__u16 library_id,
							__u64 entry_id)
{
	const char *library = uk_store_libname(library_id);
	const struct uk_store_static *one;

	for (one = uk_storetab_start; library && one < uk_storetab_end; one++)
		if (one->entry->id == entry_id &&
		    strcmp(plain(one->library), plain(library)) == 0)
			return one->entry;
	return NULL;
}

int uk_store_foreach(uk_store_visit_t visit, void *cookie)
{
	const struct uk_store_static *one;
	int result;

	for (one = uk_storetab_start; one < uk_storetab_end; one++) {
		result = visit(cookie, one->library, NULL, one->entry);
		if (result)
			return result;
	}
	return objects_foreach(visit, cookie);
}
