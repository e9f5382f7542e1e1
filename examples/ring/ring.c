/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The ring itself. It knows nothing of who puts in and who takes out.
 */
#include "ring.h"

int ring_put(struct ring *ring, unsigned char byte)
{
	if (ring->used == RING_BYTES)
		return -1;
	ring->bytes[(ring->first + ring->used) % RING_BYTES] = byte;
	ring->used++;
	return 0;
}

int ring_take(struct ring *ring)
{
	int byte;

	if (ring->used == 0)
		return -1;
	byte = ring->bytes[ring->first];
	ring->first = (ring->first + 1) % RING_BYTES;
	ring->used--;
	return byte;
}
