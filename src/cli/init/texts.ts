/**
 * What the first files of a project say. Pure functions of its name; what has to be written is decided in ../init.ts.
 */

/** A library that is small and can be wrong. */
export const header = (name: string): string => {
  const guard = `${name.toUpperCase()}_H`;
  return `/*
 * Numbers that stay within limits.
 */
#ifndef ${guard}
#define ${guard}

/** The value, or the nearest limit of one that lies outside. */
int ${name}_clamp(int value, int low, int high);

#endif /* ${guard} */
`;
};

export const source = (name: string): string => `#include "${name}.h"

int ${name}_clamp(int value, int low, int high)
{
	if (value < low)
		return low;
	return value > high ? high : value;
}
`;

/** The suite of that library. */
export const suite = (name: string): string => `/*
 * The suite of ${name}: what ${name}.h promises.
 */
#include <uk/test.h>

#include "${name}.h"

UK_TESTCASE(${name}_testsuite, clamp_within)
{
	UK_TEST_EXPECT_SNUM_EQ(${name}_clamp(5, 0, 10), 5);
	UK_TEST_EXPECT_SNUM_EQ(${name}_clamp(-5, -10, 0), -5);
}

UK_TESTCASE(${name}_testsuite, clamp_at_the_limits)
{
	UK_TEST_EXPECT_SNUM_EQ(${name}_clamp(0, 0, 10), 0);
	UK_TEST_EXPECT_SNUM_EQ(${name}_clamp(10, 0, 10), 10);
}

UK_TESTCASE(${name}_testsuite, clamp_outside)
{
	UK_TEST_EXPECT_SNUM_EQ(${name}_clamp(-1, 0, 10), 0);
	UK_TEST_EXPECT_SNUM_EQ(${name}_clamp(11, 0, 10), 10);
}

uk_testsuite_register(${name}_testsuite, NULL);
`;

/** A suite beside a library that is there already: it takes nothing of it for granted. */
export const suiteBeside = (name: string): string => `/*
 * The first suite of ${name}. It runs in a guest of uktest's kit and in an image
 * of Unikraft alike.
 */
#include <uk/test.h>

UK_TESTCASE(${name}_testsuite, ${name}_test_first)
{
	UK_TEST_EXPECT_SNUM_EQ(1 + 1, 2);
}

uk_testsuite_register(${name}_testsuite, NULL);
`;

export const configuration = (name: string, sources: readonly string[]): string => {
  const list = sources.map((one) => JSON.stringify(one)).join(", ");
  return `{
  "suites": {
    ${JSON.stringify(name)}: { "sources": [${list}] }
  }
}
`;
};

/**
 * What a library of Unikraft needs to build its suite, in the words that its own libraries have: the file for
 * Makefile.uk, and an option for Config.uk.
 */
export const unikraftLines = (library: string, file: string): { makefile: string; config: string } => {
  const upper = library.toUpperCase();
  return {
    makefile: `ifneq ($(filter y,$(CONFIG_${upper}_TEST) $(CONFIG_LIBUKTEST_ALL)),)
${upper}_SRCS-y += $(${upper}_BASE)/${file}
endif`,
    config: `if ${upper}
config ${upper}_TEST
\tbool "Enable unit tests"
\tdefault n
\tselect LIBUKTEST
endif`,
  };
};
