/* SPDX-License-Identifier: BSD-3-Clause */
/* The disk. It calls the driver in another file, so that a mock can stand in. */
#include "disk.h"

int disk_sectors(void)
{
	int sectors = 0;
	int content;

	while (sectors < 100 && driver_read(sectors, &content) == 0)
		sectors++;
	driver_note("sectors");
	return sectors;
}

int disk_sum(int first, int end)
{
	int content, sum = 0;

	for (int sector = first; sector < end; sector++) {
		if (driver_read(sector, &content) < 0)
			return -1;
		sum += content;
	}
	return sum;
}
