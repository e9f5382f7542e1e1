/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * How a machine hands itself over, and how it ends.
 * It does not say when to end.
 */
#ifndef __UKPLAT_BOOTSTRAP_H__
#define __UKPLAT_BOOTSTRAP_H__

#include <uk/essentials.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What is to become of the machine. */
enum ukplat_gstate {
	UKPLAT_HALT,
	UKPLAT_RESTART,
	UKPLAT_SUSPEND,
	UKPLAT_CRASH,
};

/** Prints the last line and ends the machine with a code that says which. */
void ukplat_terminate(enum ukplat_gstate request) __noreturn;

/**
 * Ends the machine without a word, for a crash that cannot even print.
 */
void ukplat_end_machine(enum ukplat_gstate request) __noreturn;

/** Words given to the image, without its name; never NULL. */
const char *ukplat_cmdline(void);

/** Whether the command line holds this word. */
int ukplat_cmdline_has(const char *word);

/**
 * What follows on a beginning, as on `name=`, in the last word that has it.
 *
 * @return text that ends with a blank or a NUL; NULL without such a word
 */
const char *ukplat_cmdline_value(const char *beginning);

#define ukplat_halt() ukplat_terminate(UKPLAT_HALT)
#define ukplat_restart() ukplat_terminate(UKPLAT_RESTART)
#define ukplat_suspend() ukplat_terminate(UKPLAT_SUSPEND)
#define ukplat_crash() ukplat_terminate(UKPLAT_CRASH)

/** Where the platform goes when the machine is ready; ukboot has it. */
void ukplat_entry(void) __noreturn;

#ifdef __cplusplus
}
#endif

#endif /* __UKPLAT_BOOTSTRAP_H__ */
