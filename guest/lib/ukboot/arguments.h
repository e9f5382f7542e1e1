/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The command line as main() wants it.
 * It is not part of the public headers.
 */
#ifndef UKTEST_UKBOOT_ARGUMENTS_H
#define UKTEST_UKBOOT_ARGUMENTS_H

/**
 * Splits a copy of the command line at its blanks.
 *
 * @param argv the words after the image's name; a NULL ends them
 * @return number of words, the name included
 */
int arguments_split(char ***argv);

#endif /* UKTEST_UKBOOT_ARGUMENTS_H */
