/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A case and its parameters: which of them run, their labels, and the entries
 * of the case that were evaluated. One run of a case is case.c's.
 */
#include <stdio.h>
#include <string.h>
#include <uk/test.h>

#include "journal.h"
#include "result.h"
#include "run.h"
#include "wire.h"

#define LABEL_BYTES 80

/* Adds up the entries of a case, each of them once. */
static void count_sites(struct uk_testcase *esac)
{
	struct uk_assert *assert;

	uk_test_assert_foreach(esac, assert) {
		uktest_totals.sites++;
		if (assert->status == UK_TEST_FAILURE)
			uktest_totals.failed_sites++;
	}
}

static bool fits_label(char byte)
{
	return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
	       (byte >= '0' && byte <= '9') || (byte && strchr("_.+-", byte));
}

static void format_label(char *label, const struct uk_testparams *params,
			 size_t index)
{
	const void *param = (const char *)params->base + index * params->size;
	const char *text = params->label != NULL ? params->label(param) : NULL;
	size_t at = 0;

	if (text == NULL || *text == '\0') {
		snprintf(label, LABEL_BYTES, "%lu", (unsigned long)index);
		return;
	}
	for (; text[at] != '\0' && at < LABEL_BYTES - 1; at++)
		label[at] = fits_label(text[at]) ? text[at] : '_';
	label[at] = '\0';
}

/*
 * The command line chooses parameters that this case has not: a failure of the
 * case, at its first assertion, that names those there are.
 */
static void refuse_params(struct uk_testsuite *suite, struct uk_testcase *esac,
			  const struct uk_testparams *params)
{
	static struct uk_assert no_entry;
	struct uktest_run run = {
		.outer = uktest_running, .suite = suite, .esac = esac,
	};
	struct _uk_test_at at = { &no_entry, esac->file, 0, _UK_TEST_CONTINUE };
	struct uk_assert *assert;
	char label[LABEL_BYTES];

	uk_test_assert_foreach(esac, assert) {
		at.entry = assert;
		at.line = assert->line;
		break;
	}
	wire_control("params %s->%s 1", suite->name, esac->name);
	run.entry = journal_begin(UK_TESTJOURNAL_CASE, esac, NULL);
	uktest_case_head(&run, NULL);
	uktest_running = &run;
	wire_message("no parameter of it is named so");
	uktest_conclude(&at, false);
	for (size_t i = 0; i < params->count; i++) {
		format_label(label, params, i);
		uk_test_printf("there is %s->%s/%s", suite->name, esac->name,
			       label);
	}
	uktest_running = run.outer;
	uktest_case_end(&run, NULL, 0);
}

static void run_params(struct uk_testsuite *suite, struct uk_testcase *esac,
		       const struct uk_testparams *params)
{
	char label[LABEL_BYTES];
	size_t chosen = 0;

	for (size_t i = 0; i < params->count; i++) {
		format_label(label, params, i);
		if (uktest_is_param_selected(suite, esac, label))
			chosen++;
	}
	if (chosen == 0 && params->count > 0) {
		refuse_params(suite, esac, params);
		return;
	}
	wire_control("params %s->%s %lu", suite->name, esac->name,
		     (unsigned long)chosen);
	for (size_t i = 0; i < params->count; i++) {
		const char *param = params->base;

		param += i * params->size;
		format_label(label, params, i);
		if (uktest_is_param_selected(suite, esac, label))
			uktest_run_once(suite, esac, param, label);
	}
}

void uktest_run_case(struct uk_testsuite *suite, struct uk_testcase *esac)
{
	const struct uk_testmeta *meta;

	meta = uktest_meta(suite, esac, UK_TESTMETA_PARAMS);
	if (meta == NULL)
		uktest_run_once(suite, esac, NULL, NULL);
	else
		run_params(suite, esac, meta->value);
	count_sites(esac);
}

const void *_uk_test_param(void)
{
	return uktest_running->param;
}
