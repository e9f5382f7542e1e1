/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Tracepoints, under Unikraft's names and in its bytes (format version 1):
 * functions that note when they were called, and with what. A file defines
 * UK_DEBUG_TRACE before it includes this header, and its tracepoints are live;
 * those of all other files are empty, unless the build asks for all of them.
 * They print nothing: the host reads the buffer of the stopped guest.
 */
#ifndef __UK_TRACE_H__
#define __UK_TRACE_H__

#include <uk/arch/types.h>
#include <uk/essentials.h>

#ifdef __cplusplus
extern "C" {
#endif

/* "TRhd" and "TPde", as a little-endian processor stores them. */
#define UK_TP_HEADER_MAGIC 0x64685254
#define UK_TP_DEF_MAGIC 0x65645054

/** Bytes of a text that a record keeps. */
#define UK_TRACE_TEXT_MAX 80

/** What the buffer keeps when it is full. */
enum uk_trace_keep {
	/** The last events: each takes the place of the oldest. */
	UK_TRACE_KEEP_LAST,
	/** The first events, as in Unikraft: nothing is noted any more. */
	UK_TRACE_KEEP_FIRST,
};

/** Where the host finds what the buffer of UK_TRACE_KEEP_LAST holds. */
struct uk_trace_ring {
	/** One of enum uk_trace_keep. */
	__u32 keeps;
	/**
	 * Records of the lap before: from the oldest that is whole to the end.
	 * Distances from the start of the buffer; none if they are equal.
	 */
	__u32 oldest;
	__u32 end;
	__u32 reserved;
	/** Records that were overwritten, or had no room. */
	__u64 lost;
};

extern char uk_trace_buffer[CONFIG_LIBUKDEBUG_TRACE_BUFFER_SIZE];
/** Where the next record begins. */
extern char *uk_trace_buffer_writep;
/** Bytes from there to the end; 0 when nothing is noted any more. */
extern __sz uk_trace_buffer_free;
extern struct uk_trace_ring uk_trace_ring;

/** Empties the buffer, and says what it keeps from now on. */
void uk_trace_restart(enum uk_trace_keep keeps);

struct uk_trace_argument {
	const void *value;
	__u16 size;
	/** The value is the address of a text. */
	__u16 is_text;
};

/**
 * Notes a call of a tracepoint, with interrupts off.
 *
 * @param cookie the definition, which is not in memory
 */
void uk_trace_write(const void *cookie, const struct uk_trace_argument *args,
		    unsigned int count);

/* A list with a number for each of its elements. */
#define __UK_TRACE_LIST0(m)
#define __UK_TRACE_LIST1(m, t) m(1, t)
#define __UK_TRACE_LIST2(m, t, ...) m(2, t), __UK_TRACE_LIST1(m, __VA_ARGS__)
#define __UK_TRACE_LIST3(m, t, ...) m(3, t), __UK_TRACE_LIST2(m, __VA_ARGS__)
#define __UK_TRACE_LIST4(m, t, ...) m(4, t), __UK_TRACE_LIST3(m, __VA_ARGS__)
#define __UK_TRACE_LIST5(m, t, ...) m(5, t), __UK_TRACE_LIST4(m, __VA_ARGS__)
#define __UK_TRACE_LIST6(m, t, ...) m(6, t), __UK_TRACE_LIST5(m, __VA_ARGS__)
#define __UK_TRACE_LIST7(m, t, ...) m(7, t), __UK_TRACE_LIST6(m, __VA_ARGS__)
#define __UK_TRACE_LIST(n, m, ...) \
	UK_CONCAT(__UK_TRACE_LIST, n)(m, ##__VA_ARGS__)

#define __UK_TRACE_IS_TEXT(n, t)                                           \
	(__builtin_types_compatible_p(t, const char *) ||                  \
	 __builtin_types_compatible_p(t, char *))
#define __UK_TRACE_SIZE(n, t) sizeof(t)
#define __UK_TRACE_PARAMETER(n, t) t __arg##n __unused
#define __UK_TRACE_ARGUMENT(n, t) \
	{ &__arg##n, sizeof(__arg##n), __UK_TRACE_IS_TEXT(n, t) }

#define __UK_TRACE_PARAMETERS_0(n, ...) void
#define __UK_TRACE_PARAMETERS_1(n, ...) \
	__UK_TRACE_LIST(n, __UK_TRACE_PARAMETER, ##__VA_ARGS__)
/* A function without parameters has `void` in their place. */
#define __UK_TRACE_SOME(...) \
	__UK_NARGS_X(, ##__VA_ARGS__, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, \
		     1, 1, 1, 0)
#define __UK_TRACE_FUNCTION(n, trace_name, ...)                            \
	static inline void trace_name(                                     \
		UK_CONCAT(__UK_TRACE_PARAMETERS_,                          \
			  __UK_TRACE_SOME(__VA_ARGS__))(n, ##__VA_ARGS__))

/*
 * The address of a definition is its place in the section, which begins at 0:
 * a 32-bit pointer is no constant of 64 bits, and half of a union.
 */
#define __UK_TRACE_DEFINITION(n, trace_name, text, fmt, ...)               \
	static const struct {                                              \
		__u32 magic;                                               \
		__u32 size;                                                \
		union {                                                    \
			const void *self;                                  \
			__u64 value;                                       \
		} cookie;                                                  \
		__u8 args_nr;                                              \
		__u8 name_len;                                             \
		__u8 format_len;                                           \
		__u8 sizes[n];                                             \
		__u8 types[n];                                             \
		char name[sizeof(text)];                                   \
		char format[sizeof(fmt)];                                  \
	} __uk_trace_##trace_name __used                                   \
		__section(".uk_tracepoints_list") = {                      \
		.magic = UK_TP_DEF_MAGIC,                                  \
		.size = sizeof(__uk_trace_##trace_name),                   \
		.cookie.self = &__uk_trace_##trace_name,                   \
		.args_nr = n,                                              \
		.name_len = sizeof(text),                                  \
		.format_len = sizeof(fmt),                                 \
		.sizes = { __UK_TRACE_LIST(n, __UK_TRACE_SIZE,             \
					   ##__VA_ARGS__) },               \
		.types = { __UK_TRACE_LIST(n, __UK_TRACE_IS_TEXT,          \
					   ##__VA_ARGS__) },               \
		.name = text,                                              \
		.format = fmt,                                             \
	}

#define __UK_TRACE_LIVE(n, trace_name, text, fmt, ...)                     \
	_Static_assert(sizeof(text) < 256 && sizeof(fmt) < 256,            \
		       "name and format have a length of one byte");       \
	__UK_TRACE_DEFINITION(n, trace_name, text, fmt, ##__VA_ARGS__);    \
	__UK_TRACE_FUNCTION(n, trace_name, ##__VA_ARGS__)                  \
	{                                                                  \
		const struct uk_trace_argument args[(n) + 1] = {           \
			__UK_TRACE_LIST(n, __UK_TRACE_ARGUMENT,            \
					##__VA_ARGS__)                     \
		};                                                         \
									   \
		uk_trace_write(&__uk_trace_##trace_name, args, (n));       \
	}

/**
 * Makes a function of that name, which notes its arguments.
 *
 * @param trace_name of the function
 * @param fmt what a reader shows the arguments by, as for printf(); %d and %i
 *	show a signed integer
 * @param ... types of up to 7 arguments: integers, pointers, `const char *`
 */
#if CONFIG_LIBUKDEBUG_TRACEPOINTS &&                                       \
	(defined(UK_DEBUG_TRACE) || CONFIG_LIBUKDEBUG_ALL_TRACEPOINTS)
#define UK_TRACEPOINT(trace_name, fmt, ...)                                \
	__UK_TRACE_LIVE(UK_NARGS(__VA_ARGS__), trace_name, #trace_name,    \
			fmt, ##__VA_ARGS__)
#else
#define UK_TRACEPOINT(trace_name, fmt, ...)                                \
	__UK_TRACE_FUNCTION(UK_NARGS(__VA_ARGS__), trace_name,             \
			    ##__VA_ARGS__)                                 \
	{                                                                  \
	}
#endif

#ifdef __cplusplus
}
#endif

#endif /* __UK_TRACE_H__ */
