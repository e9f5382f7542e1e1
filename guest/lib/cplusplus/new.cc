/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * new and delete, on the default allocator. Without exceptions there is no way
 * out of an expression: where no memory is left, the machine ends as crashed.
 */
#include <new>
#include <stdlib.h>
#include <uk/assert.h>

const std::nothrow_t std::nothrow{};

/* An object of no size has an address of its own as well. */
static void *allocated(size_t size)
{
	return malloc(size == 0 ? 1 : size);
}

static void *allocated(size_t size, std::align_val_t align)
{
	return memalign(static_cast<size_t>(align), size == 0 ? 1 : size);
}

static void *wanted(void *memory, size_t size)
{
	if (!memory)
		UK_CRASH("operator new: no memory for %lu bytes\n",
			 static_cast<unsigned long>(size));
	return memory;
}

void *operator new(size_t size)
{
	return wanted(allocated(size), size);
}

void *operator new[](size_t size)
{
	return wanted(allocated(size), size);
}

void *operator new(size_t size, std::align_val_t align)
{
	return wanted(allocated(size, align), size);
}

void *operator new[](size_t size, std::align_val_t align)
{
	return wanted(allocated(size, align), size);
}

void *operator new(size_t size, const std::nothrow_t &) noexcept
{
	return allocated(size);
}

void *operator new[](size_t size, const std::nothrow_t &) noexcept
{
	return allocated(size);
}

void operator delete(void *ptr) noexcept
{
	free(ptr);
}

void operator delete[](void *ptr) noexcept
{
	free(ptr);
}

void operator delete(void *ptr, size_t) noexcept
{
	free(ptr);
}

void operator delete[](void *ptr, size_t) noexcept
{
	free(ptr);
}

void operator delete(void *ptr, std::align_val_t) noexcept
{
	free(ptr);
}

void operator delete[](void *ptr, std::align_val_t) noexcept
{
	free(ptr);
}

void operator delete(void *ptr, size_t, std::align_val_t) noexcept
{
	free(ptr);
}

void operator delete[](void *ptr, size_t, std::align_val_t) noexcept
{
	free(ptr);
}

void operator delete(void *ptr, const std::nothrow_t &) noexcept
{
	free(ptr);
}

void operator delete[](void *ptr, const std::nothrow_t &) noexcept
{
	free(ptr);
}
