/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Reading and writing several buffers with one call.
 * The library vfscore has the calls.
 */
#ifndef __SYS_UIO_H__
#define __SYS_UIO_H__

#include <sys/types.h>

#ifdef __cplusplus
extern "C" {
#endif

#define IOV_MAX	1024

struct iovec {
	void *iov_base;
	size_t iov_len;
};

ssize_t readv(int fd, const struct iovec *iov, int count);
ssize_t writev(int fd, const struct iovec *iov, int count);

#ifdef __cplusplus
}
#endif

#endif /* __SYS_UIO_H__ */
