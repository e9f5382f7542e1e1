/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Access to memory that may not be there: the handlers of its faults, and
 * what is made of the one copy that survives them. It allocates nothing and
 * prints nothing: this is fault path.
 */
#include <uk/arch/lcpu.h>
#include <uk/arch/nofault.h>
#include <uk/arch/traps.h>
#include <uk/nofault.h>

/* After those that may mend a fault, as with Unikraft. */
#define PRIORITY 8
/* Before them. */
#define PRIORITY_ALONE 0

/* Whether nothing may be mended meanwhile. */
static int is_alone;

static int on_fault(void *data)
{
	struct ukarch_trap_ctx *ctx = data;
	__uptr pc = __REGS_PC(ctx->regs);
	const struct ukarch_excpt_entry *entry;

	for (entry = uk_excpttab_start; entry < uk_excpttab_end; entry++) {
		if (pc != (__uptr)&entry->at + entry->at)
			continue;
		__REGS_PC(ctx->regs) = (__uptr)&entry->to + entry->to;
		return UK_EVENT_HANDLED;
	}
	return UK_EVENT_NOT_HANDLED;
}

static int on_fault_alone(void *data)
{
	return is_alone ? on_fault(data) : UK_EVENT_NOT_HANDLED;
}

UK_EVENT_HANDLER_PRIO(UKARCH_TRAP_PAGE_FAULT, on_fault_alone, PRIORITY_ALONE);
UK_EVENT_HANDLER_PRIO(UKARCH_TRAP_PAGE_FAULT, on_fault, PRIORITY);
UK_EVENT_HANDLER_PRIO(UKARCH_TRAP_BUS_ERROR, on_fault, PRIORITY);
#ifdef UKARCH_TRAP_X86_GP
/* Of an address that is none: its upper bits have to be alike. */
UK_EVENT_HANDLER_PRIO(UKARCH_TRAP_X86_GP, on_fault, PRIORITY);
#endif

/* Bytes from an address up to the end of its page, and no more than these. */
static __sz rest_of_page(__uptr address, __sz most)
{
	__sz rest = __PAGE_SIZE - address % __PAGE_SIZE;

	return MIN(rest, most);
}

static int can_read(__uptr address)
{
	char byte;

	return ukarch_nofault_copy(&byte, (const void *)address, 1) == 1;
}

/* Writes what is there. */
static int can_write(__uptr address)
{
	char byte;

	return ukarch_nofault_copy(&byte, (const void *)address, 1) == 1 &&
		ukarch_nofault_copy((void *)address, &byte, 1) == 1;
}

/* What one byte of a page allows, all of them do. */
static __sz probe(__uptr address, __sz len, unsigned long flags,
		  int (*can)(__uptr address))
{
	const int before = is_alone;
	__sz reached = 0;
	__sz step;

	is_alone = (flags & UK_NOFAULTF_NOPAGING) != 0;
	for (; len; address += step, len -= step) {
		step = rest_of_page(address, len);
		if (can(address))
			reached += step;
		else if (!(flags & UK_NOFAULTF_CONTINUE))
			break;
	}
	is_alone = before;
	return reached;
}

__sz uk_nofault_probe_r(__vaddr_t vaddr, __sz len, unsigned long flags)
{
	return probe(vaddr, len, flags, can_read);
}

__sz uk_nofault_probe_rw(__vaddr_t vaddr, __sz len, unsigned long flags)
{
	return probe(vaddr, len, flags, can_write);
}

static __sz copy(char *dst, const char *src, __sz len, unsigned long flags)
{
	__sz copied = 0;
	__sz step;

	for (;;) {
		step = ukarch_nofault_copy(dst, src, len);
		copied += step;
		if (step == len || !(flags & UK_NOFAULTF_CONTINUE))
			return copied;
		dst += step;
		src += step;
		len -= step;
		/* The page that stopped it is the source's, or the other. */
		step = rest_of_page(can_read((__uptr)src) ? (__uptr)dst
						       : (__uptr)src, len);
		dst += step;
		src += step;
		len -= step;
	}
}

__sz uk_nofault_memcpy(char *dst, const char *src, __sz len,
		       unsigned long flags)
{
	const int before = is_alone;
	__sz copied;

	is_alone = (flags & UK_NOFAULTF_NOPAGING) != 0;
	copied = copy(dst, src, len, flags);
	is_alone = before;
	return copied;
}
