/** A small project whose cases have structures, arrays and pointers to look at, one of them red. */
import type { ExecutionContext } from "ava";
import { type Scratch, scratch } from "../cli/run.js";
import { putKitObjects } from "../kit-objects.js";

const SOURCE = `#include <uk/test.h>

struct point {
	int x;
	int y;
};

struct shape {
	const char *name;
	struct point corners[3];
	struct shape *next;
};

static int calls;

static int area(const struct shape *shape)
{
	int sum = 0;
	int i;

	for (i = 0; i < 3; i++)
		sum += shape->corners[i].x * shape->corners[i].y;
	calls++;
	return sum;
}

UK_TESTCASE(shape_suite, has_area)
{
	struct shape last = { "last", { { 1, 2 }, { 3, 4 }, { 5, 6 } }, NULL };
	struct shape first = { "first", { { 7, 8 }, { 9, 10 }, { 11, 12 } }, &last };
	int found = area(&last);

	UK_TEST_EXPECT_SNUM_EQ(found, 45);
	found = area(first.next);
	UK_TEST_EXPECT_SNUM_EQ(found, 44);
}

UK_TESTCASE(shape_suite, is_green)
{
	UK_TEST_EXPECT(calls >= 0);
}

uk_testsuite_register(shape_suite, NULL);
`;

/** Makes it, with the kit compiled for these machines. */
export async function shapes(
  t: ExecutionContext,
  machines: readonly string[] = ["qemu-x86_64"],
): Promise<Scratch> {
  const made = scratch(t);
  made.put("shape.c", SOURCE);
  made.put("uktest.config.json", JSON.stringify({ suites: { shapes: { sources: ["*.c"] } } }));
  await putKitObjects(made.path, machines);
  return made;
}

/** The line of the source that holds a text, from 1. */
export const lineWith = (text: string): number =>
  SOURCE.split("\n").findIndex((line) => line.includes(text)) + 1;
