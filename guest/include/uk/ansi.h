/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Control sequences of terminals, as strings.
 * It does not know whether anything that reads the console obeys them.
 */
#ifndef __UK_ANSI_H__
#define __UK_ANSI_H__

#include <uk/essentials.h>

#define __UK_ANSI(arguments, command) "\033[" arguments command

#define UK_ANSI_CLEARLINE __UK_ANSI("", "K")
#define UK_ANSI_CLEARSCREEN __UK_ANSI("2", "J")
#define UK_ANSI_HOME __UK_ANSI("", "H")
#define UK_ANSI_UP(n) __UK_ANSI(STRINGIFY(n), "A")
#define UK_ANSI_DOWN(n) __UK_ANSI(STRINGIFY(n), "B")
#define UK_ANSI_RIGHT(n) __UK_ANSI(STRINGIFY(n), "C")
#define UK_ANSI_LEFT(n) __UK_ANSI(STRINGIFY(n), "D")
#define UK_ANSI_POS(line, column) \
	__UK_ANSI(STRINGIFY(line) ";" STRINGIFY(column), "H")

#define UK_ANSI_MOD_RESET __UK_ANSI("0", "m")
#define UK_ANSI_MOD_BOLD __UK_ANSI("1", "m")
#define UK_ANSI_MOD_UNDERSCORE __UK_ANSI("4", "m")
#define UK_ANSI_MOD_BLINK __UK_ANSI("5", "m")
#define UK_ANSI_MOD_INVERT __UK_ANSI("7", "m")
#define UK_ANSI_MOD_HIDE __UK_ANSI("8", "m")

#define UK_ANSI_COLOR_BLACK 0
#define UK_ANSI_COLOR_RED 1
#define UK_ANSI_COLOR_GREEN 2
#define UK_ANSI_COLOR_YELLOW 3
#define UK_ANSI_COLOR_BLUE 4
#define UK_ANSI_COLOR_MAGENTA 5
#define UK_ANSI_COLOR_CYAN 6
#define UK_ANSI_COLOR_WHITE 7

#define UK_ANSI_MOD_COLORFG(fg) __UK_ANSI("3" STRINGIFY(fg), "m")
#define UK_ANSI_MOD_COLORBG(bg) __UK_ANSI("4" STRINGIFY(bg), "m")
#define UK_ANSI_MOD_COLOR(fg, bg) \
	__UK_ANSI("3" STRINGIFY(fg) ";4" STRINGIFY(bg), "m")

#endif /* __UK_ANSI_H__ */
