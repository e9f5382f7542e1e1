/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Jumps out of functions.
 * What a function call may not change is kept, and nothing else.
 */
#ifndef __SETJMP_H__
#define __SETJMP_H__

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__aarch64__)
typedef unsigned long jmp_buf[22];
#else
typedef unsigned long jmp_buf[8];
#endif

int setjmp(jmp_buf env) __attribute__((returns_twice));
void longjmp(jmp_buf env, int value) __attribute__((noreturn));

#define _setjmp(env)		setjmp(env)
#define _longjmp(env, value)	longjmp((env), (value))

#ifdef __cplusplus
}
#endif

#endif /* __SETJMP_H__ */
