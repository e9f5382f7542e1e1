/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The statistics of all allocators, as values of the store. Names and numbers
 * are those of Unikraft's ukalloc.
 */
#include <uk/alloc.h>
#include <uk/store.h>

#define VALUE(id, name, type, field)                                       \
	static int get_##name(void *cookie __unused, __##type *out)        \
	{                                                                  \
		struct uk_alloc_stats stats;                               \
									   \
		uk_alloc_stats_get_global(&stats);                         \
		*out = stats.field;                                        \
		return 0;                                                  \
	}                                                                  \
	UK_STORE_STATIC_ENTRY(id, name, type, get_##name, __NULL)

static int get_cur_mem_free(void *cookie __unused, __u64 *out)
{
	__ssz free = uk_alloc_availmem_total();

	*out = free < 0 ? 0 : free;
	return free < 0 ? (int)free : 0;
}
UK_STORE_STATIC_ENTRY(1, cur_mem_free, u64, get_cur_mem_free, __NULL);

VALUE(2, last_alloc_size, u64, last_alloc_size);
VALUE(3, max_alloc_size, u64, max_alloc_size);
VALUE(4, min_alloc_size, u64, min_alloc_size);
/* Those that are a sum over all allocators are read from memory, too. */
#define SUM(id, name, type, field)                                         \
	VALUE(id, name, type, field);                                      \
	UK_STORE_SUM_DATUM(get_##name, _uk_alloc_head, struct uk_alloc,    \
			   _stats.field, next)

SUM(5, tot_nb_allocs, u64, tot_nb_allocs);
SUM(6, tot_nb_frees, u64, tot_nb_frees);
SUM(7, cur_nb_allocs, s64, cur_nb_allocs);
SUM(8, max_nb_allocs, s64, max_nb_allocs);
SUM(9, cur_mem_use, s64, cur_mem_use);
SUM(10, max_mem_use, s64, max_mem_use);
SUM(11, nb_enomem, u64, nb_enomem);
