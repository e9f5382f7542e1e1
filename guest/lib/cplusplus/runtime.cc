/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What a compiler for C++ calls by name: virtual functions that are not there,
 * static objects inside of functions, destructors of static objects. There are
 * no exceptions and no type information. Source: Itanium C++ ABI, 3.2.6, 3.3.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <uk/assert.h>
#include <uk/init.h>

#define DESTRUCTORS	128

/* Of a guard variable: the object is there; it is being made. */
#define GUARD_DONE	0
#define GUARD_BUSY	1

struct destructor {
	void (*fn)(void *object);
	void *object;
};

static struct destructor destructors[DESTRUCTORS];
static size_t count;
static bool is_registered;

/* What was made last goes first; one may make others. */
static void call_destructors(void)
{
	while (count > 0) {
		const struct destructor last = destructors[--count];

		last.fn(last.object);
	}
}

static void end_of_machine(const struct uk_term_ctx *)
{
	call_destructors();
}

/* After all other functions of an orderly end. */
static const uk_term_func_t __used __section(".uk_termtab00")
	uk_cplusplus_term = end_of_machine;

extern "C" {

/* By its address a destructor of this image is known; there is one image. */
void *__dso_handle = &__dso_handle;

[[noreturn]] void __cxa_pure_virtual(void);
[[noreturn]] void __cxa_deleted_virtual(void);
int __cxa_atexit(void (*fn)(void *), void *object, void *handle);
int __cxa_guard_acquire(uint64_t *guard);
void __cxa_guard_release(uint64_t *guard);
void __cxa_guard_abort(uint64_t *guard);

void __cxa_pure_virtual(void)
{
	UK_CRASH("a pure virtual function was called\n");
}

void __cxa_deleted_virtual(void)
{
	UK_CRASH("a deleted virtual function was called\n");
}

int __cxa_atexit(void (*fn)(void *), void *object, void *)
{
	if (count == DESTRUCTORS)
		return -1;
	if (!is_registered)
		is_registered = atexit(call_destructors) == 0;
	destructors[count++] = { fn, object };
	return 0;
}

int __cxa_guard_acquire(uint64_t *guard)
{
	uint8_t *state = reinterpret_cast<uint8_t *>(guard);

	if (state[GUARD_DONE])
		return 0;
	if (state[GUARD_BUSY])
		UK_CRASH("a static object needs itself to be made\n");
	state[GUARD_BUSY] = 1;
	return 1;
}

void __cxa_guard_release(uint64_t *guard)
{
	uint8_t *state = reinterpret_cast<uint8_t *>(guard);

	state[GUARD_DONE] = 1;
	state[GUARD_BUSY] = 0;
}

void __cxa_guard_abort(uint64_t *guard)
{
	reinterpret_cast<uint8_t *>(guard)[GUARD_BUSY] = 0;
}

}
