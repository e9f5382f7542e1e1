/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Events: what raises one does not know who handles it. Handlers are
 * registered when the image is linked, with a priority; names and sections are
 * Unikraft's since 0.8. It does not queue: handlers run where an event is
 * raised, which may be a trap.
 *
 * An event is a pointer to the end of its handlers, which follow it: the
 * linker sorts `.uk_event_<name>~`, `.uk_event_<name>~<priority>` and
 * `.uk_event_<name>~~`, since a tilde comes after every letter.
 */
#ifndef __UK_EVENT_H__
#define __UK_EVENT_H__

#include <uk/essentials.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Handles an event.
 *
 * @param data what the event was raised with
 * @return one of the three below; below 0 an error, which ends it
 */
typedef int (*uk_event_handler_t)(void *data);

/** The next handler is asked. */
#define UK_EVENT_NOT_HANDLED 0
/** No other handler is asked. */
#define UK_EVENT_HANDLED 1
/** It is handled, and the next handler is asked too. */
#define UK_EVENT_HANDLED_CONT 2

struct uk_event {
	const uk_event_handler_t *hlist_end;
};

#define _UK_EVENT_NAME(name) uk_event_##name
#define _UK_EVENT_TEXT(text) #text

#ifdef __LP64__
#define _UK_EVENT_WORD ".balign 8\n\t.quad"
#else
#define _UK_EVENT_WORD ".balign 4\n\t.long"
#endif

#define _UK_EVENT(name)                                                    \
	__asm__(".pushsection \".uk_event_" #name "~\", \"a\"\n"           \
		"\t.globl uk_event_" #name "\n"                            \
		"\t.type uk_event_" #name ", %object\n"                    \
		"uk_event_" #name ":\n"                                    \
		"\t" _UK_EVENT_WORD " _uk_event_" #name "_end\n"           \
		"\t.size uk_event_" #name ", . - uk_event_" #name "\n"     \
		"\t.popsection\n"                                          \
		"\t.pushsection \".uk_event_" #name "~~\", \"a\"\n"        \
		"_uk_event_" #name "_end:\n"                               \
		"\t.popsection\n");                                        \
	extern struct uk_event _UK_EVENT_NAME(name)

/** Declares an event, once in an image. Raising one that is not declared does
 * not link; a handler of one is never called.
 */
#define UK_EVENT(name) _UK_EVENT(name)

#define _UK_EVENT_HANDLER_PRIO(event, fn, prio)                            \
	static const uk_event_handler_t __used                             \
	__section(".uk_event_" #event "~" #prio)                           \
	_uk_event_handler_##event##_##fn##_##prio = (fn)

/**
 * Registers a handler.
 *
 * @param prio 0, which is asked first, to 9; handlers of one priority have no
 *	order
 */
#define UK_EVENT_HANDLER_PRIO(event, fn, prio)                             \
	_UK_EVENT_HANDLER_PRIO(event, fn, prio)

/** Registers a handler that is asked last. */
#define UK_EVENT_HANDLER(event, fn) UK_EVENT_HANDLER_PRIO(event, fn, 9)

#define _UK_EVENT_PTR(name)                                                \
	({                                                                 \
		extern struct uk_event _UK_EVENT_NAME(name);               \
		&_UK_EVENT_NAME(name);                                     \
	})

/** The event of a name. */
#define UK_EVENT_PTR(name) _UK_EVENT_PTR(name)

/* The compiler is not to know of what object the first handler is part. */
static inline const uk_event_handler_t *
_uk_event_handlers(const struct uk_event *event)
{
	__uptr first = (__uptr)event + sizeof(*event);

	__asm__("" : "+r"(first));
	return (const uk_event_handler_t *)first;
}

#define uk_event_handler_foreach(itr, event)                               \
	for ((itr) = _uk_event_handlers(event); (itr) < (event)->hlist_end; \
	     (itr)++)

/**
 * Calls the handlers of an event, by priority.
 *
 * @return the error of the handler that had one, UK_EVENT_HANDLED where one
 *	ended it, UK_EVENT_HANDLED_CONT where any handled it, else
 *	UK_EVENT_NOT_HANDLED
 */
static inline int uk_raise_event_ptr(struct uk_event *event, void *data)
{
	const uk_event_handler_t *itr;
	int result = UK_EVENT_NOT_HANDLED;
	int one;

	uk_event_handler_foreach(itr, event) {
		one = (*itr)(data);
		if (one < 0 || one == UK_EVENT_HANDLED)
			return one;
		if (one == UK_EVENT_HANDLED_CONT)
			result = one;
	}
	return result;
}

/** uk_raise_event_ptr() for the event of a name. */
#define uk_raise_event(event, data) \
	uk_raise_event_ptr(UK_EVENT_PTR(event), (data))

#ifdef __cplusplus
}
#endif

#endif /* __UK_EVENT_H__ */
