/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Breakpoints in the code. They are planted while the code runs alone: who
 * reads its memory while it stands finds what was compiled, and the stub may
 * use functions that have one.
 */
#ifndef UKGDB_BREAKS_H
#define UKGDB_BREAKS_H

#include <uk/essentials.h>

/** Adds or takes one away; adding it twice is adding it once.
 *
 * @return 0, or -1 where there is no room or no such memory
 */
int breaks_add(__uptr address);
int breaks_remove(__uptr address);
void breaks_forget(void);

/** Puts all of them into the code, and out of it again. */
void breaks_plant(void);
void breaks_lift(void);

/** Whether one is to be at this address. */
int breaks_has(__uptr address);

/**
 * Adds one for a step, where there is none, and takes all of these away. The
 * debugger knows nothing of them.
 */
void breaks_add_step(__uptr address);
void breaks_remove_steps(void);
/** Whether one that the debugger has asked for is at this address. */
int breaks_is_asked(__uptr address);

#endif /* UKGDB_BREAKS_H */
