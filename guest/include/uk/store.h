/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Values that libraries offer, under Unikraft's names and in its layout: a
 * getter and a setter each, of the library itself or of an object that comes
 * and goes. Nothing is stored: a value is computed when it is asked for.
 *
 * Those who offer static values need no condition: in an image without the
 * library ukstore they are constants without a reader.
 * Source of the layout: Unikraft 0.14 to 0.21, lib/ukstore.
 */
#ifndef __UK_STORE_H__
#define __UK_STORE_H__

#include <string.h>
#include <uk/arch/types.h>
#include <uk/atomic.h>
#include <uk/essentials.h>
#include <uk/list.h>

#ifdef __cplusplus
extern "C" {
#endif

#ifdef __LIBNAME__
#define __UK_STORE_LIBRARY __LIBNAME__
#else
#define __UK_STORE_LIBRARY "app"
#endif

/** What a value is. `charp` is text, which the getter allocates. */
enum uk_store_entry_type {
	_LIB_UK_STORE_ENTRY_TYPE___undef = 0,
	_LIB_UK_STORE_ENTRY_TYPE___s8,
	_LIB_UK_STORE_ENTRY_TYPE___u8,
	_LIB_UK_STORE_ENTRY_TYPE___s16,
	_LIB_UK_STORE_ENTRY_TYPE___u16,
	_LIB_UK_STORE_ENTRY_TYPE___s32,
	_LIB_UK_STORE_ENTRY_TYPE___u32,
	_LIB_UK_STORE_ENTRY_TYPE___s64,
	_LIB_UK_STORE_ENTRY_TYPE___u64,
	_LIB_UK_STORE_ENTRY_TYPE___uptr,
	_LIB_UK_STORE_ENTRY_TYPE___charp
};

/** The type of a name: UK_STORE_ENTRY_TYPE(u64). */
#define UK_STORE_ENTRY_TYPE(simple_type) \
	(_LIB_UK_STORE_ENTRY_TYPE___##simple_type)

#define __UK_STORE_FUNCTIONS(simple_type, in, out)                         \
	typedef int (*uk_store_get_##simple_type##_func_t)(void *cookie,   \
							   out);           \
	typedef int (*uk_store_set_##simple_type##_func_t)(void *cookie, in)

__UK_STORE_FUNCTIONS(s8, __s8 val, __s8 *out);
__UK_STORE_FUNCTIONS(u8, __u8 val, __u8 *out);
__UK_STORE_FUNCTIONS(s16, __s16 val, __s16 *out);
__UK_STORE_FUNCTIONS(u16, __u16 val, __u16 *out);
__UK_STORE_FUNCTIONS(s32, __s32 val, __s32 *out);
__UK_STORE_FUNCTIONS(u32, __u32 val, __u32 *out);
__UK_STORE_FUNCTIONS(s64, __s64 val, __s64 *out);
__UK_STORE_FUNCTIONS(u64, __u64 val, __u64 *out);
__UK_STORE_FUNCTIONS(uptr, __uptr val, __uptr *out);
__UK_STORE_FUNCTIONS(charp, const char *val, char **out);

#define UK_STORE_ENTRY_FLAG_STATIC (1 << 0)

#define __UK_STORE_MEMBERS(direction)                                      \
	union {                                                            \
		uk_store_##direction##_s8_func_t s8;                       \
		uk_store_##direction##_u8_func_t u8;                       \
		uk_store_##direction##_s16_func_t s16;                     \
		uk_store_##direction##_u16_func_t u16;                     \
		uk_store_##direction##_s32_func_t s32;                     \
		uk_store_##direction##_u32_func_t u32;                     \
		uk_store_##direction##_s64_func_t s64;                     \
		uk_store_##direction##_u64_func_t u64;                     \
		uk_store_##direction##_uptr_func_t uptr;                   \
		uk_store_##direction##_charp_func_t charp;                 \
	} direction

/** A value. Either function may be NULL. */
struct uk_store_entry {
	__UK_STORE_MEMBERS(get);
	__UK_STORE_MEMBERS(set);
	__u64 id;
	const char *name;
	int flags;
	enum uk_store_entry_type type;
} __align8;

/* A static entry and whose it is: the table that the linker collects. */
struct uk_store_static {
	const char *library;
	const struct uk_store_entry *entry;
};

#define _UK_STORE_STATIC_ENTRY(eid, entry, e_type, e_get, e_set)           \
	static const struct uk_store_entry __used                          \
	__uk_store_entries_list_##entry = {                                \
		.id = (eid),                                               \
		.name = #entry,                                            \
		.type = UK_STORE_ENTRY_TYPE(e_type),                       \
		.get.e_type = (e_get),                                     \
		.set.e_type = (e_set),                                     \
		.flags = UK_STORE_ENTRY_FLAG_STATIC,                       \
	};                                                                 \
	static const struct uk_store_static __used __section(".uk_storetab") \
	__uk_store_static_##entry = {                                      \
		__UK_STORE_LIBRARY, &__uk_store_entries_list_##entry        \
	}

/**
 * Offers a value of the library for as long as the image runs.
 *
 * @param id number of the value, which no other of the library has
 * @param entry its name, without quotes
 * @param type one of the types, as in `u64`
 * @param get `int get(void *cookie, T *out)`, which returns 0 or an error
 *	below 0; NULL for a value that cannot be read
 * @param set `int set(void *cookie, T val)`, or NULL
 */
#define UK_STORE_STATIC_ENTRY(id, entry, type, get, set) \
	_UK_STORE_STATIC_ENTRY(id, entry, type, get, set)

/* Where the data of a value is, for who reads the memory and calls nothing. */
enum uk_store_datum_kind {
	/* At base + offset. */
	UK_STORE_DATUM_STATIC = 0,
	/* At the cookie of the object + offset. */
	UK_STORE_DATUM_COOKIE = 1,
	/* The sum over a list: base holds a pointer to the first element. */
	UK_STORE_DATUM_SUM = 2,
};

/*
 * Its alignment is its size, so that no compiler puts a gap between two of
 * them: gcc aligns what is larger than a pointer as it likes on x86_64.
 */
struct uk_store_datum {
	/* The getter that says the same. */
	const void *get;
	const void *base;
	__u16 offset;
	__u16 bytes;
	/* Of a list: where an element has the pointer to the next one. */
	__u16 next;
	__u16 kind;
} __align(4 * sizeof(void *));

#define _UK_STORE_DATUM(getter, e_base, e_offset, e_bytes, e_next, e_kind) \
	static const struct uk_store_datum __used                          \
	__section(".uk_storedata") __uk_store_datum_##getter = {            \
		.get = (const void *)(getter), .base = (e_base),            \
		.offset = (e_offset), .bytes = (e_bytes),                   \
		.next = (e_next), .kind = (e_kind),                         \
	}

/**
 * Says that a getter of a library returns what a variable holds: a number of
 * any width, or text in an array. A host then reads the value of a guest that
 * has stopped, after a crash too, without calling anything.
 */
#define UK_STORE_DATUM(getter, variable)                                   \
	_UK_STORE_DATUM(getter, &(variable), 0, sizeof(variable), 0,        \
			UK_STORE_DATUM_STATIC)

/** The same of a getter of objects, whose cookie points to a structure. */
#define UK_STORE_COOKIE_DATUM(getter, type, member)                        \
	_UK_STORE_DATUM(getter, 0, __builtin_offsetof(type, member),        \
			sizeof(((type *)0)->member), 0,                     \
			UK_STORE_DATUM_COOKIE)

/** The same of one that adds a member up over a list with a first element. */
#define UK_STORE_SUM_DATUM(getter, first, type, member, link)              \
	_UK_STORE_DATUM(getter, &(first), __builtin_offsetof(type, member), \
			sizeof(((type *)0)->member),                        \
			__builtin_offsetof(type, link), UK_STORE_DATUM_SUM)

/** An entry of an object: one of the array for uk_store_obj_alloc(). */
#define UK_STORE_ENTRY(_id, _name, _type, _get, _set)                      \
	(&(const struct uk_store_entry) {                                  \
		.id = (_id),                                               \
		.name = STRINGIFY(_name),                                  \
		.type = UK_STORE_ENTRY_TYPE(_type),                        \
		.get._type = (_get),                                       \
		.set._type = (_set),                                       \
	})

struct uk_alloc;

/** Entries that come and go together. */
struct uk_store_object {
	struct uk_list_head object_head;
	struct uk_list_head entry_head;
	struct uk_alloc *a;
	__u16 libid;
	__u64 id;
	char *name;
	__atomic refcount;
	void *cookie;
} __align8;

/** What UKSTORE_EVENT_CREATE_OBJECT and _RELEASE_OBJECT are raised with. */
struct uk_store_event_data {
	__u16 library_id;
	__u64 object_id;
};

/**
 * Makes an object, which is not found before uk_store_obj_add().
 *
 * @param a gets memory for it, and takes that back
 * @param id number of the object, which no other of the library has
 * @param name is copied
 * @param entries their end is a NULL; they are copied
 * @param cookie for the getters and setters
 * @return the object, with one reference; an error pointer: -EINVAL, -ENOMEM
 */
struct uk_store_object *
uk_store_obj_alloc(struct uk_alloc *a, __u64 id, const char *name,
		   const struct uk_store_entry *entries[], void *cookie);

/**
 * Number of a library, by its name: with `lib` in front or without.
 *
 * @return 0 for one that offers nothing, and has added no object
 */
__u16 uk_store_libid(const char *library);

/** Name of a library of that number; NULL where there is none. */
const char *uk_store_libname(__u16 library_id);

int _uk_store_obj_add(const char *library, struct uk_store_object *object);

/** Lets others find an object. @return 0, or -EEXIST, -ENOMEM, -EINVAL */
#define uk_store_obj_add(obj) _uk_store_obj_add(__UK_STORE_LIBRARY, (obj))

/** Finds an object and takes a reference; NULL where there is none. */
struct uk_store_object *uk_store_obj_acquire(__u16 library_id,
					     __u64 object_id);

/** Gives a reference back. With the last one the object is gone. */
void uk_store_obj_release(struct uk_store_object *object);

/** A value of a library; NULL where it has none of that number. */
const struct uk_store_entry *uk_store_static_entry_get(__u16 library_id,
							__u64 entry_id);

/** A value of an object; NULL where it has none of that number. */
const struct uk_store_entry *
uk_store_obj_entry_get(struct uk_store_object *object, __u64 entry_id);

/** Called for a value; what is not 0 ends the walk, and is its result. */
typedef int (*uk_store_visit_t)(void *cookie, const char *library,
				const struct uk_store_object *object,
				const struct uk_store_entry *entry);

/** Visits all values there are: static ones first, then those of objects. */
int uk_store_foreach(uk_store_visit_t visit, void *cookie);

/**
 * Reads a value in whatever type is asked for.
 *
 * @return 0; -EIO where it cannot be read, -ERANGE where it has no room in
 *	that type, -EINVAL where text is no number; what the getter returns
 */
#define uk_store_get_value(entry, outtype, out) \
	_uk_store_get_##outtype((entry), (out))

int _uk_store_get_u8(const struct uk_store_entry *e, __u8 *out);
int _uk_store_get_s8(const struct uk_store_entry *e, __s8 *out);
int _uk_store_get_u16(const struct uk_store_entry *e, __u16 *out);
int _uk_store_get_s16(const struct uk_store_entry *e, __s16 *out);
int _uk_store_get_u32(const struct uk_store_entry *e, __u32 *out);
int _uk_store_get_s32(const struct uk_store_entry *e, __s32 *out);
int _uk_store_get_u64(const struct uk_store_entry *e, __u64 *out);
int _uk_store_get_s64(const struct uk_store_entry *e, __s64 *out);
int _uk_store_get_uptr(const struct uk_store_entry *e, __uptr *out);
/** As text, which the caller frees. */
int _uk_store_get_charp(const struct uk_store_entry *e, char **out);
/** As text of at most maxlen - 1 characters, with a NUL; else -ERANGE. */
int _uk_store_get_ncharp(const struct uk_store_entry *e, char *out,
			 __sz maxlen);

/** Writes a value from whatever type; the same errors. */
#define uk_store_set_value(entry, intype, in) \
	_uk_store_set_##intype((entry), (in))

int _uk_store_set_u8(const struct uk_store_entry *e, __u8 val);
int _uk_store_set_s8(const struct uk_store_entry *e, __s8 val);
int _uk_store_set_u16(const struct uk_store_entry *e, __u16 val);
int _uk_store_set_s16(const struct uk_store_entry *e, __s16 val);
int _uk_store_set_u32(const struct uk_store_entry *e, __u32 val);
int _uk_store_set_s32(const struct uk_store_entry *e, __s32 val);
int _uk_store_set_u64(const struct uk_store_entry *e, __u64 val);
int _uk_store_set_s64(const struct uk_store_entry *e, __s64 val);
int _uk_store_set_uptr(const struct uk_store_entry *e, __uptr val);
int _uk_store_set_charp(const struct uk_store_entry *e, const char *val);

/** Called for a value that could not be set, with an error below 0. */
typedef void (*uk_store_failed_t)(const char *name, const char *value,
				  int error);

/**
 * Sets the static values that a command line asks for: `uktest.set=NAME=VALUE`
 * with a name as in `ukdebug/console_lvl`. uktest calls it once, before the
 * first suite.
 *
 * @param words the command line
 * @param failed hears of each value that there is not (-ENOENT), that has no
 *	setter (-EIO), or whose setter or conversion fails
 */
void uk_store_set_words(const char *words, uk_store_failed_t failed);

#ifdef __cplusplus
}
#endif

#endif /* __UK_STORE_H__ */
