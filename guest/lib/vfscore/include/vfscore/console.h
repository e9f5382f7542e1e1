/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The console as a file, for vfscore's descriptors 0 to 2 and for devfs.
 * Reading never waits: without input it is the end of the file.
 */
#ifndef __VFSCORE_CONSOLE_H__
#define __VFSCORE_CONSOLE_H__

#include <vfscore/vnode.h>

#ifdef __cplusplus
extern "C" {
#endif

ssize_t vfscore_console_read(struct vnode *node, void *buf, size_t len,
			     off_t offset);
ssize_t vfscore_console_write(struct vnode *node, const void *buf, size_t len,
			      off_t offset);

#ifdef __cplusplus
}
#endif

#endif /* __VFSCORE_CONSOLE_H__ */
