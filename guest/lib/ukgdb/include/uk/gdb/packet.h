/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Packets of the GDB remote protocol over a serial line: framing, sums,
 * acknowledgements. It does not know what a packet means.
 * Source: GDB manual, "Remote Protocol", "Overview" and "Packet
 * Acknowledgment".
 */
#ifndef __UK_GDB_PACKET_H__
#define __UK_GDB_PACKET_H__

#include <uk/essentials.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Bytes of a packet's data: holds all registers, twice over. */
#define PACKET_BYTES 4096

/** Where packets come from and go to. */
struct packet_line {
	/** Reads a byte, without waiting; 0 where there is none. */
	unsigned int (*read)(char *byte);
	void (*write)(const char *bytes, unsigned int len);
	/** Called while there is no byte. */
	void (*wait)(void);
};

/** Takes something else for the serial line; __NULL for that again. */
void packet_use(const struct packet_line *line);

/** Takes another serial line of uk/plat/line.h than the console's. */
void packet_use_line(unsigned int number);

/**
 * Waits for a packet.
 *
 * @param data gets it, with a NUL at its end
 * @return bytes of it
 */
unsigned int packet_read(char data[PACKET_BYTES + 1]);

/** What has come while the code runs. Other bytes are passed over. */
enum packet_sign {
	PACKET_NOTHING,
	/** The byte that asks it to stop. */
	PACKET_INTERRUPT,
	/** A packet begins: another debugger, which knows of nothing. */
	PACKET_BEGINS,
};
enum packet_sign packet_poll(void);

/** Begins an answer, adds to it, sends it. What has no room is left out. */
void packet_begin(void);
void packet_text(const char *text);
void packet_byte(char byte);
/** Two hexadecimal digits a byte. */
void packet_hex(const void *bytes, __sz len);
/** A number without leading zeros. */
void packet_number(unsigned long long value);
void packet_send(void);

/** An answer that is one text. */
void packet_answer(const char *text);

/**
 * Whether packets are acknowledged, as at the beginning of a session. The one
 * that asks for it is: it came as one that is not.
 */
void packet_set_acks(int is_on);

/** Value of a hexadecimal digit, -1 for another character. */
int packet_digit(char c);
/**
 * Reads a hexadecimal number.
 *
 * @param at the text, moved to what follows
 * @return 1 where there was at least one digit
 */
int packet_parse(const char **at, __uptr *value);

#ifdef __cplusplus
}
#endif

#endif /* __UK_GDB_PACKET_H__ */
