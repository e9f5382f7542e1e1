/* SPDX-License-Identifier: BSD-3-Clause */
/* Where Unikraft has uk/bitmap.h since 0.21. */
#ifndef __UK_BITOPS_BITMAP_H__
#define __UK_BITOPS_BITMAP_H__

#include <uk/bitmap.h>

#endif /* __UK_BITOPS_BITMAP_H__ */
