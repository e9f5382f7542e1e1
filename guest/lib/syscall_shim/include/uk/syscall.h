/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Definitions of system calls as plain functions, under Unikraft's names. For
 * a call NAME there are, each with all arguments as long:
 *
 *	uk_syscall_r_NAME()	0 or more, or a negative error number
 *	uk_syscall_e_NAME()	the same, with -1 and errno for errors
 *	uk_syscall_do_NAME()	as the first, for callers within the kernel
 *	NAME()			as in the C library, with its own types
 *
 * Nothing traps, and there is no table by number: uk_syscall() is missing, and
 * so are definitions that want the registers of the caller.
 */
#ifndef __UK_SYSCALL_H__
#define __UK_SYSCALL_H__

#include <errno.h>
#include <stddef.h>
#include <uk/errptr.h>
#include <uk/essentials.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Whether UK_SYSCALL_DEFINE() and UK_SYSCALL_R_DEFINE() make NAME(). */
#ifndef UK_LIBC_SYSCALLS
#define UK_LIBC_SYSCALLS (1)
#endif

typedef long uk_syscall_arg_t;

#define __uk_scc(x) ((long)(x))

/* A list of types and names, `int, fd, off_t, at`, each pair handed to m(). */
#define _UK_SYS_MAP0(m)
#define _UK_SYS_MAP2(m, type, name) m(type, name)
#define _UK_SYS_MAP4(m, type, name, ...) \
	m(type, name), _UK_SYS_MAP2(m, __VA_ARGS__)
#define _UK_SYS_MAP6(m, type, name, ...) \
	m(type, name), _UK_SYS_MAP4(m, __VA_ARGS__)
#define _UK_SYS_MAP8(m, type, name, ...) \
	m(type, name), _UK_SYS_MAP6(m, __VA_ARGS__)
#define _UK_SYS_MAP10(m, type, name, ...) \
	m(type, name), _UK_SYS_MAP8(m, __VA_ARGS__)
#define _UK_SYS_MAP12(m, type, name, ...) \
	m(type, name), _UK_SYS_MAP10(m, __VA_ARGS__)
#define _UK_SYS_MAP(m, ...) \
	UK_CONCAT(_UK_SYS_MAP, UK_NARGS(__VA_ARGS__))(m, ##__VA_ARGS__)

#define _UK_SYS_LONG(type, name) long name
#define _UK_SYS_TYPED(type, name) type name __maybe_unused
#define _UK_SYS_AS_LONG(type, name) (long)(name)
#define _UK_SYS_AS_TYPE(type, name) (type)(name)

#define _UK_SYS_LONGS(...) _UK_SYS_MAP(_UK_SYS_LONG, ##__VA_ARGS__)
#define _UK_SYS_PARAMS(...) _UK_SYS_MAP(_UK_SYS_TYPED, ##__VA_ARGS__)
#define _UK_SYS_TO_LONGS(...) _UK_SYS_MAP(_UK_SYS_AS_LONG, ##__VA_ARGS__)
#define _UK_SYS_TO_TYPES(...) _UK_SYS_MAP(_UK_SYS_AS_TYPE, ##__VA_ARGS__)

/** -1 with errno for a negative error number, else the number. */
static inline long _uk_syscall_to_errno(long result)
{
	if (!PTRISERR(result))
		return result;
	errno = -PTR2ERR(result);
	return -1;
}

/** The negative error number of a call that ended with -1, else its result. */
static inline long _uk_syscall_from_errno(long result)
{
	if (result != -1)
		return result;
	return errno ? -errno : -EFAULT;
}

#define _UK_SYS_DECLARE(name, ...)                                         \
	long uk_syscall_e_##name(_UK_SYS_LONGS(__VA_ARGS__));              \
	long uk_syscall_r_##name(_UK_SYS_LONGS(__VA_ARGS__));              \
	long uk_syscall_do_##name(_UK_SYS_LONGS(__VA_ARGS__));

/**
 * Defines a system call, without NAME(); the body follows, and returns a
 * negative error number for errors.
 *
 * @param rtype type of its result: a number or a pointer, not void
 * @param name an identifier
 * @param ... type and name of each of up to six arguments
 */
#define UK_LLSYSCALL_R_DEFINE(rtype, name, ...)                            \
	_UK_SYS_DECLARE(name, ##__VA_ARGS__)                               \
	static inline rtype _uk_syscall_body_##name(                       \
		_UK_SYS_PARAMS(__VA_ARGS__));                              \
	long uk_syscall_r_##name(_UK_SYS_LONGS(__VA_ARGS__))               \
	{                                                                  \
		return (long)_uk_syscall_body_##name(                      \
			_UK_SYS_TO_TYPES(__VA_ARGS__));                    \
	}                                                                  \
	long uk_syscall_do_##name(_UK_SYS_LONGS(__VA_ARGS__))              \
	{                                                                  \
		return uk_syscall_r_##name(_UK_SYS_TO_LONGS(__VA_ARGS__)); \
	}                                                                  \
	long uk_syscall_e_##name(_UK_SYS_LONGS(__VA_ARGS__))               \
	{                                                                  \
		return _uk_syscall_to_errno(uk_syscall_r_##name(           \
			_UK_SYS_TO_LONGS(__VA_ARGS__)));                   \
	}                                                                  \
	static inline rtype _uk_syscall_body_##name(                       \
		_UK_SYS_PARAMS(__VA_ARGS__))

/** UK_LLSYSCALL_R_DEFINE() for a body that sets errno and returns -1. */
#define UK_LLSYSCALL_DEFINE(rtype, name, ...)                              \
	_UK_SYS_DECLARE(name, ##__VA_ARGS__)                               \
	static inline rtype _uk_syscall_body_##name(                       \
		_UK_SYS_PARAMS(__VA_ARGS__));                              \
	long uk_syscall_e_##name(_UK_SYS_LONGS(__VA_ARGS__))               \
	{                                                                  \
		return (long)_uk_syscall_body_##name(                      \
			_UK_SYS_TO_TYPES(__VA_ARGS__));                    \
	}                                                                  \
	long uk_syscall_r_##name(_UK_SYS_LONGS(__VA_ARGS__))               \
	{                                                                  \
		const int before = errno;                                  \
		long result;                                               \
									   \
		errno = 0;                                                 \
		result = _uk_syscall_from_errno(uk_syscall_e_##name(       \
			_UK_SYS_TO_LONGS(__VA_ARGS__)));                   \
		errno = before;                                            \
		return result;                                             \
	}                                                                  \
	long uk_syscall_do_##name(_UK_SYS_LONGS(__VA_ARGS__))              \
	{                                                                  \
		return uk_syscall_r_##name(_UK_SYS_TO_LONGS(__VA_ARGS__)); \
	}                                                                  \
	static inline rtype _uk_syscall_body_##name(                       \
		_UK_SYS_PARAMS(__VA_ARGS__))

#if UK_LIBC_SYSCALLS
#define _UK_SYS_LIBC(rtype, name, ...)                                     \
	long uk_syscall_e_##name(_UK_SYS_LONGS(__VA_ARGS__));              \
	rtype name(_UK_SYS_PARAMS(__VA_ARGS__))                            \
	{                                                                  \
		return (rtype)uk_syscall_e_##name(                         \
			_UK_SYS_TO_LONGS(__VA_ARGS__));                    \
	}
#else
#define _UK_SYS_LIBC(rtype, name, ...)
#endif

/** UK_LLSYSCALL_R_DEFINE(), with NAME(). */
#define UK_SYSCALL_R_DEFINE(rtype, name, ...)                              \
	_UK_SYS_LIBC(rtype, name, ##__VA_ARGS__)                           \
	UK_LLSYSCALL_R_DEFINE(rtype, name, ##__VA_ARGS__)

/** UK_LLSYSCALL_DEFINE(), with NAME(). */
#define UK_SYSCALL_DEFINE(rtype, name, ...)                                \
	_UK_SYS_LIBC(rtype, name, ##__VA_ARGS__)                           \
	UK_LLSYSCALL_DEFINE(rtype, name, ##__VA_ARGS__)

#define _UK_SYS_PROTO0 void
#define _UK_SYS_PROTO1 long
#define _UK_SYS_PROTO2 _UK_SYS_PROTO1, long
#define _UK_SYS_PROTO3 _UK_SYS_PROTO2, long
#define _UK_SYS_PROTO4 _UK_SYS_PROTO3, long
#define _UK_SYS_PROTO5 _UK_SYS_PROTO4, long
#define _UK_SYS_PROTO6 _UK_SYS_PROTO5, long

/** Declarations of calls that another file defines: `...PROTO(3, read);` */
#define UK_SYSCALL_E_PROTO(count, name) \
	long UK_CONCAT(uk_syscall_e_, name)(UK_CONCAT(_UK_SYS_PROTO, count))
#define UK_SYSCALL_R_PROTO(count, name) \
	long UK_CONCAT(uk_syscall_r_, name)(UK_CONCAT(_UK_SYS_PROTO, count))
#define UK_SYSCALL_DO_PROTO(count, name) \
	long UK_CONCAT(uk_syscall_do_, name)(UK_CONCAT(_UK_SYS_PROTO, count))

/*
 * What libraries of Unikraft call of each other. Its build declares every call
 * of every library; here a caller declares what is not among these.
 */
UK_SYSCALL_R_PROTO(2, fstat);

#ifdef __cplusplus
}
#endif

#endif /* __UK_SYSCALL_H__ */
