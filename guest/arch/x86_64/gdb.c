/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The registers of x86_64 for a debugger. How it steps and stops is in gdb.c
 * of x86.
 */
#include <uk/arch/x86/gdb.h>

#define WORD(field) X86_GDB_IN(field, 8)
#define HALF(field) X86_GDB_IN(field, 4)

const struct ukarch_gdb_register ukarch_gdb_registers[] = {
	WORD(rax), WORD(rbx), WORD(rcx), WORD(rdx), WORD(rsi), WORD(rdi),
	WORD(rbp), WORD(rsp), WORD(r8), WORD(r9), WORD(r10), WORD(r11),
	WORD(r12), WORD(r13), WORD(r14), WORD(r15), WORD(rip), HALF(eflags),
	HALF(cs), HALF(ss), X86_GDB_LIVE(4, X86_GDB_DS),
	X86_GDB_LIVE(4, X86_GDB_DS), X86_GDB_LIVE(4, X86_GDB_FS),
	X86_GDB_LIVE(4, X86_GDB_GS),
	X86_GDB_FPU,
	X86_GDB_XMM(0), X86_GDB_XMM(1), X86_GDB_XMM(2), X86_GDB_XMM(3),
	X86_GDB_XMM(4), X86_GDB_XMM(5), X86_GDB_XMM(6), X86_GDB_XMM(7),
	X86_GDB_XMM(8), X86_GDB_XMM(9), X86_GDB_XMM(10), X86_GDB_XMM(11),
	X86_GDB_XMM(12), X86_GDB_XMM(13), X86_GDB_XMM(14), X86_GDB_XMM(15),
	X86_GDB_MXCSR,
	X86_GDB_LIVE(8, X86_GDB_FS_BASE), X86_GDB_LIVE(8, X86_GDB_GS_BASE),
	X86_GDB_CONTROL(8), WORD(vector), WORD(error),
};
const unsigned int ukarch_gdb_register_count =
	ARRAY_SIZE(ukarch_gdb_registers);
const unsigned int ukarch_gdb_general_count =
	ARRAY_SIZE(ukarch_gdb_registers) - 6;

#define R(name) X86_GDB_REG(name, 64)
#define S(name) X86_GDB_REG(name, 32)

const char ukarch_gdb_target[] =
	X86_GDB_XML_BEGIN "<architecture>i386:x86-64</architecture>"
	X86_GDB_XML_CORE
	R("rax") R("rbx") R("rcx") R("rdx") R("rsi") R("rdi")
	X86_GDB_TYPED("rbp", 64, "data_ptr")
	X86_GDB_TYPED("rsp", 64, "data_ptr")
	R("r8") R("r9") R("r10") R("r11") R("r12") R("r13") R("r14") R("r15")
	X86_GDB_TYPED("rip", 64, "code_ptr")
	X86_GDB_TYPED("eflags", 32, "flags")
	S("cs") S("ss") S("ds") S("es") S("fs") S("gs")
	X86_GDB_XML_FPU X86_GDB_XML_SSE
	X86_GDB_XML_XMM(0) X86_GDB_XML_XMM(1) X86_GDB_XML_XMM(2)
	X86_GDB_XML_XMM(3) X86_GDB_XML_XMM(4) X86_GDB_XML_XMM(5)
	X86_GDB_XML_XMM(6) X86_GDB_XML_XMM(7) X86_GDB_XML_XMM(8)
	X86_GDB_XML_XMM(9) X86_GDB_XML_XMM(10) X86_GDB_XML_XMM(11)
	X86_GDB_XML_XMM(12) X86_GDB_XML_XMM(13) X86_GDB_XML_XMM(14)
	X86_GDB_XML_XMM(15) S("mxcsr") "</feature>"
	"<feature name=\"org.gnu.gdb.i386.segments\">"
	R("fs_base") R("gs_base") "</feature>"
	X86_GDB_XML_SYSTEM(64);

unsigned long x86_gdb_data(const struct __regs *core __unused)
{
	unsigned long value;

	__asm__ __volatile__("mov %%ds, %0" : "=r"(value));
	return value & 0xffff;
}
