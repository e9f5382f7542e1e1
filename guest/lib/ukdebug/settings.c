/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What the command line says about messages: the level of the console and the
 * fields of a prefix.
 * It does not allocate, and takes what it does not know for a mistake.
 */
#include <string.h>
#include <uk/plat/bootstrap.h>
#include <uk/print.h>
#include "output.h"

#define LEVEL_WORD "uktest.level="
#define FIELDS_WORD "uktest.print="

struct choice {
	const char *name;
	unsigned int value;
};

static const struct choice levels[] = {
	{ "none", UK_PRINT_KLVL_NONE }, { "crit", KLVL_CRIT },
	{ "err", KLVL_ERR },		{ "warn", KLVL_WARN },
	{ "info", KLVL_INFO },		{ "debug", KLVL_DEBUG },
};

static const struct choice fields[] = {
	{ "time", PREFIX_TIME },     { "thread", PREFIX_THREAD },
	{ "caller", PREFIX_CALLER }, { "source", PREFIX_SOURCE },
	{ "color", PREFIX_COLOR },   { "", 0 },
};

/* NULL when none of them has this name. */
static const struct choice *find(const struct choice *choices, __sz count,
				 const char *name, __sz len)
{
	__sz i;

	for (i = 0; i < count; i++)
		if (strlen(choices[i].name) == len &&
		    !memcmp(choices[i].name, name, len))
			return &choices[i];
	return __NULL;
}

static void set_level(const char *value)
{
	__sz len = strcspn(value, " ");
	const struct choice *level =
		find(levels, ARRAY_SIZE(levels), value, len);

	if (level)
		uk_print_set_level(level->value);
	else
		uk_pr_err("%s%.*s: no such level\n", LEVEL_WORD, (int)len,
			  value);
}

static void set_fields(const char *value)
{
	const struct choice *field;
	unsigned int wanted = 0;
	__sz len;

	for (;; value += len + 1) {
		len = strcspn(value, ", ");
		field = find(fields, ARRAY_SIZE(fields), value, len);
		if (!field) {
			uk_pr_err("%s%.*s: no such field\n", FIELDS_WORD,
				  (int)len, value);
			return;
		}
		wanted |= field->value;
		if (value[len] != ',')
			break;
	}
	output_console.fields = wanted;
}

void uk_print_configure(void)
{
	const char *level = ukplat_cmdline_value(LEVEL_WORD);
	const char *wanted = ukplat_cmdline_value(FIELDS_WORD);

	if (wanted)
		set_fields(wanted);
	if (level)
		set_level(level);
}
