/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Sockets, with Linux' numbers and layouts. The calls are those of Unikraft's
 * posix-socket: the kit has none, and an image without that does not link.
 * Addresses of the families are in headers of the libraries that have them.
 */
#ifndef __SYS_SOCKET_H__
#define __SYS_SOCKET_H__

#include <fcntl.h>
#include <sys/types.h>
#include <sys/uio.h>

#ifdef __cplusplus
extern "C" {
#endif

#define SOCK_STREAM	1
#define SOCK_DGRAM	2
#define SOCK_RAW	3
#define SOCK_RDM	4
#define SOCK_SEQPACKET	5
#define SOCK_PACKET	10
/* Or-ed to one of the above. */
#define SOCK_CLOEXEC	O_CLOEXEC
#define SOCK_NONBLOCK	O_NONBLOCK

#define AF_UNSPEC	0
#define AF_LOCAL	1
#define AF_UNIX		AF_LOCAL
#define AF_INET		2
#define AF_INET6	10
#define AF_NETLINK	16
#define AF_PACKET	17
#define AF_VSOCK	40
#define AF_MAX		46
#define PF_UNSPEC	AF_UNSPEC
#define PF_LOCAL	AF_LOCAL
#define PF_UNIX		AF_UNIX
#define PF_INET		AF_INET
#define PF_INET6	AF_INET6
#define PF_NETLINK	AF_NETLINK
#define PF_PACKET	AF_PACKET
#define PF_VSOCK	AF_VSOCK
#define PF_MAX		AF_MAX

#define SHUT_RD		0
#define SHUT_WR		1
#define SHUT_RDWR	2

#define SOMAXCONN	128

#define SOL_SOCKET	1
#define SO_DEBUG	1
#define SO_REUSEADDR	2
#define SO_TYPE		3
#define SO_ERROR	4
#define SO_DONTROUTE	5
#define SO_BROADCAST	6
#define SO_SNDBUF	7
#define SO_RCVBUF	8
#define SO_KEEPALIVE	9
#define SO_OOBINLINE	10
#define SO_NO_CHECK	11
#define SO_PRIORITY	12
#define SO_LINGER	13
#define SO_REUSEPORT	15
#define SO_PASSCRED	16
#define SO_PEERCRED	17
#define SO_RCVLOWAT	18
#define SO_SNDLOWAT	19
#define SO_RCVTIMEO	20
#define SO_SNDTIMEO	21
#define SO_ACCEPTCONN	30
#define SO_PROTOCOL	38
#define SO_DOMAIN	39

#define SCM_RIGHTS	1
#define SCM_CREDENTIALS	2

#define MSG_OOB			0x1
#define MSG_PEEK		0x2
#define MSG_DONTROUTE		0x4
#define MSG_CTRUNC		0x8
#define MSG_TRUNC		0x20
#define MSG_DONTWAIT		0x40
#define MSG_EOR			0x80
#define MSG_WAITALL		0x100
#define MSG_ERRQUEUE		0x2000
#define MSG_NOSIGNAL		0x4000
#define MSG_MORE		0x8000
#define MSG_WAITFORONE		0x10000
#define MSG_CMSG_CLOEXEC	0x40000000

typedef unsigned int socklen_t;
typedef unsigned short sa_family_t;

/** The beginning of every address; the rest is its family's. */
struct sockaddr {
	sa_family_t sa_family;
	char sa_data[14];
};

/** Has room for an address of any family. */
struct sockaddr_storage {
	sa_family_t ss_family;
	char __padding[128 - sizeof(long) - sizeof(sa_family_t)];
	unsigned long __alignment;
};

/*
 * Where Linux has a size_t and musl a smaller number, the rest of the word is
 * there under another name: all processors here are little-endian.
 */
struct msghdr {
	void *msg_name;
	socklen_t msg_namelen;
	struct iovec *msg_iov;
	int msg_iovlen;
#ifdef __LP64__
	int __padding1;
#endif
	void *msg_control;
	socklen_t msg_controllen;
#ifdef __LP64__
	int __padding2;
#endif
	int msg_flags;
};

struct mmsghdr {
	struct msghdr msg_hdr;
	unsigned int msg_len;
};

struct cmsghdr {
	socklen_t cmsg_len;
#ifdef __LP64__
	int __padding1;
#endif
	int cmsg_level;
	int cmsg_type;
};

struct linger {
	int l_onoff;
	int l_linger;
};

struct ucred {
	pid_t pid;
	uid_t uid;
	gid_t gid;
};

/* Messages of control data: each begins at a word of the processor. */
#define CMSG_ALIGN(len) \
	(((len) + sizeof(size_t) - 1) & (size_t)~(sizeof(size_t) - 1))
#define CMSG_LEN(len) (CMSG_ALIGN(sizeof(struct cmsghdr)) + (len))
#define CMSG_SPACE(len) (CMSG_ALIGN(sizeof(struct cmsghdr)) + CMSG_ALIGN(len))
#define CMSG_DATA(cmsg) ((unsigned char *)((struct cmsghdr *)(cmsg) + 1))
#define CMSG_FIRSTHDR(msg)                                                 \
	((size_t)(msg)->msg_controllen >= sizeof(struct cmsghdr)           \
		 ? (struct cmsghdr *)(msg)->msg_control                    \
		 : (struct cmsghdr *)0)
#define CMSG_NXTHDR(msg, cmsg) __cmsg_next((msg), (cmsg))

/** The message after one; NULL where no whole one follows. */
static inline struct cmsghdr *__cmsg_next(const struct msghdr *msg,
					  const struct cmsghdr *cmsg)
{
	const char *end = (const char *)msg->msg_control + msg->msg_controllen;
	const size_t len = cmsg->cmsg_len;
	/* Bytes up to the last place where another header fits. */
	const long most = end - (const char *)cmsg - (long)sizeof(*cmsg);

	/* The sender may say any length: one that wraps is none. */
	if (len < sizeof(*cmsg) || most < 0 || len > (size_t)most ||
	    CMSG_ALIGN(len) > (size_t)most)
		return (struct cmsghdr *)0;
	return (struct cmsghdr *)((char *)cmsg + CMSG_ALIGN(len));
}

int socket(int domain, int type, int protocol);
int socketpair(int domain, int type, int protocol, int fds[2]);
int bind(int fd, const struct sockaddr *addr, socklen_t len);
int listen(int fd, int backlog);
int accept(int fd, struct sockaddr *__restrict addr, socklen_t *__restrict len);
int accept4(int fd, struct sockaddr *__restrict addr, socklen_t *__restrict len,
	    int flags);
int connect(int fd, const struct sockaddr *addr, socklen_t len);
int shutdown(int fd, int how);
int getsockname(int fd, struct sockaddr *__restrict addr,
		socklen_t *__restrict len);
int getpeername(int fd, struct sockaddr *__restrict addr,
		socklen_t *__restrict len);
int getsockopt(int fd, int level, int name, void *__restrict value,
	       socklen_t *__restrict len);
int setsockopt(int fd, int level, int name, const void *value, socklen_t len);
ssize_t send(int fd, const void *buf, size_t len, int flags);
ssize_t recv(int fd, void *buf, size_t len, int flags);
ssize_t sendto(int fd, const void *buf, size_t len, int flags,
	       const struct sockaddr *addr, socklen_t addrlen);
ssize_t recvfrom(int fd, void *__restrict buf, size_t len, int flags,
		 struct sockaddr *__restrict addr, socklen_t *__restrict addrlen);
ssize_t sendmsg(int fd, const struct msghdr *msg, int flags);
ssize_t recvmsg(int fd, struct msghdr *msg, int flags);

#ifdef __cplusplus
}
#endif

#endif /* __SYS_SOCKET_H__ */
