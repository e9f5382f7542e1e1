/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * uk/hexdump.h where Unikraft has it since 0.21.
 */
#ifndef __UK_PRINT_HEXDUMP_H__
#define __UK_PRINT_HEXDUMP_H__

#include <uk/hexdump.h>

#endif /* __UK_PRINT_HEXDUMP_H__ */
