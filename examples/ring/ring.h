/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A ring of bytes: what is put in first comes out first. It allocates nothing
 * and refuses what does not fit.
 */
#ifndef RING_H
#define RING_H

#define RING_BYTES 8

struct ring {
	unsigned char bytes[RING_BYTES];
	unsigned int first;
	unsigned int used;
};

/** Puts a byte in; 0, or -1 when the ring is full. */
int ring_put(struct ring *ring, unsigned char byte);

/** Takes the oldest byte out; -1 when there is none. */
int ring_take(struct ring *ring);

#endif /* RING_H */
