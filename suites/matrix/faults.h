/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What can go wrong in a case, one function for each: the rows of the matrix.
 * It says nothing of where in a suite that happens.
 */
#ifndef MATRIX_FAULTS_H
#define MATRIX_FAULTS_H

/* These end the machine, or leave that to the host. */
void matrix_trap(void);
void matrix_assertion(void);
void matrix_crash(void);
void matrix_exit(void);
void matrix_loop(void);
void matrix_halt(void);
void matrix_overflow(void);
void matrix_reset(void);
void matrix_triple(void);

/* These return, and only fill the console. */
void matrix_garbage(void);
void matrix_flood(void);

#endif /* MATRIX_FAULTS_H */
