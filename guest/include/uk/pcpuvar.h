/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Variables that each processor has for itself, under the names that Unikraft
 * has for them since 0.21. The kit has one processor: they are variables.
 */
#ifndef __UK_PCPUVAR_H__
#define __UK_PCPUVAR_H__

#include <uk/arch/types.h>

/** Marks a definition or a declaration. */
#define __uk_pcpuvar

/* Numbers of this processor, by the hardware and counted. */
#define uk_pcpuvar_cpu_id ((__u64)0)
#define uk_pcpuvar_cpu_idx ((__u64)0)

/** The variable of a processor by its number, to read or to write. */
#define uk_pcpuvar_lval(idx, var) (*((void)(idx), &(var)))

#define uk_pcpuvar_current_get(var) (var)
#define uk_pcpuvar_current_set(var, value) ((void)((var) = (value)))
#define uk_pcpuvar_current_member_get(var, member) ((var).member)
#define uk_pcpuvar_current_member_set(var, member, value) \
	((void)((var).member = (value)))

#endif /* __UK_PCPUVAR_H__ */
