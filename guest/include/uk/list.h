/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Doubly linked lists whose links are members of what they link, under
 * Unikraft's names; hlist.h, which comes along, has those with a small head.
 * It neither allocates nor locks.
 */
#ifndef __UK_LIST_H__
#define __UK_LIST_H__

#include <stddef.h>
#include <uk/atomic.h>
#include <uk/essentials.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A list, or the member that makes something an entry of one. */
struct uk_list_head {
	struct uk_list_head *next;
	struct uk_list_head *prev;
};

#define UK_LIST_HEAD_INIT(name) { &(name), &(name) }

/** Defines an empty list. */
#define UK_LIST_HEAD(name) \
	struct uk_list_head name = UK_LIST_HEAD_INIT(name)

/** Makes a list empty, or an entry one of no list. */
static inline void UK_INIT_LIST_HEAD(struct uk_list_head *list)
{
	list->prev = list;
	list->next = list;
}

/* Makes two links neighbours; all changes of a list come down to this. */
static inline void __uk_list_join(struct uk_list_head *left,
				  struct uk_list_head *right)
{
	left->next = right;
	right->prev = left;
}

static inline int uk_list_empty(const struct uk_list_head *head)
{
	return head->next == head;
}

/** uk_list_empty() that also looks backwards. */
static inline int uk_list_empty_careful(const struct uk_list_head *head)
{
	return uk_list_empty(head) && head->prev == head;
}

/** Whether the list has exactly one entry. */
static inline int uk_list_is_singular(const struct uk_list_head *head)
{
	return !uk_list_empty(head) && head->prev == head->next;
}

static inline int uk_list_is_first(const struct uk_list_head *entry,
				   const struct uk_list_head *head)
{
	return head->next == entry;
}

static inline int uk_list_is_last(const struct uk_list_head *entry,
				  const struct uk_list_head *head)
{
	return head->prev == entry;
}

/** Adds an entry at the front. */
static inline void uk_list_add(struct uk_list_head *entry,
			       struct uk_list_head *head)
{
	__uk_list_join(entry, head->next);
	__uk_list_join(head, entry);
}

/** Adds an entry at the end. */
static inline void uk_list_add_tail(struct uk_list_head *entry,
				    struct uk_list_head *head)
{
	__uk_list_join(head->prev, entry);
	__uk_list_join(entry, head);
}

/** Takes an entry out; its own links stay as they are. */
static inline void uk_list_del(struct uk_list_head *entry)
{
	__uk_list_join(entry->prev, entry->next);
}

/** Takes an entry out and makes it one of no list. */
static inline void uk_list_del_init(struct uk_list_head *entry)
{
	uk_list_del(entry);
	UK_INIT_LIST_HEAD(entry);
}

/** Puts one entry in the place of another. */
static inline void uk_list_replace(struct uk_list_head *old_entry,
				   struct uk_list_head *new_entry)
{
	__uk_list_join(new_entry, old_entry->next);
	__uk_list_join(old_entry->prev, new_entry);
}

static inline void uk_list_replace_init(struct uk_list_head *old_entry,
					struct uk_list_head *new_entry)
{
	uk_list_replace(old_entry, new_entry);
	UK_INIT_LIST_HEAD(old_entry);
}

/** Moves an entry to the front of a list. */
static inline void uk_list_move(struct uk_list_head *entry,
				struct uk_list_head *head)
{
	uk_list_del(entry);
	uk_list_add(entry, head);
}

/** Moves an entry to the end of a list. */
static inline void uk_list_move_tail(struct uk_list_head *entry,
				     struct uk_list_head *head)
{
	uk_list_del(entry);
	uk_list_add_tail(entry, head);
}

/* Puts the entries of a list after a link; the list itself is left. */
static inline void __uk_list_pour(const struct uk_list_head *list,
				  struct uk_list_head *link)
{
	struct uk_list_head *next = link->next;

	if (uk_list_empty(list))
		return;
	__uk_list_join(link, list->next);
	__uk_list_join(list->prev, next);
}

/** Adds the entries of one list at the front of another. */
static inline void uk_list_splice(const struct uk_list_head *list,
				  struct uk_list_head *head)
{
	__uk_list_pour(list, head);
}

/** Adds the entries of one list at the end of another. */
static inline void uk_list_splice_tail(const struct uk_list_head *list,
				       struct uk_list_head *head)
{
	__uk_list_pour(list, head->prev);
}

static inline void uk_list_splice_init(struct uk_list_head *list,
				       struct uk_list_head *head)
{
	uk_list_splice(list, head);
	UK_INIT_LIST_HEAD(list);
}

static inline void uk_list_splice_tail_init(struct uk_list_head *list,
					    struct uk_list_head *head)
{
	uk_list_splice_tail(list, head);
	UK_INIT_LIST_HEAD(list);
}

/** Moves the entries up to this one, itself included, to another list. */
static inline void uk_list_cut_position(struct uk_list_head *list,
					struct uk_list_head *head,
					struct uk_list_head *entry)
{
	struct uk_list_head *rest = entry->next;

	if (uk_list_empty(head))
		return;
	if (entry == head) {
		UK_INIT_LIST_HEAD(list);
		return;
	}
	__uk_list_join(list, head->next);
	__uk_list_join(entry, list);
	__uk_list_join(head, rest);
}

/** What a link is a member of. */
#define uk_list_entry(ptr, type, field) __containerof(ptr, type, field)

#define uk_list_first_entry(head, type, field) \
	uk_list_entry((head)->next, type, field)
#define uk_list_last_entry(head, type, field) \
	uk_list_entry((head)->prev, type, field)
#define uk_list_first_entry_or_null(head, type, field)                     \
	(uk_list_empty(head) ? (type *)__NULL                              \
			     : uk_list_first_entry(head, type, field))
#define uk_list_last_entry_or_null(head, type, field)                      \
	(uk_list_empty(head) ? (type *)__NULL                              \
			     : uk_list_last_entry(head, type, field))
#define uk_list_next_entry(p, field) \
	uk_list_entry((p)->field.next, __typeof__(*(p)), field)
#define uk_list_prev_entry(p, field) \
	uk_list_entry((p)->field.prev, __typeof__(*(p)), field)
#define uk_list_safe_reset_next(p, n, field) \
	((n) = uk_list_next_entry(p, field))

/* Loops over links. The safe ones allow to take the current one out. */
#define uk_list_for_each(p, head) \
	for ((p) = (head)->next; (p) != (head); (p) = (p)->next)
#define uk_list_for_each_prev(p, head) \
	for ((p) = (head)->prev; (p) != (head); (p) = (p)->prev)
#define uk_list_for_each_safe(p, n, head)                                  \
	for ((p) = (head)->next, (n) = (p)->next; (p) != (head);           \
	     (p) = (n), (n) = (p)->next)

/* Loops over what is linked. */
#define uk_list_for_each_entry_from(p, head, field)                        \
	for (; &(p)->field != (head); (p) = uk_list_next_entry(p, field))
#define uk_list_for_each_entry(p, head, field)                             \
	for ((p) = uk_list_first_entry(head, __typeof__(*(p)), field);     \
	     &(p)->field != (head); (p) = uk_list_next_entry(p, field))
#define uk_list_for_each_entry_continue(p, head, field)                    \
	for ((p) = uk_list_next_entry(p, field); &(p)->field != (head);    \
	     (p) = uk_list_next_entry(p, field))
#define uk_list_for_each_entry_reverse(p, head, field)                     \
	for ((p) = uk_list_last_entry(head, __typeof__(*(p)), field);      \
	     &(p)->field != (head); (p) = uk_list_prev_entry(p, field))
#define uk_list_for_each_entry_continue_reverse(p, head, field)            \
	for ((p) = uk_list_prev_entry(p, field); &(p)->field != (head);    \
	     (p) = uk_list_prev_entry(p, field))
#define uk_list_for_each_entry_safe_from(p, n, head, field)                \
	for ((n) = uk_list_next_entry(p, field); &(p)->field != (head);    \
	     (p) = (n), (n) = uk_list_next_entry(n, field))
#define uk_list_for_each_entry_safe(p, n, head, field)                     \
	for ((p) = uk_list_first_entry(head, __typeof__(*(p)), field),     \
	    (n) = uk_list_next_entry(p, field);                            \
	     &(p)->field != (head);                                        \
	     (p) = (n), (n) = uk_list_next_entry(n, field))
#define uk_list_for_each_entry_safe_reverse(p, n, head, field)             \
	for ((p) = uk_list_last_entry(head, __typeof__(*(p)), field),      \
	    (n) = uk_list_prev_entry(p, field);                            \
	     &(p)->field != (head);                                        \
	     (p) = (n), (n) = uk_list_prev_entry(n, field))

#ifdef __cplusplus
}
#endif

#include <uk/compat_list.h>
#include <uk/hlist.h>

#endif /* __UK_LIST_H__ */
