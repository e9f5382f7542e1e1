/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Parameters of libraries, as Unikraft has them where nobody parses any:
 * the variables keep what they are initialized with.
 */
#ifndef __UK_LIBPARAM_H__
#define __UK_LIBPARAM_H__

#include <uk/essentials.h>

#define UK_LIBPARAM_PARAM(var, type, desc)
#define UK_LIBPARAM_PARAM_ALIAS(name, addr, type, desc)
#define UK_LIBPARAM_PARAM_ARR(var, type, count, desc)
#define UK_LIBPARAM_PARAM_ARR_ALIAS(name, addr, type, count, desc)

#define UK_LIB_PARAM(var, type)
#define UK_LIB_PARAM_STR(var)
#define UK_LIB_PARAM_ARR(var, type)
#define UK_LIB_PARAM_ARR_STR(var)

#endif /* __UK_LIBPARAM_H__ */
