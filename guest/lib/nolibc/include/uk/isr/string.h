/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * String functions for interrupts, under Unikraft's names.
 * The kit's own touch no register that an interrupt would have to save.
 */
#ifndef __UK_ISR_STRING_H__
#define __UK_ISR_STRING_H__

#include <string.h>

#define memcpy_isr(dst, src, len) memcpy((dst), (src), (len))
#define memset_isr(ptr, val, len) memset((ptr), (val), (len))
#define memchr_isr(ptr, val, len) memchr((ptr), (val), (len))
#define memrchr_isr(ptr, val, len) memrchr((ptr), (val), (len))
#define memcmp_isr(ptr1, ptr2, len) memcmp((ptr1), (ptr2), (len))
#define memmove_isr(dst, src, len) memmove((dst), (src), (len))

#define strncpy_isr(dst, src, len) strncpy((dst), (src), (len))
#define strcpy_isr(dst, src) strcpy((dst), (src))
#define strlcpy_isr(dst, src, len) strlcpy((dst), (src), (len))
#define strlcat_isr(dst, src, len) strlcat((dst), (src), (len))
#define strnlen_isr(str, len) strnlen((str), (len))
#define strlen_isr(str) strlen(str)
#define strchrnul_isr(str, c) strchrnul((str), (c))
#define strchr_isr(str, c) strchr((str), (c))
#define strrchr_isr(str, c) strrchr((str), (c))
#define strncmp_isr(str1, str2, len) strncmp((str1), (str2), (len))
#define strcmp_isr(str1, str2) strcmp((str1), (str2))
#define strcspn_isr(str, reject) strcspn((str), (reject))
#define strspn_isr(str, accept) strspn((str), (accept))
#define strtok_isr(str, sep, save) strtok_r((str), (sep), (save))

#endif /* __UK_ISR_STRING_H__ */
