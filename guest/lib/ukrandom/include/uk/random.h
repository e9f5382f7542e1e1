/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Random bytes, under Unikraft's names: the same ones in every boot, so that
 * what they find is found again. They are no secrets.
 */
#ifndef __UK_RANDOM_H__
#define __UK_RANDOM_H__

#include <uk/essentials.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Fills memory with random bytes. How many are asked for at once does not
 * change which ones come.
 *
 * @return 0; Unikraft's own may fail
 */
int __check_result uk_random_fill_buffer(void *buf, __sz len);

/**
 * Goes on from the time since the boot: other bytes follow in each boot.
 *
 * @return 0
 */
int __check_result uk_random_reseed(void);

/**
 * Begins anew. Of the kit alone.
 *
 * @param seed any number; the boot begins with 0
 */
void uk_random_seed(__u64 seed);

#ifdef __cplusplus
}
#endif

#endif /* __UK_RANDOM_H__ */
