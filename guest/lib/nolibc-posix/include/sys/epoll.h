/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Waiting for several descriptors, in Linux' layout. The calls are those of
 * Unikraft's posix-poll: the kit has none, and an image without that does not
 * link.
 */
#ifndef __SYS_EPOLL_H__
#define __SYS_EPOLL_H__

#include <fcntl.h>
#include <stdint.h>
#include <sys/types.h>

#ifdef __cplusplus
extern "C" {
#endif

#define EPOLL_CLOEXEC	O_CLOEXEC
#define EPOLL_NONBLOCK	O_NONBLOCK

#define EPOLLIN		0x001
#define EPOLLPRI	0x002
#define EPOLLOUT	0x004
#define EPOLLERR	0x008
#define EPOLLHUP	0x010
#define EPOLLNVAL	0x020
#define EPOLLRDNORM	0x040
#define EPOLLRDBAND	0x080
#define EPOLLWRNORM	0x100
#define EPOLLWRBAND	0x200
#define EPOLLMSG	0x400
#define EPOLLRDHUP	0x2000
#define EPOLLEXCLUSIVE	(1U << 28)
#define EPOLLWAKEUP	(1U << 29)
#define EPOLLONESHOT	(1U << 30)
#define EPOLLET		(1U << 31)

#define EPOLL_CTL_ADD	1
#define EPOLL_CTL_DEL	2
#define EPOLL_CTL_MOD	3

typedef union epoll_data {
	void *ptr;
	int fd;
	uint32_t u32;
	uint64_t u64;
} epoll_data_t;

struct epoll_event {
	/** EPOLL*. */
	uint32_t events;
	epoll_data_t data;
}
/* On x86_64 without a gap: the layout is that of i386. */
#if defined(__x86_64__)
__attribute__((packed))
#endif
;

int epoll_create(int size);
int epoll_create1(int flags);
int epoll_ctl(int epfd, int operation, int fd, struct epoll_event *event);
/** @return how many events there are; 0 after `timeout` milliseconds */
int epoll_wait(int epfd, struct epoll_event *events, int most, int timeout);

#ifdef __cplusplus
}
#endif

#endif /* __SYS_EPOLL_H__ */
