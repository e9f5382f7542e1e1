/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Linked lists with a head of one pointer, for tables of many of them.
 * It does not find the end of a list: there is no pointer to it.
 */
#ifndef __UK_HLIST_H__
#define __UK_HLIST_H__

#include <stddef.h>
#include <uk/essentials.h>

#ifdef __cplusplus
extern "C" {
#endif

struct uk_hlist_node {
	struct uk_hlist_node *next;
	/* The pointer that points here, in the head or in a node. */
	struct uk_hlist_node **pprev;
};

struct uk_hlist_head {
	struct uk_hlist_node *first;
};

#define UK_HLIST_HEAD_INIT { NULL }
#define UK_HLIST_HEAD(name) struct uk_hlist_head name = UK_HLIST_HEAD_INIT

/** Makes a list empty. */
static inline void UK_INIT_HLIST_HEAD(struct uk_hlist_head *head)
{
	head->first = NULL;
}

/** Makes a node one of no list. */
static inline void UK_INIT_HLIST_NODE(struct uk_hlist_node *node)
{
	node->next = NULL;
	node->pprev = NULL;
}

/** Whether a node is in no list. */
static inline int uk_hlist_unhashed(const struct uk_hlist_node *node)
{
	return node->pprev == NULL;
}

static inline int uk_hlist_empty(const struct uk_hlist_head *head)
{
	return head->first == NULL;
}

/* Puts a node where a pointer points to, in front of what it pointed to. */
static inline void __uk_hlist_insert(struct uk_hlist_node *node,
				     struct uk_hlist_node **where)
{
	node->next = *where;
	node->pprev = where;
	*where = node;
	if (node->next)
		node->next->pprev = &node->next;
}

static inline void uk_hlist_add_head(struct uk_hlist_node *node,
				     struct uk_hlist_head *head)
{
	__uk_hlist_insert(node, &head->first);
}

static inline void uk_hlist_add_before(struct uk_hlist_node *node,
				       struct uk_hlist_node *next)
{
	__uk_hlist_insert(node, next->pprev);
}

static inline void uk_hlist_add_behind(struct uk_hlist_node *node,
				       struct uk_hlist_node *prev)
{
	__uk_hlist_insert(node, &prev->next);
}

/** Takes a node out; its own links stay as they are. */
static inline void uk_hlist_del(struct uk_hlist_node *node)
{
	*node->pprev = node->next;
	if (node->next)
		node->next->pprev = node->pprev;
}

/** Takes a node out of the list that it may be in. */
static inline void uk_hlist_del_init(struct uk_hlist_node *node)
{
	if (uk_hlist_unhashed(node))
		return;
	uk_hlist_del(node);
	UK_INIT_HLIST_NODE(node);
}

/** Moves all nodes to another head. */
static inline void uk_hlist_move_list(struct uk_hlist_head *from,
				      struct uk_hlist_head *to)
{
	to->first = from->first;
	if (to->first)
		to->first->pprev = &to->first;
	from->first = NULL;
}

#define uk_hlist_entry(ptr, type, field) __containerof(ptr, type, field)

#define uk_hlist_entry_safe(ptr, type, field)                              \
	({                                                                 \
		struct uk_hlist_node *__node = (ptr);                      \
		__node ? uk_hlist_entry(__node, type, field)               \
		       : (type *)NULL;                                     \
	})

#define uk_hlist_for_each(p, head) \
	for ((p) = (head)->first; (p); (p) = (p)->next)
#define uk_hlist_for_each_safe(p, n, head)                                 \
	for ((p) = (head)->first; (p) && ((n) = (p)->next, 1); (p) = (n))

#define uk_hlist_for_each_entry_from(p, field)                             \
	for (; (p); (p) = uk_hlist_entry_safe((p)->field.next,             \
					      __typeof__(*(p)), field))
#define uk_hlist_for_each_entry(p, head, field)                            \
	for ((p) = uk_hlist_entry_safe((head)->first, __typeof__(*(p)),    \
				       field);                             \
	     (p);                                                          \
	     (p) = uk_hlist_entry_safe((p)->field.next, __typeof__(*(p)),  \
				       field))
#define uk_hlist_for_each_entry_continue(p, field)                         \
	for ((p) = uk_hlist_entry_safe((p)->field.next, __typeof__(*(p)),  \
				       field);                             \
	     (p);                                                          \
	     (p) = uk_hlist_entry_safe((p)->field.next, __typeof__(*(p)),  \
				       field))
#define uk_hlist_for_each_entry_safe(p, n, head, field)                    \
	for ((p) = uk_hlist_entry_safe((head)->first, __typeof__(*(p)),    \
				       field);                             \
	     (p) && ((n) = (p)->field.next, 1);                            \
	     (p) = uk_hlist_entry_safe(n, __typeof__(*(p)), field))

#ifdef __cplusplus
}
#endif

#endif /* __UK_HLIST_H__ */
