/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Options of the kit under the names of Unikraft's configuration.
 * It is not generated: what is here holds for every image.
 */
#ifndef __UK_CONFIG_H__
#define __UK_CONFIG_H__

#define CONFIG_UK_NAME "uktest"
#define CONFIG_UK_FULLVERSION "0.1.0"
#define CONFIG_UK_CODENAME "Uktest"

#if defined(__i386__)
#define CONFIG_ARCH_X86_32 1
#elif defined(__x86_64__)
#define CONFIG_ARCH_X86_64 1
#elif defined(__aarch64__)
#define CONFIG_ARCH_ARM_64 1
#endif

#define CONFIG_LIBUKBOOT 1
#define CONFIG_LIBUKDEBUG 1
#define CONFIG_LIBUKDEBUG_PRINTK 1
#define CONFIG_LIBUKDEBUG_PRINTK_INFO 1
#define CONFIG_LIBUKDEBUG_PRINT_TIME 1
#define CONFIG_LIBUKDEBUG_PRINT_SRCNAME 1
#define CONFIG_LIBUKDEBUG_ENABLE_ASSERT 1
#define CONFIG_LIBUKDEBUG_TRACEPOINTS 1
/* Bytes of the buffer of tracepoints. */
#ifndef CONFIG_LIBUKDEBUG_TRACE_BUFFER_SIZE
#define CONFIG_LIBUKDEBUG_TRACE_BUFFER_SIZE 16384
#endif
/* Bytes of the log that uklogbuf keeps. */
#ifndef CONFIG_LIBUKPRINT_LOGBUF_SIZE
#define CONFIG_LIBUKPRINT_LOGBUF_SIZE 10240
#endif
#define CONFIG_LIBNOLIBC 1
#define CONFIG_LIBUKALLOC 1
#define CONFIG_LIBUKALLOC_IFSTATS 1
#define CONFIG_LIBUKTEST 1
#define CONFIG_LIBUKTEST_ALL 1
#define CONFIG_LIBUKTEST_LOG_TESTS 1
#define CONFIG_LIBUKTEST_LOG_STATS 1
#define CONFIG_LIBUBSAN 1

#endif /* __UK_CONFIG_H__ */
