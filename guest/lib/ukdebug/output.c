/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Puts a prefix in front of each line of a message, and the console.
 * It has no length limit, and keeps no text.
 */
#include <uk/ansi.h>
#include <uk/plat/console.h>
#include <uk/print.h>
#include "output.h"
#include "words.h"

static void to_console(const char *text, __sz len)
{
	ukplat_coutk(text, len);
}

struct output output_console = {
	.out = to_console,
	.is_midline = ukplat_console_midline,
	.fields = PREFIX_TIME | PREFIX_SOURCE,
};

static int has_text_color(const struct output *output)
{
	return (output->fields & PREFIX_COLOR) &&
		!(output->level & UK_PRINT_RAW) && *prefix_color(output->level);
}

void output_begin(struct output *output, const struct prefix *prefix)
{
	if (output->is_midline())
		output->out("\n", 1);
	output->level = prefix->level;
	output->is_open = 1;
	if (prefix->level & UK_PRINT_RAW)
		return;
	prefix_write(output->out, prefix, output->fields);
	if (has_text_color(output))
		words_text(output->out, prefix_color(output->level));
}

void output_end(struct output *output)
{
	if (has_text_color(output))
		words_text(output->out, UK_ANSI_MOD_RESET);
	output->out("\n", 1);
	output->is_open = 0;
}

void output_text(struct output *output, const struct prefix *prefix,
		 const char *text, __sz len)
{
	__sz end;

	while (len) {
		/*
		 * A line that something else has begun is ended, unless it is
		 * the beginning of this one. What the host counts on is never
		 * the end of another message: its level has a flag.
		 */
		if (!output->is_open || !output->is_midline() ||
		    output->level != prefix->level)
			output_begin(output, prefix);
		for (end = 0; end < len && text[end] != '\n'; end++)
			;
		if (end)
			output->out(text, end);
		if (end < len) {
			output_end(output);
			end++;
		}
		text += end;
		len -= end;
	}
}
