/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Writes the records of tracepoints into a buffer. It allocates nothing and
 * waits for nothing, and no image without live tracepoints has it.
 *
 * The host reads the buffer of a guest that may have stopped anywhere in here.
 * So each step leaves something whole: what is about to be overwritten is no
 * record any more, and what is being written is none yet.
 */
#include <string.h>
#include <uk/plat/lcpu.h>
#include <uk/plat/time.h>
#include <uk/trace.h>

struct head {
	__u32 magic;
	__u32 size;
	__u64 time;
	const void *cookie;
} __packed;

static const char keyvals[] __used __section(".uk_trace_keyvals") =
	"format_version = 1";

char uk_trace_buffer[CONFIG_LIBUKDEBUG_TRACE_BUFFER_SIZE];
char *uk_trace_buffer_writep = uk_trace_buffer;
__sz uk_trace_buffer_free = sizeof(uk_trace_buffer);

struct uk_trace_ring uk_trace_ring = {
#if CONFIG_LIBUKDEBUG_TRACE_KEEP_FIRST
	.keeps = UK_TRACE_KEEP_FIRST,
#else
	.keeps = UK_TRACE_KEEP_LAST,
#endif
};

static void go_to(char *place)
{
	uk_trace_buffer_writep = place;
	uk_trace_buffer_free = uk_trace_buffer + sizeof(uk_trace_buffer) - place;
	barrier();
}

/* The next lap begins: what this one has noted is the lap before. */
static void wrap(void)
{
	uk_trace_ring.oldest = 0;
	barrier();
	uk_trace_ring.end = uk_trace_buffer_writep - uk_trace_buffer;
	barrier();
	go_to(uk_trace_buffer);
}

/* The oldest record is none any more. */
static void lose_oldest(void)
{
	struct uk_trace_ring *ring = &uk_trace_ring;
	struct head head;

	__builtin_memcpy(&head, uk_trace_buffer + ring->oldest, sizeof(head));
	/* One that something has overwritten has no size: all go. */
	if (head.magic != UK_TP_HEADER_MAGIC ||
	    head.size > ring->end - ring->oldest)
		ring->oldest = ring->end;
	else
		ring->oldest += sizeof(head) + head.size;
	ring->lost++;
}

/* Makes room for a record; whether there is any. */
static int reserve(__sz bytes)
{
	struct uk_trace_ring *ring = &uk_trace_ring;
	__sz end;

	if (uk_trace_buffer_free >= bytes) {
		/* There is room in this lap. */
	} else if (ring->keeps == UK_TRACE_KEEP_FIRST ||
		   bytes > sizeof(uk_trace_buffer)) {
		ring->lost++;
		if (ring->keeps == UK_TRACE_KEEP_FIRST)
			uk_trace_buffer_free = 0;
		return 0;
	} else {
		while (ring->oldest < ring->end)
			lose_oldest();
		wrap();
	}
	end = uk_trace_buffer_writep - uk_trace_buffer + bytes;
	while (ring->oldest < ring->end && ring->oldest < end)
		lose_oldest();
	barrier();
	return 1;
}

static const char *text_of(const struct uk_trace_argument *arg)
{
	const char *text = *(const char *const *)arg->value;

	return text ? text : "(null)";
}

static __sz text_length(const struct uk_trace_argument *arg)
{
	return strnlen(text_of(arg), UK_TRACE_TEXT_MAX);
}

static char *put_text(char *at, const struct uk_trace_argument *arg)
{
	__sz len = text_length(arg);

	*at++ = len;
	memcpy(at, text_of(arg), len);
	return at + len;
}

/* A size that the compiler knows is one instruction and not a call. */
static char *put(char *at, const struct uk_trace_argument *arg)
{
	if (arg->is_text)
		return put_text(at, arg);
	switch (arg->size) {
	case 4:
		__builtin_memcpy(at, arg->value, 4);
		break;
	case 8:
		__builtin_memcpy(at, arg->value, 8);
		break;
	default:
		memcpy(at, arg->value, arg->size);
	}
	return at + arg->size;
}

static void write_record(const struct head *head,
			 const struct uk_trace_argument *args,
			 unsigned int count)
{
	char *start = uk_trace_buffer_writep;
	char *at = start + sizeof(*head);
	const __u32 magic = UK_TP_HEADER_MAGIC;
	unsigned int i;

	__builtin_memcpy(start, head, sizeof(*head));
	barrier();
	for (i = 0; i < count; i++)
		at = put(at, &args[i]);
	barrier();
	__builtin_memcpy(start, &magic, sizeof(magic));
	barrier();
	go_to(at);
}

void uk_trace_write(const void *cookie, const struct uk_trace_argument *args,
		    unsigned int count)
{
	unsigned long flags = ukplat_lcpu_save_irqf();
	struct head head = { .magic = 0, .cookie = cookie };
	unsigned int i;

	for (i = 0; i < count; i++)
		head.size += args[i].is_text ? 1 + text_length(&args[i]) :
					       args[i].size;
	head.time = ukplat_monotonic_clock();
	if (reserve(sizeof(head) + head.size))
		write_record(&head, args, count);
	ukplat_lcpu_restore_irqf(flags);
}

void uk_trace_restart(enum uk_trace_keep keeps)
{
	unsigned long flags = ukplat_lcpu_save_irqf();

	memset(&uk_trace_ring, 0, sizeof(uk_trace_ring));
	uk_trace_ring.keeps = keeps;
	go_to(uk_trace_buffer);
	ukplat_lcpu_restore_irqf(flags);
}
