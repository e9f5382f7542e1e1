/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Name under which Unikraft has what makers of allocators need.
 * Here it is all in uk/alloc.h.
 */
#include <uk/alloc.h>
