/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * C11's inttypes.h: how to print and read the types of stdint.h.
 * The wide character functions are not there.
 */
#ifndef __INTTYPES_H__
#define __INTTYPES_H__

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct { intmax_t quot, rem; } imaxdiv_t;

intmax_t imaxabs(intmax_t n);
imaxdiv_t imaxdiv(intmax_t numer, intmax_t denom);
intmax_t strtoimax(const char *__restrict str, char **__restrict end, int base);
uintmax_t strtoumax(const char *__restrict str, char **__restrict end,
		    int base);

#ifdef __cplusplus
}
#endif

#ifdef __LP64__
#define __INTTYPES_64		"l"
#define __INTTYPES_PTR		"l"
#else
#define __INTTYPES_64		"ll"
#define __INTTYPES_PTR		""
#endif

#define PRId8		"d"
#define PRId16		"d"
#define PRId32		"d"
#define PRId64		__INTTYPES_64 "d"
#define PRIdLEAST8	"d"
#define PRIdLEAST16	"d"
#define PRIdLEAST32	"d"
#define PRIdLEAST64	__INTTYPES_64 "d"
#define PRIdMAX		__INTTYPES_64 "d"
#define PRIdPTR		__INTTYPES_PTR "d"
#define PRIi8		"i"
#define PRIi16		"i"
#define PRIi32		"i"
#define PRIi64		__INTTYPES_64 "i"
#define PRIiLEAST8	"i"
#define PRIiLEAST16	"i"
#define PRIiLEAST32	"i"
#define PRIiLEAST64	__INTTYPES_64 "i"
#define PRIiMAX		__INTTYPES_64 "i"
#define PRIiPTR		__INTTYPES_PTR "i"
#define PRIo8		"o"
#define PRIo16		"o"
#define PRIo32		"o"
#define PRIo64		__INTTYPES_64 "o"
#define PRIoLEAST8	"o"
#define PRIoLEAST16	"o"
#define PRIoLEAST32	"o"
#define PRIoLEAST64	__INTTYPES_64 "o"
#define PRIoMAX		__INTTYPES_64 "o"
#define PRIoPTR		__INTTYPES_PTR "o"
#define PRIx8		"x"
#define PRIx16		"x"
#define PRIx32		"x"
#define PRIx64		__INTTYPES_64 "x"
#define PRIxLEAST8	"x"
#define PRIxLEAST16	"x"
#define PRIxLEAST32	"x"
#define PRIxLEAST64	__INTTYPES_64 "x"
#define PRIxMAX		__INTTYPES_64 "x"
#define PRIxPTR		__INTTYPES_PTR "x"
#define PRIX8		"X"
#define PRIX16		"X"
#define PRIX32		"X"
#define PRIX64		__INTTYPES_64 "X"
#define PRIXLEAST8	"X"
#define PRIXLEAST16	"X"
#define PRIXLEAST32	"X"
#define PRIXLEAST64	__INTTYPES_64 "X"
#define PRIXMAX		__INTTYPES_64 "X"
#define PRIXPTR		__INTTYPES_PTR "X"
#define PRIu8		"u"
#define PRIu16		"u"
#define PRIu32		"u"
#define PRIu64		__INTTYPES_64 "u"
#define PRIuLEAST8	"u"
#define PRIuLEAST16	"u"
#define PRIuLEAST32	"u"
#define PRIuLEAST64	__INTTYPES_64 "u"
#define PRIuMAX		__INTTYPES_64 "u"
#define PRIuPTR		__INTTYPES_PTR "u"

#define SCNd8		"hhd"
#define SCNd16		"hd"
#define SCNd32		"d"
#define SCNd64		__INTTYPES_64 "d"
#define SCNdLEAST8	"hhd"
#define SCNdLEAST16	"hd"
#define SCNdLEAST32	"d"
#define SCNdLEAST64	__INTTYPES_64 "d"
#define SCNdMAX		__INTTYPES_64 "d"
#define SCNdPTR		__INTTYPES_PTR "d"
#define SCNi8		"hhi"
#define SCNi16		"hi"
#define SCNi32		"i"
#define SCNi64		__INTTYPES_64 "i"
#define SCNiLEAST8	"hhi"
#define SCNiLEAST16	"hi"
#define SCNiLEAST32	"i"
#define SCNiLEAST64	__INTTYPES_64 "i"
#define SCNiMAX		__INTTYPES_64 "i"
#define SCNiPTR		__INTTYPES_PTR "i"
#define SCNo8		"hho"
#define SCNo16		"ho"
#define SCNo32		"o"
#define SCNo64		__INTTYPES_64 "o"
#define SCNoLEAST8	"hho"
#define SCNoLEAST16	"ho"
#define SCNoLEAST32	"o"
#define SCNoLEAST64	__INTTYPES_64 "o"
#define SCNoMAX		__INTTYPES_64 "o"
#define SCNoPTR		__INTTYPES_PTR "o"
#define SCNx8		"hhx"
#define SCNx16		"hx"
#define SCNx32		"x"
#define SCNx64		__INTTYPES_64 "x"
#define SCNxLEAST8	"hhx"
#define SCNxLEAST16	"hx"
#define SCNxLEAST32	"x"
#define SCNxLEAST64	__INTTYPES_64 "x"
#define SCNxMAX		__INTTYPES_64 "x"
#define SCNxPTR		__INTTYPES_PTR "x"
#define SCNu8		"hhu"
#define SCNu16		"hu"
#define SCNu32		"u"
#define SCNu64		__INTTYPES_64 "u"
#define SCNuLEAST8	"hhu"
#define SCNuLEAST16	"hu"
#define SCNuLEAST32	"u"
#define SCNuLEAST64	__INTTYPES_64 "u"
#define SCNuMAX		__INTTYPES_64 "u"
#define SCNuPTR		__INTTYPES_PTR "u"

#endif /* __INTTYPES_H__ */
