/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Typed lists in the manner of BSD, under Unikraft's names: singly linked
 * (SLIST), with a tail (STAILQ), doubly linked (LIST) and with a tail (TAILQ).
 * A type is a whole one: `struct entry`. It does not swap lists. New code takes
 * uk_list_*.
 */
#ifndef __UK_COMPAT_LIST_H__
#define __UK_COMPAT_LIST_H__

#include <stddef.h>
#include <uk/essentials.h>

/* One link each way that all four have. */
#define __UK_BSD_FOREACH(var, first, field) \
	for ((var) = (first); (var); (var) = (var)->field.next)
#define __UK_BSD_FOREACH_SAFE(var, first, field, tmp)                      \
	for ((var) = (first); (var) && ((tmp) = (var)->field.next, 1);     \
	     (var) = (tmp))

/* A head that knows the first. */
#define UK_SLIST_HEAD(name, type) struct name { type *first; }
#define UK_SLIST_HEAD_INITIALIZER(head) { NULL }
#define UK_SLIST_ENTRY(type) struct { type *next; }
#define UK_SLIST_INIT(head) ((head)->first = NULL)
#define UK_SLIST_FIRST(head) ((head)->first)
#define UK_SLIST_EMPTY(head) ((head)->first == NULL)
#define UK_SLIST_NEXT(elm, field) ((elm)->field.next)
#define UK_SLIST_FOREACH(var, head, field) \
	__UK_BSD_FOREACH(var, (head)->first, field)
#define UK_SLIST_FOREACH_SAFE(var, head, field, tmp) \
	__UK_BSD_FOREACH_SAFE(var, (head)->first, field, tmp)
#define UK_SLIST_INSERT_HEAD(head, elm, field)                             \
	((elm)->field.next = (head)->first, (void)((head)->first = (elm)))
#define UK_SLIST_INSERT_AFTER(at, elm, field)                              \
	((elm)->field.next = (at)->field.next,                             \
	 (void)((at)->field.next = (elm)))
#define UK_SLIST_REMOVE_HEAD(head, field) \
	((head)->first = (head)->first->field.next)
#define UK_SLIST_REMOVE_AFTER(elm, field) \
	((elm)->field.next = (elm)->field.next->field.next)
#define UK_SLIST_REMOVE(head, elm, type, field)                            \
	do {                                                               \
		type **__where = &(head)->first;                    \
		while (*__where != (elm))                                  \
			__where = &(*__where)->field.next;                 \
		*__where = (elm)->field.next;                              \
	} while (0)

/* A head that also knows the last pointer, which is NULL. */
#define UK_STAILQ_HEAD(name, type) \
	struct name { type *first; type **last; }
#define UK_STAILQ_HEAD_INITIALIZER(head) { NULL, &(head).first }
#define UK_STAILQ_ENTRY(type) struct { type *next; }
#define UK_STAILQ_INIT(head) \
	((head)->first = NULL, (void)((head)->last = &(head)->first))
#define UK_STAILQ_FIRST(head) ((head)->first)
#define UK_STAILQ_EMPTY(head) ((head)->first == NULL)
#define UK_STAILQ_NEXT(elm, field) ((elm)->field.next)
#define UK_STAILQ_LAST(head, type, field)                                  \
	(UK_STAILQ_EMPTY(head) ? NULL                                      \
	 : __containerof((head)->last, type, field.next))
#define UK_STAILQ_FOREACH(var, head, field) \
	__UK_BSD_FOREACH(var, (head)->first, field)
#define UK_STAILQ_FOREACH_SAFE(var, head, field, tmp) \
	__UK_BSD_FOREACH_SAFE(var, (head)->first, field, tmp)
#define UK_STAILQ_INSERT_HEAD(head, elm, field)                            \
	do {                                                               \
		if (!((elm)->field.next = (head)->first))                  \
			(head)->last = &(elm)->field.next;                 \
		(head)->first = (elm);                                     \
	} while (0)
#define UK_STAILQ_INSERT_TAIL(head, elm, field)                            \
	do {                                                               \
		(elm)->field.next = NULL;                                  \
		*(head)->last = (elm);                                     \
		(head)->last = &(elm)->field.next;                         \
	} while (0)
#define UK_STAILQ_INSERT_AFTER(head, at, elm, field)                       \
	do {                                                               \
		if (!((elm)->field.next = (at)->field.next))               \
			(head)->last = &(elm)->field.next;                 \
		(at)->field.next = (elm);                                  \
	} while (0)
#define UK_STAILQ_REMOVE_HEAD(head, field)                                 \
	do {                                                               \
		if (!((head)->first = (head)->first->field.next))          \
			(head)->last = &(head)->first;                     \
	} while (0)
#define UK_STAILQ_REMOVE(head, elm, type, field)                           \
	do {                                                               \
		type **__where = &(head)->first;                    \
		while (*__where != (elm))                                  \
			__where = &(*__where)->field.next;                 \
		if (!(*__where = (elm)->field.next))                       \
			(head)->last = __where;                            \
	} while (0)
#define UK_STAILQ_CONCAT(to, from)                                         \
	do {                                                               \
		if (UK_STAILQ_EMPTY(from))                                 \
			break;                                             \
		*(to)->last = (from)->first;                               \
		(to)->last = (from)->last;                                 \
		UK_STAILQ_INIT(from);                                      \
	} while (0)

/* Entries that know the pointer to them. UK_LIST_HEAD is of uk/list.h. */
#define UK_COMPAT_LIST_HEAD(name, type) struct name { type *first; }
#define UK_LIST_HEAD_INITIALIZER(head) { NULL }
#define UK_LIST_ENTRY(type) struct { type *next; type **prev; }
#define UK_LIST_INIT(head) ((head)->first = NULL)
#define UK_LIST_FIRST(head) ((head)->first)
#define UK_LIST_EMPTY(head) ((head)->first == NULL)
#define UK_LIST_NEXT(elm, field) ((elm)->field.next)
#define UK_LIST_PREV(elm, head, type, field)                               \
	((elm)->field.prev == &(head)->first ? NULL                        \
	 : __containerof((elm)->field.prev, type, field.next))
#define UK_LIST_FOREACH(var, head, field) \
	__UK_BSD_FOREACH(var, (head)->first, field)
#define UK_LIST_FOREACH_SAFE(var, head, field, tmp) \
	__UK_BSD_FOREACH_SAFE(var, (head)->first, field, tmp)
#define __UK_BSD_PUT(where, elm, field)                                    \
	do {                                                               \
		(elm)->field.prev = (where);                               \
		if (((elm)->field.next = *(elm)->field.prev))              \
			(elm)->field.next->field.prev = &(elm)->field.next; \
		*(elm)->field.prev = (elm);                                \
	} while (0)
#define UK_LIST_INSERT_HEAD(head, elm, field) \
	__UK_BSD_PUT(&(head)->first, elm, field)
#define UK_LIST_INSERT_AFTER(at, elm, field) \
	__UK_BSD_PUT(&(at)->field.next, elm, field)
#define UK_LIST_INSERT_BEFORE(at, elm, field) \
	__UK_BSD_PUT((at)->field.prev, elm, field)
#define UK_LIST_REMOVE(elm, field)                                         \
	do {                                                               \
		if ((*(elm)->field.prev = (elm)->field.next))              \
			(elm)->field.next->field.prev = (elm)->field.prev; \
	} while (0)

/* Both: the entry and the head end in the pointer to what comes after. */
#define UK_TAILQ_HEAD(name, type) \
	struct name { type *first; type **last; }
#define UK_TAILQ_HEAD_INITIALIZER(head) { NULL, &(head).first }
#define UK_TAILQ_ENTRY(type) struct { type *next; type **prev; }
#define UK_TAILQ_INIT(head) UK_STAILQ_INIT(head)
#define UK_TAILQ_FIRST(head) ((head)->first)
#define UK_TAILQ_EMPTY(head) ((head)->first == NULL)
#define UK_TAILQ_NEXT(elm, field) ((elm)->field.next)
/* A pointer to an entry's next begins an entry; the head has the same form. */
#define UK_TAILQ_LAST(head, headname) \
	(*((struct headname *)(void *)(head)->last)->last)
#define UK_TAILQ_PREV(elm, headname, field) \
	(*((struct headname *)(void *)(elm)->field.prev)->last)
#define UK_TAILQ_FOREACH(var, head, field) \
	__UK_BSD_FOREACH(var, (head)->first, field)
#define UK_TAILQ_FOREACH_SAFE(var, head, field, tmp) \
	__UK_BSD_FOREACH_SAFE(var, (head)->first, field, tmp)
#define UK_TAILQ_FOREACH_REVERSE(var, head, headname, field)               \
	for ((var) = UK_TAILQ_LAST(head, headname); (var);                 \
	     (var) = UK_TAILQ_PREV(var, headname, field))
#define __UK_TAILQ_PUT(head, where, elm, field)                            \
	do {                                                               \
		(elm)->field.prev = (where);                               \
		if (((elm)->field.next = *(elm)->field.prev))              \
			(elm)->field.next->field.prev = &(elm)->field.next; \
		else                                                       \
			(head)->last = &(elm)->field.next;                 \
		*(elm)->field.prev = (elm);                                \
	} while (0)
#define UK_TAILQ_INSERT_HEAD(head, elm, field) \
	__UK_TAILQ_PUT(head, &(head)->first, elm, field)
#define UK_TAILQ_INSERT_TAIL(head, elm, field) \
	__UK_TAILQ_PUT(head, (head)->last, elm, field)
#define UK_TAILQ_INSERT_AFTER(head, at, elm, field) \
	__UK_TAILQ_PUT(head, &(at)->field.next, elm, field)
#define UK_TAILQ_INSERT_BEFORE(at, elm, field) \
	__UK_BSD_PUT((at)->field.prev, elm, field)
#define UK_TAILQ_REMOVE(head, elm, field)                                  \
	do {                                                               \
		if ((*(elm)->field.prev = (elm)->field.next))              \
			(elm)->field.next->field.prev = (elm)->field.prev; \
		else                                                       \
			(head)->last = (elm)->field.prev;                  \
	} while (0)
#define UK_TAILQ_CONCAT(to, from, field)                                   \
	do {                                                               \
		if (UK_TAILQ_EMPTY(from))                                  \
			break;                                             \
		*(to)->last = (from)->first;                               \
		(from)->first->field.prev = (to)->last;                    \
		(to)->last = (from)->last;                                 \
		UK_TAILQ_INIT(from);                                       \
	} while (0)

#endif /* __UK_COMPAT_LIST_H__ */
