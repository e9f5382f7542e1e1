/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Locks on whole files, with Linux' numbers. flock() is Unikraft's vfscore's:
 * the kit has none, and an image without that does not link.
 */
#ifndef __SYS_FILE_H__
#define __SYS_FILE_H__

#include <fcntl.h>

#ifdef __cplusplus
extern "C" {
#endif

#define LOCK_SH	1
#define LOCK_EX	2
/** Together with one of the others: EWOULDBLOCK instead of waiting. */
#define LOCK_NB	4
#define LOCK_UN	8

#define L_SET	0
#define L_INCR	1
#define L_XTND	2

int flock(int fd, int operation);

#ifdef __cplusplus
}
#endif

#endif /* __SYS_FILE_H__ */
