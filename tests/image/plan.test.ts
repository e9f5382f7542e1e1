import { statSync } from "node:fs";
import test from "ava";
import type { OrphanCase, Plan, PlannedSuite } from "../../src/core/plan.js";
import { stages } from "../../src/image/testtab/names.js";
import { readPlan, readTableOf } from "../../src/image/plan.js";
import { compile, imageOf, objcopy, strippedImageOf, VARIANTS, type Variant } from "./images.js";

const SUITES: readonly PlannedSuite[] = [
  {
    name: "at_start",
    stage: { name: "constructor", priority: 4 },
    cases: [{ name: "only", file: "second.c", line: 18, sites: [22] }],
  },
  {
    name: "foo_bar",
    stage: { name: "lib", priority: 3 },
    cases: [
      { name: "eta", file: "second.c", line: 14, sites: [14] },
      { name: "zeta", file: "second.c", line: 9, sites: [11] },
    ],
  },
  {
    name: "foo",
    stage: { name: "late", priority: 9 },
    cases: [
      { name: "alpha", file: "first.c", line: 4, sites: [6, 7] },
      { name: "bar_eta", file: "first.c", line: 18, sites: [] },
      { name: "beta", description: "a described case", file: "first.c", line: 10, sites: [12, 15] },
    ],
  },
  { name: "no_cases", stage: { name: "plat", priority: 7 }, cases: [] },
  {
    name: "strange",
    stage: { name: "unknown", priority: 1 },
    cases: [{ name: "last", file: "second.c", line: 28, sites: [30] }],
  },
];

const ORPHANS: readonly OrphanCase[] = [
  { name: "lost", file: "first.c", line: 33, sites: [], suite: "a_gone_too" },
  { name: "lost", file: "first.c", line: 28, sites: [30], suite: "gone" },
];

const ARCHITECTURES: Readonly<Record<Variant, Plan["architecture"]>> = {
  x86_64: "x86_64",
  "x86_64-pie": "x86_64",
  // A 32-bit container for i386 that holds the records of a 64-bit guest.
  multiboot: "x86_64",
  i386: "i386",
  arm64: "arm64",
  "arm64-pie": "arm64",
  "arm64-rela": "arm64",
  "arm64-wide": "arm64",
};

for (const variant of VARIANTS) {
  const architecture = ARCHITECTURES[variant];

  test(`${variant}: the plan of an image with symbols`, (t) => {
    const image = imageOf(variant);
    t.deepEqual(readPlan(image), { image, architecture, suites: SUITES, orphans: ORPHANS });
  });

  test(`${variant}: the plan of a stripped image lacks only what names of symbols tell`, (t) => {
    const image = strippedImageOf(variant);
    t.true(statSync(image).size < statSync(imageOf(variant)).size);
    const suites = SUITES.map(({ name, cases }) => ({ name, cases }));
    const orphans = ORPHANS.map(({ name, file, line, sites }) => ({ name, file, line, sites }));
    t.deepEqual(readPlan(image), { image, architecture, suites, orphans });
  });
}

test("a table without a section of its own is found by its symbols", (t) => {
  for (const variant of ["x86_64", "i386", "arm64-rela"] as const) {
    const merged = objcopy(imageOf(variant), variant, "--rename-section", ".uk_testtab=.merged");
    t.deepEqual(readPlan(merged).suites, SUITES);
  }
});

test("suites without a case", (t) => {
  for (const compiler of ["x86_64", "i386", "arm64"] as const) {
    const image = compile(compiler, ["suites-only.c"]);
    const named = ["one", "two"].map((name) => ({ name, cases: [] }));
    t.deepEqual(readPlan(image).suites, named);
    t.deepEqual(readPlan(objcopy(image, compiler, "--strip-all")).suites, named);
  }
});

test("an assertion in front of the first case belongs to nobody", (t) => {
  for (const compiler of ["x86_64", "i386", "arm64"] as const) {
    const image = compile(compiler, ["helper.c"]);
    const cases = [{ name: "only", file: "helper.c", line: 10, sites: [12] }];
    for (const path of [image, objcopy(image, compiler, "--strip-all")]) {
      const plan = readPlan(path);
      t.deepEqual(plan.suites, [{ name: "helped", cases }]);
      t.deepEqual(plan.orphans, []);
    }
  }
});

test("link-time optimisation mixes the entries of files, as the guest sees them, but no records", (t) => {
  const image = compile(
    "x86_64",
    ["first.c", "second.c"],
    ["-flto", "-flto-partition=one", "-fno-toplevel-reorder"],
  );
  const withoutSites = (suites: readonly PlannedSuite[]): unknown =>
    suites.map((suite) => ({ ...suite, cases: suite.cases.map((one) => ({ ...one, sites: [] })) }));
  const { suites } = readPlan(image);
  t.deepEqual(withoutSites(suites), withoutSites(SUITES));
  // zeta is defined at line 9 of its file, and at line 10 of the other begins another case's run of entries.
  const zeta = suites.flatMap((suite) => suite.cases).find((one) => one.name === "zeta");
  t.deepEqual(zeta?.sites, []);
});

test("a table read from an image can become a plan after the file is closed", (t) => {
  t.is(readTableOf(imageOf("x86_64")).suites.length, SUITES.length);
});

test("suites of one class and priority run in the order of their entries, others have places of their own", (t) => {
  const symbol = (name: string, address: bigint) => ({ name, address });
  const stageOf = stages([
    symbol("__uk_inittab69_testsuite_run_second_0x0", 0x30n),
    symbol("__uk_inittab69_testsuite_run_first_0x0", 0x20n),
    symbol("__uk_inittab69_something_else_0x0", 0x28n),
    symbol("__uk_inittab68_testsuite_run_early_0x0", 0x10n),
    symbol("__uk_ctortab9_testsuite_run_before", 0x40n),
  ]);
  t.deepEqual(["first", "second", "early", "before"].map(stageOf), [
    { name: "late", priority: 9 },
    { name: "late", priority: 9, place: 1 },
    { name: "late", priority: 8 },
    { name: "constructor", priority: 9 },
  ]);
});
