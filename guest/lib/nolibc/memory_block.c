/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Moves and fills blocks of memory, as fast as plain instructions go.
 * The compiler emits calls to these functions, so they must not be made of
 * loops that it could turn into such calls again.
 */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if !defined(__clang__)
#pragma GCC optimize("no-tree-loop-distribute-patterns")
#endif

#if defined(__i386__) || defined(__x86_64__)

#define WORD	sizeof(size_t)

#if defined(__x86_64__)
#define MOVE_WORDS	"rep movsq"
#define FILL_WORDS	"rep stosq"
#else
#define MOVE_WORDS	"rep movsl"
#define FILL_WORDS	"rep stosl"
#endif

void *memcpy(void *restrict dst, const void *restrict src, size_t len)
{
	void *to = dst;
	size_t words = len / WORD;

	/* Emulators take a step for each element: words first. */
	__asm__ __volatile__(MOVE_WORDS
			     : "+D"(to), "+S"(src), "+c"(words)
			     : : "memory");
	len %= WORD;
	__asm__ __volatile__("rep movsb"
			     : "+D"(to), "+S"(src), "+c"(len)
			     : : "memory");
	return dst;
}

static void copy_backwards(unsigned char *to, const unsigned char *from,
			   size_t len)
{
	to += len - 1;
	from += len - 1;
	/* The direction flag has to be clear again for compiled code. */
	__asm__ __volatile__("std\n\trep movsb\n\tcld"
			     : "+D"(to), "+S"(from), "+c"(len)
			     : : "memory", "cc");
}

void *memset(void *ptr, int val, size_t len)
{
	void *to = ptr;
	size_t words = len / WORD;
	size_t word = (unsigned char)val * ((size_t)-1 / 255);

	__asm__ __volatile__(FILL_WORDS
			     : "+D"(to), "+c"(words)
			     : "a"(word)
			     : "memory");
	len %= WORD;
	__asm__ __volatile__("rep stosb"
			     : "+D"(to), "+c"(len)
			     : "a"(word)
			     : "memory");
	return ptr;
}

#else

typedef uint64_t __attribute__((may_alias)) word_t;

#define WORD		sizeof(word_t)
#define OFFSET(ptr)	((uintptr_t)(ptr) & (WORD - 1))

void *memcpy(void *restrict dst, const void *restrict src, size_t len)
{
	unsigned char *to = dst;
	const unsigned char *from = src;

	/* Words only where both ends can be aligned: some machines trap. */
	if (OFFSET(to) == OFFSET(from)) {
		for (; len && OFFSET(to); len--)
			*to++ = *from++;
		for (; len >= WORD; len -= WORD, to += WORD, from += WORD)
			*(word_t *)to = *(const word_t *)from;
	}
	for (; len; len--)
		*to++ = *from++;
	return dst;
}

static void copy_backwards(unsigned char *to, const unsigned char *from,
			   size_t len)
{
	to += len;
	from += len;
	if (OFFSET(to) == OFFSET(from)) {
		for (; len && OFFSET(to); len--)
			*--to = *--from;
		for (; len >= WORD; len -= WORD) {
			to -= WORD;
			from -= WORD;
			*(word_t *)to = *(const word_t *)from;
		}
	}
	for (; len; len--)
		*--to = *--from;
}

void *memset(void *ptr, int val, size_t len)
{
	unsigned char *to = ptr;
	word_t word = (unsigned char)val * 0x0101010101010101ULL;

	for (; len && OFFSET(to); len--)
		*to++ = (unsigned char)val;
	for (; len >= WORD; len -= WORD, to += WORD)
		*(word_t *)to = word;
	for (; len; len--)
		*to++ = (unsigned char)val;
	return ptr;
}

#endif

void *memmove(void *dst, const void *src, size_t len)
{
	/* One comparison: dst in [src, src + len) must go backwards. */
	if ((uintptr_t)dst - (uintptr_t)src >= len)
		return memcpy(dst, src, len);
	copy_backwards(dst, src, len);
	return dst;
}

void *mempcpy(void *restrict dst, const void *restrict src, size_t len)
{
	return (char *)memcpy(dst, src, len) + len;
}

void *memccpy(void *restrict dst, const void *restrict src, int val, size_t len)
{
	const unsigned char *end = memchr(src, val, len);

	if (!end) {
		memcpy(dst, src, len);
		return NULL;
	}
	return mempcpy(dst, src, end + 1 - (const unsigned char *)src);
}

void explicit_bzero(void *ptr, size_t len)
{
	memset(ptr, 0, len);
	__asm__ __volatile__("" : : "r"(ptr) : "memory");
}

void bzero(void *ptr, size_t len)
{
	memset(ptr, 0, len);
}

void bcopy(const void *src, void *dst, size_t len)
{
	memmove(dst, src, len);
}
