/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The way from a failed assertion or a wanted crash to the crash screen.
 * It does not come back. Only uk_crash_message() formats: its message is the
 * program's, and the program is still whole when it asks for the crash.
 */
#include <uk/arch/lcpu.h>
#include <uk/assert.h>
#include <uk/crash.h>

/*
 * The place that a function of this file was called from. One byte before the
 * address after the call is the call itself, which has the right line. The
 * stack pointer is that of the call: on arm64 a frame's record is at its
 * lower end, so what stands above the record is not the caller's.
 */
#define SET_CALLER(regs)                                                   \
	do {                                                               \
		const __uptr *frame = (const __uptr *)__frame_addr(0);     \
		ukarch_capture(&(regs));                                   \
		__REGS_FP(&(regs)) = frame[0];                             \
		__REGS_PC(&(regs)) = frame[1] - 1;                         \
		__REGS_SP(&(regs)) = (__uptr)__builtin_dwarf_cfa();        \
	} while (0)

void uk_assert_failed(const char *library, const char *source,
		      unsigned int line, const char *expression)
{
	struct __regs regs;

	SET_CALLER(regs);
	uk_crash_enter("assertion");
	uk_crash_line(library, source, line);
	uk_crash_text("Assertion failure: ");
	uk_crash_text(expression);
	uk_crash_end();
	uk_crash(&regs);
}

void uk_crash_message(const char *library, const char *source,
		      unsigned int line, const char *fmt, ...)
{
	struct __regs regs;
	va_list ap;

	SET_CALLER(regs);
	uk_crash_enter("crash");
	va_start(ap, fmt);
	_uk_vprintk(KLVL_CRIT | UK_PRINT_PROTOCOL, library, source, line, fmt, ap);
	va_end(ap);
	uk_crash(&regs);
}
