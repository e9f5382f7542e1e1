/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The registers of i386 for a debugger. How it steps and stops is in gdb.c of
 * x86.
 */
#include <uk/arch/x86/gdb.h>

#define WORD(field) X86_GDB_IN(field, 4)
/* What vectors.S gives back to code of level 1, and what others have. */
#define DATA_OF_CODE 0x31
#define DATA_OF_BOOT 0x10

const struct ukarch_gdb_register ukarch_gdb_registers[] = {
	WORD(eax), WORD(ecx), WORD(edx), WORD(ebx), WORD(esp), WORD(ebp),
	WORD(esi), WORD(edi), WORD(eip), WORD(eflags), WORD(cs), WORD(ss),
	X86_GDB_LIVE(4, X86_GDB_DS), X86_GDB_LIVE(4, X86_GDB_DS),
	X86_GDB_LIVE(4, X86_GDB_FS), X86_GDB_LIVE(4, X86_GDB_GS),
	X86_GDB_FPU,
	X86_GDB_XMM(0), X86_GDB_XMM(1), X86_GDB_XMM(2), X86_GDB_XMM(3),
	X86_GDB_XMM(4), X86_GDB_XMM(5), X86_GDB_XMM(6), X86_GDB_XMM(7),
	X86_GDB_MXCSR,
	X86_GDB_CONTROL(4), WORD(vector), WORD(error),
};
const unsigned int ukarch_gdb_register_count =
	ARRAY_SIZE(ukarch_gdb_registers);
const unsigned int ukarch_gdb_general_count =
	ARRAY_SIZE(ukarch_gdb_registers) - 6;

#define R(name) X86_GDB_REG(name, 32)

const char ukarch_gdb_target[] =
	X86_GDB_XML_BEGIN "<architecture>i386</architecture>"
	X86_GDB_XML_CORE
	R("eax") R("ecx") R("edx") R("ebx")
	X86_GDB_TYPED("esp", 32, "data_ptr")
	X86_GDB_TYPED("ebp", 32, "data_ptr")
	R("esi") R("edi")
	X86_GDB_TYPED("eip", 32, "code_ptr")
	X86_GDB_TYPED("eflags", 32, "flags")
	R("cs") R("ss") R("ds") R("es") R("fs") R("gs")
	X86_GDB_XML_FPU X86_GDB_XML_SSE
	X86_GDB_XML_XMM(0) X86_GDB_XML_XMM(1) X86_GDB_XML_XMM(2)
	X86_GDB_XML_XMM(3) X86_GDB_XML_XMM(4) X86_GDB_XML_XMM(5)
	X86_GDB_XML_XMM(6) X86_GDB_XML_XMM(7) R("mxcsr") "</feature>"
	X86_GDB_XML_SYSTEM(32);

unsigned long x86_gdb_data(const struct __regs *core)
{
	return core->cs & 3 ? DATA_OF_CODE : DATA_OF_BOOT;
}
