/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What one file of the suite uktest_places has for the other.
 */
#ifndef PLACES_H
#define PLACES_H

/** Asserts in another file than the case does. */
void assert_elsewhere(int value);

#endif /* PLACES_H */
