/* SPDX-License-Identifier: BSD-3-Clause */
/* See breaks.h. */
#include <string.h>
#include <uk/arch/gdb.h>
#include <uk/nofault.h>
#include "breaks.h"

#define BREAKS 64

static struct place {
	__uptr address;
	char original[UKARCH_GDB_BREAK_BYTES_MAX];
	__u8 is_used;
	__u8 is_step;
	__u8 is_planted;
} places[BREAKS];

static int copy(void *dst, const void *src)
{
	return uk_nofault_memcpy(dst, src, ukarch_gdb_break_bytes, 0) ==
		ukarch_gdb_break_bytes;
}

static struct place *find(__uptr address)
{
	struct place *place;

	for (place = places; place < places + BREAKS; place++)
		if (place->is_used && place->address == address)
			return place;
	return __NULL;
}

int breaks_has(__uptr address)
{
	return find(address) != __NULL;
}

int breaks_is_asked(__uptr address)
{
	const struct place *place = find(address);

	return place && !place->is_step;
}

int breaks_add(__uptr address)
{
	struct place *place = find(address);
	char bytes[UKARCH_GDB_BREAK_BYTES_MAX];

	if (place) {
		place->is_step = 0;
		return 0;
	}
	/* What can be read may be write protected. */
	if (!copy(bytes, (void *)address) || !copy((void *)address, bytes))
		return -1;
	for (place = places; place < places + BREAKS; place++) {
		if (place->is_used)
			continue;
		*place = (struct place){ .address = address, .is_used = 1 };
		return 0;
	}
	return -1;
}

void breaks_add_step(__uptr address)
{
	if (!find(address) && breaks_add(address) == 0)
		find(address)->is_step = 1;
}

void breaks_remove_steps(void)
{
	struct place *place;

	for (place = places; place < places + BREAKS; place++)
		if (place->is_step)
			place->is_used = place->is_step = 0;
}

int breaks_remove(__uptr address)
{
	struct place *place = find(address);

	if (place)
		place->is_used = 0;
	return 0;
}

void breaks_forget(void)
{
	struct place *place;

	for (place = places; place < places + BREAKS; place++)
		place->is_used = 0;
}

void breaks_plant(void)
{
	struct place *place;

	for (place = places; place < places + BREAKS; place++) {
		if (!place->is_used || place->is_planted ||
		    !copy(place->original, (void *)place->address) ||
		    !copy((void *)place->address, ukarch_gdb_break))
			continue;
		place->is_planted = 1;
		ukarch_gdb_written(place->address, ukarch_gdb_break_bytes);
	}
}

void breaks_lift(void)
{
	struct place *place;

	for (place = places; place < places + BREAKS; place++) {
		if (!place->is_planted)
			continue;
		copy((void *)place->address, place->original);
		place->is_planted = 0;
		ukarch_gdb_written(place->address, ukarch_gdb_break_bytes);
	}
}
