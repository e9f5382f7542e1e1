/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Names of libraries, under Unikraft's names.
 * There are no numbers: an image of the kit keeps no list of its libraries.
 */
#ifndef __UK_LIBID_H__
#define __UK_LIBID_H__

#include <uk/arch/limits.h>
#include <uk/arch/types.h>

/* In the kit a library is known by its name. */
#define UKLIBID_NONE ((const char *)__NULL)

#define uk_libid_self() uk_libname_self()

/** Name of the library that a file belongs to; the build gives it. */
#ifdef __LIBNAME__
#define uk_libname_self() __LIBNAME__
#else
#define uk_libname_self() __NULL
#endif

#endif /* __UK_LIBID_H__ */
