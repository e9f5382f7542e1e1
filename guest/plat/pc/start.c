/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What the loader of a PC says: command line and memory, by PVH or multiboot.
 * It does not cover modules, or memory apart from that of the image.
 */
#include <uk/arch/lcpu.h>
#include <uk/arch/paging.h>
#include <uk/arch/traps.h>
#include <uk/plat/bootstrap.h>
#include <uk/plat/memory.h>
#include <uk/plat/time.h>

#define MULTIBOOT_MAGIC 0x2badb002UL
#define MULTIBOOT_CMDLINE 0x04
#define MULTIBOOT_MMAP 0x40
#define MULTIBOOT_LOADER 0x200
#define RAM 1
#define CMDLINE_BYTES 4096

struct multiboot_info {
	__u32 flags, mem_lower, mem_upper, boot_device, cmdline;
	__u32 mods_count, mods_addr, syms[4], mmap_length, mmap_addr;
} __packed;

struct multiboot_range {
	__u32 size;
	__u64 base, length;
	__u32 type;
} __packed;

struct pvh_info {
	__u32 magic, version, flags, modules;
	__u64 modules_addr, cmdline, rsdp, memmap;
	__u32 memmap_entries, reserved;
} __packed;

struct pvh_range {
	__u64 base, length;
	__u32 type, reserved;
} __packed;

static char cmdline[CMDLINE_BYTES];
static __uptr memory_end;

const char *ukplat_cmdline(void)
{
	return cmdline;
}

static void copy_cmdline(const char *from)
{
	unsigned int i;

	for (i = 0; i < CMDLINE_BYTES - 1 && from[i]; i++)
		cmdline[i] = from[i];
	cmdline[i] = '\0';
}

static const char *after_first_word(const char *text)
{
	while (*text && *text != ' ')
		text++;
	while (*text == ' ')
		text++;
	return text;
}

/* Only the range that the image lies in counts. */
static void take_range(__u64 base, __u64 length, __u32 type)
{
	__u64 end = base + length;

	if (type != RAM || base > (__uptr)uk_image_start ||
	    end < (__uptr)uk_image_end)
		return;
	if (end > ukarch_paging_limit())
		end = ukarch_paging_limit();
	memory_end = ALIGN_DOWN((__uptr)end, __PAGE_SIZE);
}

static void read_multiboot(const struct multiboot_info *info)
{
	const char *words = (const char *)(__uptr)info->cmdline;
	const struct multiboot_range *range;
	__uptr at = info->mmap_addr;
	__uptr end = at + info->mmap_length;

	/*
	 * A loader that gives its name puts the image's name in front of the
	 * words; an emulator that starts the image by itself does neither.
	 */
	if (info->flags & MULTIBOOT_CMDLINE)
		copy_cmdline(info->flags & MULTIBOOT_LOADER
				     ? after_first_word(words) : words);
	if (!(info->flags & MULTIBOOT_MMAP))
		return;
	while (at < end) {
		range = (const struct multiboot_range *)at;
		take_range(range->base, range->length, range->type);
		at += range->size + sizeof(range->size);
	}
}

static void read_pvh(const struct pvh_info *info)
{
	const struct pvh_range *range;
	unsigned int i;

	if (info->cmdline)
		copy_cmdline((const char *)(__uptr)info->cmdline);
	range = (const struct pvh_range *)(__uptr)info->memmap;
	for (i = 0; i < info->memmap_entries; i++)
		take_range(range[i].base, range[i].length, range[i].type);
}

void ukplat_heap_region(void **base, __sz *len)
{
	*base = uk_image_end;
	*len = memory_end > (__uptr)uk_image_end
		? memory_end - (__uptr)uk_image_end : 0;
}

/** Called by entry.S of the architecture. */
void ukplat_start(unsigned long magic, unsigned long info) __noreturn;
void ukplat_start(unsigned long magic, unsigned long info)
{
	ukplat_time_init();
	ukarch_traps_init();
	memory_end = (__uptr)uk_image_end;
	if (magic == MULTIBOOT_MAGIC)
		read_multiboot((const struct multiboot_info *)info);
	else
		read_pvh((const struct pvh_info *)info);
	ukarch_paging_cut(memory_end);
	/* Nothing at 0 any more, where a loader may have put what it says. */
	ukarch_paging_hole(0);
	ukarch_paging_hole((__uptr)uk_boot_stack_guard);
	ukarch_go_on(ukplat_entry);
}
