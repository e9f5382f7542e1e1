/* SPDX-License-Identifier: BSD-3-Clause */
/* A disk that is under test, and the driver that it stands on. */
#ifndef DISK_H
#define DISK_H

/** Sectors that can be read; what they hold is the number of the sector. */
int disk_sectors(void);

/** Reads the sectors from `first` on, below `end`. @return their sum, or -1 */
int disk_sum(int first, int end);

/** The driver: reads one sector. @return 0, or below 0 */
int driver_read(int sector, int *to);

/** The driver: counts what is done with it. */
void driver_note(const char *what);
extern unsigned int driver_notes;

#endif /* DISK_H */
