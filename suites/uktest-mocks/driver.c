/* SPDX-License-Identifier: BSD-3-Clause */
/* The driver of a disk of eight sectors. */
#include "disk.h"

unsigned int driver_notes;

int driver_read(int sector, int *to)
{
	if (sector < 0 || sector >= 8)
		return -5;
	*to = sector;
	return 0;
}

void driver_note(const char *what)
{
	driver_notes += what != (void *)0;
}
