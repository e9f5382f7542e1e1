/** Configurations of Unikraft: what is read, what is set, what is found out of a tree. */
import test from "ava";
import { UsageError } from "../../src/core/errors.js";
import { lostIn, settingsIn, withSettings } from "../../src/run/unikraft/config-text.js";
import { optionsIn, type Options } from "../../src/run/unikraft/tree.js";
import { fragmentFor, librariesWithTests, testedIn, whyLost } from "../../src/run/unikraft/wishes.js";

const TEXT = [
  "# what somebody wrote",
  "CONFIG_ARCH_ARM_64=y",
  "# CONFIG_LIBUKTEST is not set",
  'CONFIG_UK_NAME="web"',
  "CONFIG_STACK=4096",
  "CONFIG_OLD=n",
  "",
].join("\r\n");

test("what a configuration sets", (t) => {
  t.deepEqual(
    [...settingsIn(TEXT)],
    [
      ["ARCH_ARM_64", "y"],
      ["UK_NAME", '"web"'],
      ["STACK", "4096"],
    ],
  );
});

test("settings take the place of what is said of the same names, at the end", (t) => {
  const text = withSettings(
    TEXT,
    new Map([
      ["LIBUKTEST", "y"],
      ["STACK", "n"],
      ["NEW", "y"],
    ]),
  );
  t.is(
    text,
    [
      ...["# what somebody wrote", "CONFIG_ARCH_ARM_64=y", 'CONFIG_UK_NAME="web"', "CONFIG_OLD=n"],
      ...["CONFIG_LIBUKTEST=y", "# CONFIG_STACK is not set", "CONFIG_NEW=y", ""],
    ].join("\n"),
  );
  t.deepEqual(
    lostIn(
      text,
      new Map([
        ["LIBUKTEST", "y"],
        ["STACK", "n"],
        ["OLD", "y"],
        ["UK_NAME", '"web"'],
      ]),
    ),
    ["OLD"],
  );
  t.deepEqual(
    lostIn(
      "",
      new Map([
        ["A", "y"],
        ["B", "n"],
      ]),
    ),
    ["A"],
  );
});

test("the options of a file, and what they depend on", (t) => {
  const text = [
    ...[
      "menuconfig LIBRING",
      '\tbool "ring: buffers"',
      "\tdepends on LIBUKALLOC",
      "\tdepends on !ARCH_ARM_32",
    ],
    ...["if LIBRING", "config LIBRING_TEST", '\tbool "tests"', "  config  LIBRING_SIZE  ", "endif"],
  ].join("\n");
  t.deepEqual(optionsIn(text), [
    { name: "LIBRING", depends: ["LIBUKALLOC", "!ARCH_ARM_32"] },
    { name: "LIBRING_TEST", depends: [] },
    { name: "LIBRING_SIZE", depends: [] },
  ]);
  t.deepEqual(optionsIn("depends on NOTHING\nconfig\nconfiguration X"), []);
});

const optionsOf = (...names: readonly string[]): Options =>
  new Map(names.map((name) => [name, { name, depends: name === "LIBDEEP" ? ["A || B", "C"] : [] }]));

const TREE = optionsOf(
  ...[
    "LIBUKTEST",
    "LIBUKTEST_ALL",
    "LIBUKTEST_LOG_TESTS",
    "PLAT_KVM",
    "KVM_VMM_QEMU",
    "ARCH_X86_64",
    "ARCH_ARM_64",
  ],
  ...[
    "KVM_BOOT_PROTO_MULTIBOOT",
    "LIBUKDEBUG",
    "LIBUKDEBUG_PRINTK_INFO",
    "LIBPOSIX_RING",
    "LIBPOSIX_RING_TEST",
  ],
  ...["LIBDEEP", "LIBDEEP_TEST", "LIBBARE", "LIBUKALLOC_IFSTATS_GLOBAL"],
);
const WISHES = { libraries: [], architecture: "x86_64", isMeasured: false } as const;
const strictOf = (wishes: Parameters<typeof fragmentFor>[0], tree = TREE): readonly string[] => [
  ...fragmentFor(wishes, tree).strict.keys(),
];

test("what a tree needs for its tests, by the names that it has", (t) => {
  const base = ["LIBUKTEST", "LIBUKTEST_ALL", "LIBUKTEST_LOG_TESTS", "PLAT_KVM", "KVM_VMM_QEMU"];
  t.deepEqual(strictOf(WISHES), [
    ...[...base, "LIBUKDEBUG_PRINTK_INFO", "ARCH_X86_64", "KVM_BOOT_PROTO_MULTIBOOT"],
  ]);
  t.deepEqual([...fragmentFor(WISHES, TREE).loose.keys()], ["LIBUKDEBUG"]);
  // What the platform would turn on without being asked.
  const random = new Map([...TREE, ...optionsOf("LIBUKRANDOM", "LIBUKRANDOM_TEST")]);
  t.is(fragmentFor(WISHES, random).loose.get("LIBUKRANDOM"), "n");
  t.is(fragmentFor(WISHES, random, new Map([["LIBUKRANDOM", "y"]])).loose.get("LIBUKRANDOM"), undefined);
  t.is(fragmentFor({ ...WISHES, libraries: ["ukrandom"] }, random).loose.get("LIBUKRANDOM"), undefined);
  // A newer tree has the level in another library.
  const newer = new Map([...TREE, ...optionsOf("LIBUKPRINT_KLVL_INFO")]);
  t.true(strictOf(WISHES, newer).includes("LIBUKPRINT_KLVL_INFO"));
  t.false(strictOf(WISHES, newer).includes("LIBUKDEBUG_PRINTK_INFO"));
  const all = strictOf({ libraries: ["posix-ring", "libdeep"], architecture: "arm64", isMeasured: true });
  t.deepEqual(all.slice(-6), [
    ...["ARCH_ARM_64", "LIBPOSIX_RING", "LIBPOSIX_RING_TEST", "LIBDEEP", "LIBDEEP_TEST"],
    "LIBUKALLOC_IFSTATS_GLOBAL",
  ]);
});

test("libraries with tests, and those that are none", (t) => {
  t.deepEqual(librariesWithTests(TREE), ["deep", "posix-ring"]);
  t.deepEqual(
    testedIn(
      new Map([
        ["LIBPOSIX_RING", "y"],
        ["LIBBARE", "y"],
      ]),
      TREE,
    ),
    ["posix-ring"],
  );
  const wrong = (library: string): UsageError | undefined =>
    t.throws(() => fragmentFor({ ...WISHES, libraries: [library] }, TREE), { instanceOf: UsageError });
  t.like(wrong("posix-rign"), {
    message: "the tree has no library posix-rign",
    hint: 'did you mean "posix-ring"?',
  });
  t.like(wrong("bare"), { message: "bare has no tests in this tree: there is no CONFIG_LIBBARE_TEST" });
  t.like(wrong("bare"), { hint: "these have some: deep, posix-ring" });
  t.throws(() => fragmentFor({ ...WISHES, architecture: "i386" }, TREE), { message: /not built for i386/ });
  t.is(whyLost("LIBDEEP", TREE), "CONFIG_LIBDEEP (depends on A || B and on C)");
  t.is(whyLost("LIBBARE", TREE), "CONFIG_LIBBARE");
});
