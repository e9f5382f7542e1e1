/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The order of a boot: plan, constructors, heap, static constructors, init
 * functions, end of the tests, main. It does not know what any of these does.
 */
#include <uk/ctors.h>
#include <uk/init.h>
#include <uk/plat/bootstrap.h>
#include <uk/plat/memory.h>
#include <uk/print.h>
#include <uk/trace.h>
#include "arguments.h"

struct uk_alloc;

UK_TRACEPOINT(trace_ukboot_init, "%p", void *);
UK_TRACEPOINT(trace_ukboot_init_ret, "%d", int);
UK_TRACEPOINT(trace_ukboot_main, "%d", int);
UK_TRACEPOINT(trace_ukboot_main_ret, "%d", int);
UK_TRACEPOINT(trace_ukboot_halt, "%d", int);

/* Parts that an image may be without. */
struct uk_alloc *uk_heap_init(void *base, __sz len);
void uk_test_begin(void);
void uk_test_end(void);
int main(int argc, char *argv[]);

#pragma weak uk_heap_init
#pragma weak uk_test_begin
#pragma weak uk_test_end
#pragma weak main

static void call_constructors(void)
{
	const uk_ctor_func_t *ctor;

	for (ctor = uk_ctortab_start; ctor < uk_ctortab_end; ctor++)
		(*ctor)();
}

/* Those of the compiler: static objects of C++ ask for memory. */
static void call_static_constructors(void)
{
	const uk_ctor_func_t *ctor;

	for (ctor = uk_init_array_start; ctor < uk_init_array_end; ctor++)
		(*ctor)();
}

static void start_heap(void)
{
	void *base;
	__sz len;

	if (!uk_heap_init)
		return;
	ukplat_heap_region(&base, &len);
	if (!uk_heap_init(base, len))
		uk_pr_err("No memory for a heap\n");
}

static void halt(enum ukplat_gstate request) __noreturn;
static void halt(enum ukplat_gstate request)
{
	trace_ukboot_halt(request);
	uk_printk(KLVL_INFO | UK_PRINT_PROTOCOL, "Halting system (%d)\n",
		  request);
	ukplat_terminate(request);
}

static void call_init_functions(struct uk_init_ctx *context)
{
	const uk_init_func_t *init;
	int result;

	for (init = uk_inittab_start; init < uk_inittab_end; init++) {
		/* A tool may have taken the function out of the image. */
		if (!*init)
			continue;
		trace_ukboot_init((void *)(__uptr)*init);
		result = (*init)(context);
		trace_ukboot_init_ret(result);
		if (result >= 0)
			continue;
		uk_printk(KLVL_ERR | UK_PRINT_PROTOCOL,
			  "Init function at %p returned error %d\n",
			  (void *)(__uptr)*init, result);
		halt(UKPLAT_CRASH);
	}
}

/* What was begun last ends first. */
static void call_term_functions(void)
{
	const struct uk_term_ctx context = { .target = UKPLAT_HALT };
	const uk_term_func_t *term = uk_termtab_end;

	while (term > uk_termtab_start) {
		term--;
		if (*term)
			(*term)(&context);
	}
}

static void call_main(int argc, char *argv[])
{
	int i, result;

	if (!main)
		return;
	uk_pr_info("Calling main(%d, [", argc);
	for (i = 0; i < argc; i++)
		uk_pr_info("%s'%s'", i ? ", " : "", argv[i]);
	uk_pr_info("])\n");
	trace_ukboot_main(argc);
	result = main(argc, argv);
	trace_ukboot_main_ret(result);
	uk_pr_info("main returned %d\n", result);
}

void ukplat_entry(void)
{
	struct uk_init_ctx context;

	uk_print_configure();
	if (uk_test_begin)
		uk_test_begin();
	call_constructors();
	start_heap();
	call_static_constructors();
	context.cmdline.argc = arguments_split(&context.cmdline.argv);
	call_init_functions(&context);
	if (uk_test_end)
		uk_test_end();
	call_main(context.cmdline.argc, context.cmdline.argv);
	call_term_functions();
	halt(UKPLAT_HALT);
}
