/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A debugger that is played by the guest: it sends packets to the stub, and
 * does what gdb does when the line damages some of them. It sends the next
 * packet when the last one is answered: where code runs, when that has stopped.
 */
#ifndef UKGDB_DEBUGGER_H
#define UKGDB_DEBUGGER_H

#include <stdbool.h>
#include <stddef.h>

#define TRANSCRIPT_BYTES 32768
#define FRAME_BYTES 4200

/** What a line does to one byte. */
enum damage {
	NO_DAMAGE,
	FLIPPED,
	DROPPED,
	DOUBLED,
};

struct debugger {
	/** Data of the packets that it sends, the last one is `D`. */
	const char *const *packets;
	size_t count;

	/** Which byte of the session is damaged, and how. */
	size_t damaged;
	enum damage damage;
	/** Bytes that come before the first packet. */
	const char *noise;
	size_t noise_len;

	/** All replies, a line each. */
	char transcript[TRANSCRIPT_BYTES];
	size_t transcript_len;
	/** Bytes of the session, both ways. */
	size_t bytes;
	/** The stub has not answered, however often it was asked. */
	bool has_given_up;

	/* How far it is. */
	size_t current, tries;
	bool is_acknowledged;
	/* It has let the code run, and waits for a stop. */
	bool is_running;
	char sent[FRAME_BYTES], heard[FRAME_BYTES];
	size_t sent_len, sent_at, heard_len;
	bool is_hearing;
};

/** Has the stub serve a debugger until that leaves. */
void debugger_run(struct debugger *debugger);

/**
 * Has it wait for what stops next, be that a trap. The code that runs until
 * then may print nothing: from the first packet on the console is the line's.
 */
void debugger_begin(struct debugger *debugger);
/** The line is the console's again. */
void debugger_end(void);

/** Sends the byte that has the code stop. */
void debugger_interrupt(void);

/** Appends what is printed, of all `O` packets, to a text that ends in a NUL. */
void debugger_text(const struct debugger *debugger, char *text, size_t bytes);

/** Reply number `n`, up to its end of line; NULL where there is none. */
const char *debugger_reply(const struct debugger *debugger, size_t n);

#endif /* UKGDB_DEBUGGER_H */
