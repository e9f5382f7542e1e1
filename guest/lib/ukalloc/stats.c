/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The list of allocators and their statistics.
 * Sizes are what callers asked for, not what the records cost.
 */
#include <errno.h>
#include <stddef.h>
#include <string.h>
#include "heap.h"
#include "measure.h"

struct uk_alloc *_uk_alloc_head;

int uk_alloc_register(struct uk_alloc *a)
{
	struct uk_alloc **end = &_uk_alloc_head;

	while (*end && *end != a)
		end = &(*end)->next;
	if (*end)
		return 0;
	a->next = NULL;
	*end = a;
	return 0;
}

void uk_heap_fini(struct uk_alloc *a)
{
	struct uk_alloc **place = &_uk_alloc_head;

	while (*place && *place != a)
		place = &(*place)->next;
	if (*place)
		*place = a->next;
}

int uk_alloc_set_default(struct uk_alloc *a)
{
	uk_heap_fini(a);
	a->next = _uk_alloc_head;
	_uk_alloc_head = a;
	return 0;
}

void stats_count_alloc(struct uk_alloc *a, size_t size)
{
	struct uk_alloc_stats *stats = &a->_stats;

	stats->last_alloc_size = size;
	if (size > stats->max_alloc_size)
		stats->max_alloc_size = size;
	if (!stats->tot_nb_allocs || size < stats->min_alloc_size)
		stats->min_alloc_size = size;
	stats->tot_nb_allocs++;
	stats->cur_nb_allocs++;
	if (stats->cur_nb_allocs > stats->max_nb_allocs)
		stats->max_nb_allocs = stats->cur_nb_allocs;
	stats->cur_mem_use += (__ssz)size;
	if (stats->cur_mem_use > stats->max_mem_use)
		stats->max_mem_use = stats->cur_mem_use;
	if (unlikely(measure_is_on))
		measure_count((__ssz)size, 1);
}

void stats_count_free(struct uk_alloc *a, size_t size)
{
	a->_stats.tot_nb_frees++;
	a->_stats.cur_nb_allocs--;
	a->_stats.cur_mem_use -= (__ssz)size;
	if (unlikely(measure_is_on))
		measure_count(-(__ssz)size, -1);
}

void *stats_count_enomem(struct uk_alloc *a)
{
	a->_stats.nb_enomem++;
	errno = ENOMEM;
	return NULL;
}

void uk_alloc_stats_get(struct uk_alloc *a, struct uk_alloc_stats *dst)
{
	*dst = a->_stats;
}

void uk_alloc_stats_reset(struct uk_alloc *a)
{
	struct uk_alloc_stats now = a->_stats;

	memset(&a->_stats, 0, sizeof(a->_stats));
	a->_stats.cur_nb_allocs = now.cur_nb_allocs;
	a->_stats.max_nb_allocs = now.cur_nb_allocs;
	a->_stats.cur_mem_use = now.cur_mem_use;
	a->_stats.max_mem_use = now.cur_mem_use;
}

static void add_stats(struct uk_alloc_stats *sum,
		      const struct uk_alloc_stats *stats)
{
	if (stats->tot_nb_allocs) {
		sum->last_alloc_size = stats->last_alloc_size;
		if (stats->max_alloc_size > sum->max_alloc_size)
			sum->max_alloc_size = stats->max_alloc_size;
		if (!sum->tot_nb_allocs ||
		    stats->min_alloc_size < sum->min_alloc_size)
			sum->min_alloc_size = stats->min_alloc_size;
	}
	sum->tot_nb_allocs += stats->tot_nb_allocs;
	sum->tot_nb_frees += stats->tot_nb_frees;
	sum->cur_nb_allocs += stats->cur_nb_allocs;
	sum->max_nb_allocs += stats->max_nb_allocs;
	sum->cur_mem_use += stats->cur_mem_use;
	sum->max_mem_use += stats->max_mem_use;
	sum->nb_enomem += stats->nb_enomem;
}

void uk_alloc_stats_get_global(struct uk_alloc_stats *dst)
{
	struct uk_alloc *a;

	memset(dst, 0, sizeof(*dst));
	uk_alloc_foreach(a)
		add_stats(dst, &a->_stats);
}

__sz uk_alloc_availmem_total(void)
{
	struct uk_alloc *a;
	__sz total = 0;

	uk_alloc_foreach(a)
		if (a->availmem)
			total += (__sz)uk_alloc_availmem(a);
	return total;
}

unsigned long uk_alloc_pavailmem_total(void)
{
	struct uk_alloc *a;
	unsigned long total = 0;

	uk_alloc_foreach(a)
		if (a->pavailmem)
			total += (unsigned long)uk_alloc_pavailmem(a);
	return total;
}
