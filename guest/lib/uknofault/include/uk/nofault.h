/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Access to memory that may not be there, without a fault: what a crash
 * screen, a debugger and a walk of a stack need. Names and meanings are
 * Unikraft's since 0.12. It does not keep a caller from memory of a device,
 * where a read may have an effect.
 */
#ifndef __UK_NOFAULT_H__
#define __UK_NOFAULT_H__

#include <uk/essentials.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Goes on after a page that cannot be accessed. */
#define UK_NOFAULTF_CONTINUE 0x01
/** Fetches no page meanwhile: no handler of page faults is asked. */
#define UK_NOFAULTF_NOPAGING 0x02

/**
 * Looks how much of a range can be read.
 *
 * @param flags UK_NOFAULTF_*
 * @return number of bytes up to the first that cannot; with
 *	UK_NOFAULTF_CONTINUE of all that can
 */
__sz uk_nofault_probe_r(__vaddr_t vaddr, __sz len, unsigned long flags);

/** The same for what can be read and written. Its content stays. */
__sz uk_nofault_probe_rw(__vaddr_t vaddr, __sz len, unsigned long flags);

/**
 * Copies what can be read to where it can be written. The two ranges may not
 * overlap.
 *
 * @param flags with UK_NOFAULTF_CONTINUE a page that cannot be accessed is left
 *	out on both sides
 * @return number of bytes copied
 */
__sz uk_nofault_memcpy(char *dst, const char *src, __sz len,
		       unsigned long flags);

/** Reads a variable; 1 where that worked. */
#define uk_nofault_try_read(v, ptr)                                        \
	(uk_nofault_memcpy((char *)&(v), (const char *)(ptr), sizeof(v),   \
			   0) == sizeof(v))

/** Writes a value; 1 where that worked. */
#define uk_nofault_try_write(value, ptr)                                   \
	({                                                                 \
		__typeof__(value) _value = (value);                        \
		uk_nofault_memcpy((char *)(ptr), (const char *)&_value,    \
				  sizeof(_value), 0) == sizeof(_value);    \
	})

/** uk_nofault_try_read() that fetches no page. */
#define uk_nofault_try_read_nopaging(v, ptr)                               \
	(uk_nofault_memcpy((char *)&(v), (const char *)(ptr), sizeof(v),   \
			   UK_NOFAULTF_NOPAGING) == sizeof(v))

/** uk_nofault_try_write() that fetches no page. */
#define uk_nofault_try_write_nopaging(value, ptr)                          \
	({                                                                 \
		__typeof__(value) _value = (value);                        \
		uk_nofault_memcpy((char *)(ptr), (const char *)&_value,    \
				  sizeof(_value), UK_NOFAULTF_NOPAGING) == \
			sizeof(_value);                                    \
	})

#ifdef __cplusplus
}
#endif

#endif /* __UK_NOFAULT_H__ */
