/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Sorts arrays with a heap, in place, and searches sorted ones.
 * There is no input that makes it slow, and it needs no memory.
 */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

typedef int (*compare_fn)(const void *, const void *, void *);

struct array {
	char *base;
	size_t size;
	compare_fn compare;
	void *arg;
};

static char *at(const struct array *array, size_t i)
{
	return array->base + i * array->size;
}

static void swap(char *a, char *b, size_t size)
{
	char piece[32];
	size_t len;

	for (; size; size -= len, a += len, b += len) {
		len = size < sizeof(piece) ? size : sizeof(piece);
		memcpy(piece, a, len);
		memcpy(a, b, len);
		memcpy(b, piece, len);
	}
}

/* Lets element i sink until none below it is larger. */
static void sink(const struct array *array, size_t i, size_t count)
{
	size_t child;

	for (; i < count / 2; i = child) {
		child = 2 * i + 1;
		if (child + 1 < count &&
		    array->compare(at(array, child), at(array, child + 1),
				   array->arg) < 0)
			child++;
		if (array->compare(at(array, i), at(array, child),
				   array->arg) >= 0)
			return;
		swap(at(array, i), at(array, child), array->size);
	}
}

void qsort_r(void *base, size_t count, size_t size, compare_fn compare,
	     void *arg)
{
	struct array array = { base, size, compare, arg };
	size_t i;

	if (count < 2 || !size)
		return;
	for (i = count / 2; i > 0; i--)
		sink(&array, i - 1, count);
	for (i = count - 1; i > 0; i--) {
		swap(at(&array, 0), at(&array, i), size);
		sink(&array, 0, i);
	}
}

struct plain_compare {
	int (*compare)(const void *a, const void *b);
};

static int compare_plain(const void *a, const void *b, void *arg)
{
	return ((struct plain_compare *)arg)->compare(a, b);
}

void qsort(void *base, size_t count, size_t size,
	   int (*compare)(const void *, const void *))
{
	struct plain_compare plain = { compare };

	qsort_r(base, count, size, compare_plain, &plain);
}

void *bsearch(const void *key, const void *base, size_t count, size_t size,
	      int (*compare)(const void *, const void *))
{
	const char *low = base, *middle;
	int order;

	for (; count; count /= 2) {
		middle = low + count / 2 * size;
		order = compare(key, middle);
		if (!order)
			return (void *)middle;
		if (order > 0) {
			low = middle + size;
			count--;
		}
	}
	return NULL;
}
