/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The parts of a description that both widths of x86 have: registers that are
 * in the processor alone, those of floating point, and the types of a few.
 * Source: GDB manual, "Standard Target Features", "i386 Features"; Intel SDM,
 * volume 1, "FXSAVE".
 */
#ifndef __UKARCH_X86_GDB_H__
#define __UKARCH_X86_GDB_H__

#include <uk/arch/gdb.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
	X86_GDB_DS,
	X86_GDB_FS,
	X86_GDB_GS,
	X86_GDB_FS_BASE,
	X86_GDB_GS_BASE,
	X86_GDB_CR0,
	X86_GDB_CR2,
	X86_GDB_CR3,
	X86_GDB_CR4,
	X86_GDB_TAGS,
};

/** Segment of data that the code had. */
unsigned long x86_gdb_data(const struct __regs *core);

#define X86_GDB_IN(field, size)                                            \
	{ (size), sizeof(long) < (size) ? sizeof(long) : (size),           \
	  UKARCH_GDB_CORE, __builtin_offsetof(struct __regs, field) }
#define X86_GDB_LIVE(size, what) { (size), (size), UKARCH_GDB_LIVE, (what) }
#define X86_GDB_FLOAT(size, kept, at) \
	{ (size), (kept), UKARCH_GDB_FLOAT, (at) }

/* st0 to st7, then control, status, tag, and where the last one was. */
#define X86_GDB_ST(n) X86_GDB_FLOAT(10, 10, 32 + 16 * (n))
#define X86_GDB_FPU                                                        \
	X86_GDB_ST(0), X86_GDB_ST(1), X86_GDB_ST(2), X86_GDB_ST(3),        \
	X86_GDB_ST(4), X86_GDB_ST(5), X86_GDB_ST(6), X86_GDB_ST(7),        \
	X86_GDB_FLOAT(4, 2, 0), X86_GDB_FLOAT(4, 2, 2),                    \
	X86_GDB_FLOAT(4, 0, X86_GDB_TAGS), X86_GDB_FLOAT(4, 2, 12),                   \
	X86_GDB_FLOAT(4, 4, 8), X86_GDB_FLOAT(4, 2, 20),                   \
	X86_GDB_FLOAT(4, 4, 16), X86_GDB_FLOAT(4, 2, 6)
#define X86_GDB_XMM(n) X86_GDB_FLOAT(16, 16, 160 + 16 * (n))
#define X86_GDB_MXCSR X86_GDB_FLOAT(4, 4, 24)
#define X86_GDB_CONTROL(size)                                              \
	X86_GDB_LIVE(size, X86_GDB_CR0), X86_GDB_LIVE(size, X86_GDB_CR2),  \
	X86_GDB_LIVE(size, X86_GDB_CR3), X86_GDB_LIVE(size, X86_GDB_CR4)

#define X86_GDB_REG(name, bits) \
	"<reg name=\"" name "\" bitsize=\"" #bits "\"/>"
#define X86_GDB_TYPED(name, bits, type) \
	"<reg name=\"" name "\" bitsize=\"" #bits "\" type=\"" type "\"/>"
#define X86_GDB_SYSTEM(name, bits)                                         \
	"<reg name=\"" name "\" bitsize=\"" #bits                          \
	"\" group=\"system\" save-restore=\"no\"/>"
#define _X86_GDB_FIELD(name, bit) \
	"<field name=\"" name "\" start=\"" #bit "\" end=\"" #bit "\"/>"

#define X86_GDB_XML_BEGIN                                                  \
	"<?xml version=\"1.0\"?><!DOCTYPE target SYSTEM \"gdb-target.dtd\">" \
	"<target>"
#define X86_GDB_XML_CORE                                                   \
	"<osabi>none</osabi>"                                              \
	"<feature name=\"org.gnu.gdb.i386.core\">"                         \
	"<flags id=\"flags\" size=\"4\">"                                  \
	_X86_GDB_FIELD("CF", 0) _X86_GDB_FIELD("PF", 2)                    \
	_X86_GDB_FIELD("AF", 4) _X86_GDB_FIELD("ZF", 6)                    \
	_X86_GDB_FIELD("SF", 7) _X86_GDB_FIELD("TF", 8)                    \
	_X86_GDB_FIELD("IF", 9) _X86_GDB_FIELD("DF", 10)                   \
	_X86_GDB_FIELD("OF", 11) "</flags>"
#define X86_GDB_XML_FPU                                                    \
	X86_GDB_TYPED("st0", 80, "i387_ext")                               \
	X86_GDB_TYPED("st1", 80, "i387_ext")                               \
	X86_GDB_TYPED("st2", 80, "i387_ext")                               \
	X86_GDB_TYPED("st3", 80, "i387_ext")                               \
	X86_GDB_TYPED("st4", 80, "i387_ext")                               \
	X86_GDB_TYPED("st5", 80, "i387_ext")                               \
	X86_GDB_TYPED("st6", 80, "i387_ext")                               \
	X86_GDB_TYPED("st7", 80, "i387_ext")                               \
	X86_GDB_REG("fctrl", 32) X86_GDB_REG("fstat", 32)                  \
	X86_GDB_REG("ftag", 32) X86_GDB_REG("fiseg", 32)                   \
	X86_GDB_REG("fioff", 32) X86_GDB_REG("foseg", 32)                  \
	X86_GDB_REG("fooff", 32) X86_GDB_REG("fop", 32) "</feature>"
#define X86_GDB_XML_SSE                                                    \
	"<feature name=\"org.gnu.gdb.i386.sse\">"                          \
	"<vector id=\"v4f\" type=\"ieee_single\" count=\"4\"/>"            \
	"<vector id=\"v2d\" type=\"ieee_double\" count=\"2\"/>"            \
	"<vector id=\"v16b\" type=\"int8\" count=\"16\"/>"                 \
	"<vector id=\"v8h\" type=\"int16\" count=\"8\"/>"                  \
	"<vector id=\"v4w\" type=\"int32\" count=\"4\"/>"                  \
	"<vector id=\"v2q\" type=\"int64\" count=\"2\"/>"                  \
	"<union id=\"xmm\"><field name=\"v4_float\" type=\"v4f\"/>"        \
	"<field name=\"v2_double\" type=\"v2d\"/>"                         \
	"<field name=\"v16_int8\" type=\"v16b\"/>"                         \
	"<field name=\"v8_int16\" type=\"v8h\"/>"                          \
	"<field name=\"v4_int32\" type=\"v4w\"/>"                          \
	"<field name=\"v2_int64\" type=\"v2q\"/>"                          \
	"<field name=\"uint128\" type=\"uint128\"/></union>"
#define X86_GDB_XML_XMM(n) X86_GDB_TYPED("xmm" #n, 128, "xmm")
#define X86_GDB_XML_SYSTEM(bits)                                           \
	"<feature name=\"org.unikraft.system\">"                           \
	X86_GDB_SYSTEM("cr0", bits) X86_GDB_SYSTEM("cr2", bits)            \
	X86_GDB_SYSTEM("cr3", bits) X86_GDB_SYSTEM("cr4", bits)            \
	X86_GDB_SYSTEM("vector", bits) X86_GDB_SYSTEM("error", bits)       \
	"</feature></target>"

#ifdef __cplusplus
}
#endif

#endif /* __UKARCH_X86_GDB_H__ */
