/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Numbers of devices, of the two parts that Linux packs into a dev_t. On i386
 * a dev_t has 32 bits here, so that parts end at 12 and 20 bits.
 */
#ifndef __SYS_SYSMACROS_H__
#define __SYS_SYSMACROS_H__

#include <stdint.h>
#include <sys/types.h>

#define major(dev)                                                         \
	((unsigned int)(((uint64_t)(dev) >> 32 & 0xfffff000) |             \
			((uint64_t)(dev) >> 8 & 0xfff)))
#define minor(dev)                                                         \
	((unsigned int)(((uint64_t)(dev) >> 12 & 0xffffff00) |             \
			((uint64_t)(dev) & 0xff)))
#define makedev(x, y)                                                      \
	((dev_t)(((uint64_t)(x) & 0xfffff000) << 32 |                      \
		 ((uint64_t)(x) & 0xfff) << 8 |                            \
		 ((uint64_t)(y) & 0xffffff00) << 12 |                      \
		 ((uint64_t)(y) & 0xff)))

#endif /* __SYS_SYSMACROS_H__ */
