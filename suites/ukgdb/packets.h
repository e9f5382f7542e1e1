/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What the debugger of a case is to send, and what it was answered. One case
 * at a time: all of it is static.
 */
#ifndef UKGDB_PACKETS_H
#define UKGDB_PACKETS_H

#include <stdbool.h>
#include <stddef.h>

#include "debugger.h"

#define PACKET_CHARS 96

extern struct debugger debugger;

/** Forgets the packets and the session of the last case. */
void begin(void);

/** Adds a packet; the text has to stay. */
void add(const char *packet);
/** Adds `before`, the digits of a value, `after`: PACKET_CHARS at most. */
void add_value(const char *before, unsigned long value, const char *after);
/** Appends to the packet that add_value() has added last. */
void add_more(const char *text);
/** Adds a command of the debugger's `monitor`, in its digits. */
void add_command(const char *command);
/** Adds the last packet, and gives all of them to the debugger. */
void add_end(void);

/** Whether reply number `n` is this text. */
bool is_reply(size_t n, const char *text);

#endif /* UKGDB_PACKETS_H */
