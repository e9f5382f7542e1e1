/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Priorities of init functions and constructors, 0 first and 9 last.
 * A priority has one digit: the linker could not sort more of them.
 */
#ifndef __UK_PRIO_H__
#define __UK_PRIO_H__

#define UK_PRIO_EARLIEST 0
#define UK_PRIO_LATEST 9

#define __UK_PRIO_AFTER_0 1
#define __UK_PRIO_AFTER_1 2
#define __UK_PRIO_AFTER_2 3
#define __UK_PRIO_AFTER_3 4
#define __UK_PRIO_AFTER_4 5
#define __UK_PRIO_AFTER_5 6
#define __UK_PRIO_AFTER_6 7
#define __UK_PRIO_AFTER_7 8
#define __UK_PRIO_AFTER_8 9
#define __UK_PRIO_AFTER(prio) __UK_PRIO_AFTER_##prio

#define __UK_PRIO_BEFORE_1 0
#define __UK_PRIO_BEFORE_2 1
#define __UK_PRIO_BEFORE_3 2
#define __UK_PRIO_BEFORE_4 3
#define __UK_PRIO_BEFORE_5 4
#define __UK_PRIO_BEFORE_6 5
#define __UK_PRIO_BEFORE_7 6
#define __UK_PRIO_BEFORE_8 7
#define __UK_PRIO_BEFORE_9 8
#define __UK_PRIO_BEFORE(prio) __UK_PRIO_BEFORE_##prio

/** The priority right after another one, which is a literal 0 to 8. */
#define UK_PRIO_AFTER(prio) __UK_PRIO_AFTER(prio)
/** The priority right before another one, which is a literal 1 to 9. */
#define UK_PRIO_BEFORE(prio) __UK_PRIO_BEFORE(prio)

#endif /* __UK_PRIO_H__ */
