/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Reads the log after a mark, a message that no other case prints.
 * It does not change what the log holds otherwise.
 */
#include <stdio.h>
#include <string.h>
#include <uk/print.h>
#include <uk/print/log.h>

#include "log.h"

static char text[CONFIG_LIBUKPRINT_LOGBUF_SIZE + 1];
static size_t used;
static unsigned int marks;

static void collect(const char *piece, __sz len)
{
	memcpy(text + used, piece, len);
	used += len;
	text[used] = '\0';
}

void log_begin(void)
{
	unsigned int level = uk_print_level();

	marks++;
	uk_print_set_level(UK_PRINT_KLVL_NONE);
	uk_pr_info("mark %u\n", marks);
	uk_print_set_level(level);
}

static void drop_times(void)
{
	char *to = text;
	const char *from = text;

	while (*from) {
		if (from[0] == '[' && strncmp(from + 13, "] ", 2) == 0 &&
		    from[6] == '.')
			from += 15;
		else
			*to++ = *from++;
	}
	*to = '\0';
}

const char *log_text(void)
{
	char mark[24];
	const char *at;

	used = 0;
	text[0] = '\0';
	uk_print_log_walk(collect);
	snprintf(mark, sizeof(mark), "mark %u\n", marks);
	at = strstr(text, mark);
	if (at)
		memmove(text, at + strlen(mark), strlen(at + strlen(mark)) + 1);
	drop_times();
	return text;
}
