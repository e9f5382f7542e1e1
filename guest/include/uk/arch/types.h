/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Integer types under Unikraft's names, with the words that print them.
 * It has nothing that needs more than the compiler's own knowledge.
 */
#ifndef __UKARCH_TYPES_H__
#define __UKARCH_TYPES_H__

#if defined(__i386__) && !defined(__X86_32__)
#define __X86_32__ 1
#elif defined(__x86_64__) && !defined(__X86_64__)
#define __X86_64__ 1
#elif defined(__aarch64__) && !defined(__ARM_64__)
#define __ARM_64__ 1
#endif

#ifndef __ASSEMBLER__

typedef __INT8_TYPE__ __s8;
typedef __UINT8_TYPE__ __u8;
typedef __INT16_TYPE__ __s16;
typedef __UINT16_TYPE__ __u16;
typedef __INT32_TYPE__ __s32;
typedef __UINT32_TYPE__ __u32;
typedef __INT64_TYPE__ __s64;
typedef __UINT64_TYPE__ __u64;

typedef __UINTPTR_TYPE__ __uptr;
typedef __INTPTR_TYPE__ __sptr;
typedef __SIZE_TYPE__ __sz;
typedef __PTRDIFF_TYPE__ __ssz;
typedef __PTRDIFF_TYPE__ __off;

typedef __uptr __paddr_t;
typedef __uptr __vaddr_t;
typedef __uptr __phys_addr;

/** Time in nanoseconds. */
typedef __u64 __nsec;
/** Difference of two times in nanoseconds. */
typedef __s64 __snsec;

#define __PRIs8 "d"
#define __PRIu8 "u"
#define __PRIx8 "x"
#define __SCNs8 "hhd"
#define __SCNu8 "hhu"
#define __SCNx8 "hhx"
#define __PRIs16 "d"
#define __PRIu16 "u"
#define __PRIx16 "x"
#define __SCNs16 "hd"
#define __SCNu16 "hu"
#define __SCNx16 "hx"
#define __PRIs32 "d"
#define __PRIu32 "u"
#define __PRIx32 "x"
#define __SCNs32 "d"
#define __SCNu32 "u"
#define __SCNx32 "x"

#ifdef __LP64__
#define __PRIs64 "ld"
#define __PRIu64 "lu"
#define __PRIx64 "lx"
#define __PRIuptr "lx"
#define __PRIsz "lu"
#define __PRIssz "ld"
#define __PRIoff "ld"
#else
#define __PRIs64 "lld"
#define __PRIu64 "llu"
#define __PRIx64 "llx"
#define __PRIuptr "x"
#define __PRIsz "u"
#define __PRIssz "d"
#define __PRIoff "d"
#endif
#define __SCNs64 __PRIs64
#define __SCNu64 __PRIu64
#define __SCNx64 __PRIx64
#define __PRIpaddr __PRIuptr
#define __PRIvaddr __PRIuptr
#define __PRInsec __PRIu64
#define __PRIsnsec __PRIs64

/** A counter for the atomic operations of uk/atomic.h. */
typedef struct __atomic {
	__u32 counter;
} __atomic;

#ifdef __cplusplus
typedef bool __bool;
#else
typedef _Bool __bool;
#endif
#define __true (1)
#define __false (0)

#ifndef __NULL
#ifdef __cplusplus
#define __NULL __null
#else
#define __NULL ((void *) 0)
#endif
#endif

#endif /* !__ASSEMBLER__ */

#endif /* __UKARCH_TYPES_H__ */
