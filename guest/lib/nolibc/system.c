/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What a program can ask about the machine it runs on.
 * The answers are constants: all machines of the kit are alike.
 */
#include <errno.h>
#include <string.h>
#include <unistd.h>
#include <uk/arch/lcpu.h>
#include <uk/config.h>

long sysconf(int name)
{
	switch (name) {
	case _SC_OPEN_MAX:
		return 256;
	case _SC_PAGESIZE:
		return __PAGE_SIZE;
	case _SC_NPROCESSORS_CONF:
	case _SC_NPROCESSORS_ONLN:
		return 1;
	default:
		errno = EINVAL;
		return -1;
	}
}

int gethostname(char *buf, size_t size)
{
	if (strlcpy(buf, CONFIG_UK_NAME, size) < size)
		return 0;
	errno = ENAMETOOLONG;
	return -1;
}
