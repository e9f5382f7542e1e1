/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The entry that an assertion has in the image, made where the assertion
 * stands, and the mark by which it knows whether it stands in a case.
 * It neither looks entries up nor writes them.
 */
#ifndef __UK_TEST_SITE_H__
#define __UK_TEST_SITE_H__

#include <uk/test/record.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * In the body of a case, a parameter of this name shadows this declaration. The
 * size of what it points to is the number of the case within the file, plus 2;
 * here, which is what helper functions see, it is 1. The number is a subsection
 * of the assembler: it puts entries after the header of their own case, in
 * whatever order the compiler emits functions. Nothing defines it.
 */
extern char (*_uk_test_mark)[1];

/*
 * C and C++ differ in a few words. What has a place in a table is called in the
 * image as in C: the host knows cases, suites and their steps by these names.
 */
#ifdef __cplusplus
#define _UK_TEST_C_NAME(name)	__asm__(#name)
#define _UK_TEST_EXTERN_C	extern "C"
#define _UK_TEST_STATIC_ASSERT	static_assert
#else
#define _UK_TEST_C_NAME(name)
#define _UK_TEST_EXTERN_C	extern
#define _UK_TEST_STATIC_ASSERT	_Static_assert
#endif

#define _UK_TEST_STR2(...) #__VA_ARGS__
#define _UK_TEST_STR(...) _UK_TEST_STR2(__VA_ARGS__)

/* The address of label 771, which may be in another section of the file. */
#if defined(__x86_64__)
#define _UK_TEST_LOAD_771	"leaq 771b(%%rip), %q[entry]"
#elif defined(__i386__)
#define _UK_TEST_LOAD_771	"movl $771b, %[entry]"
#elif defined(__aarch64__)
#define _UK_TEST_LOAD_771	"adrp %[entry], 771b\n\t" \
				"add %[entry], %[entry], :lo12:771b"
#else
#error "uk/test.h: no assertion entries for this architecture"
#endif

/*
 * Makes an entry and yields its address. Entries of helper functions go to a
 * section of their own, since they belong to whichever case calls them.
 */
#define _UK_TEST_ENTRY() ({						\
	struct uk_assert *_uk_entry;					\
	__asm__ __volatile__(						\
		".if %c[subsection]\n\t"				\
		".pushsection .uk_asserttab, %c[subsection], \"aw\"\n\t"\
		".else\n\t"						\
		".pushsection .uk_helpertab, \"aw\"\n\t"		\
		".endif\n"						\
		"771:\n\t"						\
		".short 0\n\t"						\
		".short %c[line]\n\t"					\
		".popsection\n\t"					\
		_UK_TEST_LOAD_771					\
		: [entry] "=r" (_uk_entry)				\
		: [subsection] "i" (sizeof(*_uk_test_mark) - 1),	\
		  [line] "i" (__LINE__ & 0xffff));			\
	_uk_entry; })

/* The header of a case's entries, labelled `label`. */
#define _UK_TEST_HEADER(label, number)					\
	__asm__(".pushsection .uk_asserttab, " _UK_TEST_STR(number)	\
		" + 1, \"aw\"\n"					\
		#label ":\n\t"						\
		".short 0xffff\n\t"					\
		".short " _UK_TEST_STR(__LINE__) " & 0xffff\n\t"	\
		".popsection");						\
	_UK_TEST_EXTERN_C struct uk_assert label[]

/* Where an assertion stands, and what its failure means. */
struct _uk_test_at {
	struct uk_assert *entry;
	const char *file;
	unsigned int line;
	unsigned int kind;
};

#define _UK_TEST_CONTINUE	0	/* the case goes on after a failure */
#define _UK_TEST_FATAL	1	/* a failure ends the case */
#define _UK_TEST_FIXME	2	/* a failure is known and not counted */

/* C++ has no address of a literal, yet an object that lives for the call. */
#ifdef __cplusplus
struct _uk_test_here {
	struct _uk_test_at at;

	operator const struct _uk_test_at *() const
	{
		return &at;
	}
};

#define _UK_TEST_AT(kind)						\
	(_uk_test_here{ { _UK_TEST_ENTRY(), __FILE__, __LINE__, (kind) } })
#else
#define _UK_TEST_AT(kind)						\
	(&(const struct _uk_test_at){					\
		_UK_TEST_ENTRY(), __FILE__, __LINE__, (kind) })
#endif

#ifdef __cplusplus
}
#endif

#endif /* __UK_TEST_SITE_H__ */
