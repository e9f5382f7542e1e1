/** Dialects that a configuration describes by regular expressions: what they read, and which of them prove nothing. */
import test from "ava";
import type { Marker } from "../../src/config/markers.js";
import { RunReader } from "../../src/console/reader.js";
import { dialectsFor } from "../../src/console/dialects.js";
import { UsageError } from "../../src/core/errors.js";
import { reduce } from "../../src/core/model/reduce.js";
import { markerDialect } from "../../src/marker/dialect.js";
import { conclusions } from "../reading.js";

const SHELL: Marker = {
  start: "^selftest: go$",
  case: String.raw`^selftest: (?P<suite>\w+)/(?P<name>\w+)\.\.\. ?$`,
  passed: ["^fine$", String.raw`^selftest: (?P<suite>\w+)/(?P<name>\w+)\.\.\. fine(?: in (?P<ms>\d+) ms)?$`],
  failed: String.raw`^broken(?:: (?P<message>.*) at (?P<file>[\w./]+):(?P<line>\d+))?$`,
  skipped: String.raw`^selftest: (?P<suite>\w+)/(?P<name>\w+)\.\.\. not here: (?P<message>.*)$`,
  failure: String.raw`^  saw (?P<message>.*)$`,
  endPassed: "^selftest: all fine$",
  endFailed: "^selftest: something broke$",
  fault: String.raw`^HALT: (?P<message>.*)$`,
};
const PLANNED: Marker = { plan: String.raw`^(?P<cases>\d+) checks$`, passed: String.raw`^\+ (?P<name>\w+)$` };

async function read(marker: Marker, ...lines: readonly string[]): Promise<readonly string[]> {
  const dialects = await dialectsFor("auto", [markerDialect("shell", marker, "markers.shell")]);
  const tool = { name: "uktest", version: "0" } as const;
  const reader = new RunReader({ tool, sources: ["x"], policy: { ubsan: "fail" } }, dialects);
  reader.open("x");
  const events = [
    ...reader.feed(Buffer.from(`${lines.join("\n")}\n`)),
    ...reader.close(),
    ...reader.finish(),
  ];
  return conclusions(reduce([...reader.finish(), ...events]));
}

const GREEN = [
  "booting",
  "fine",
  "selftest: go",
  "selftest: disk/reads... fine in 12 ms",
  "selftest: disk/writes...",
  "fine",
  "selftest: net/sends... not here: no card",
  "selftest: all fine",
];

test("cases over one line or several, skipped ones, times; nothing in front of the start counts", async (t) => {
  t.deepEqual(await read(SHELL, ...GREEN), [
    "verdict passed exit 0 evidence console",
    "boot ended normal",
    "case disk.reads passed passed 0 failed 0",
    "case disk.writes passed passed 0 failed 0",
    "case net.sends skipped passed 0 failed 0",
    "  because no card",
  ]);
});

test("cut in front of its last word it is red", async (t) => {
  for (let lines = 3; lines < GREEN.length; lines += 1) {
    const [verdict] = await read(SHELL, ...GREEN.slice(0, lines));
    t.regex(verdict ?? "", /^verdict failed/, GREEN[lines]);
  }
});

test("a failure with its place, what was seen in front of it, and a last word that contradicts", async (t) => {
  const failed = await read(
    SHELL,
    ...["selftest: go", "selftest: disk/writes...", "  saw 3 bytes", "broken: short write at fs/disk.c:7"],
    "selftest: something broke",
  );
  t.deepEqual(
    failed.slice(2),
    [
      "case disk.writes failed passed 0 failed 2",
      "  failed at -:0: 3 bytes",
      "  failed at fs/disk.c:7: short write",
      "  because 2 of 2 assertions failed",
    ].map((line) => line.replace(" at -:0", "")),
  );
  const lies = await read(SHELL, "selftest: go", "selftest: a/b...", "broken", "selftest: all fine");
  t.true(lies.includes("problem error stream-invalid"));
});

test("a fault is charged to the case that runs, and the boot ends in it", async (t) => {
  const died = await read(SHELL, "selftest: go", "selftest: disk/writes...", "HALT: stack is gone");
  t.deepEqual(died.slice(1, 5), [
    "boot ended fault",
    "case disk.writes crashed passed 0 failed 0",
    "  because stack is gone",
    "fault crash in disk.writes: stack is gone (0 registers, 0 frames)",
  ]);
});

test("a plan alone is an end", async (t) => {
  t.regex((await read(PLANNED, "2 checks", "+ a", "+ b"))[0] ?? "", /^verdict passed/);
  t.regex((await read(PLANNED, "2 checks", "+ a"))[0] ?? "", /^verdict failed/);
  t.regex((await read(PLANNED, "2 checks", "+ a", "+ b", "+ c"))[0] ?? "", /^verdict failed/);
});

const wrong = (marker: Marker): UsageError | undefined => {
  try {
    markerDialect("shell", marker, "markers.shell");
    return undefined;
  } catch (error) {
    return error instanceof UsageError ? error : undefined;
  }
};

test("a marker that could prove nothing, or that is no expression, is one error that names its key", (t) => {
  const rows: readonly (readonly [Marker, RegExp])[] = [
    [{ passed: "^ok (?P<name>.*)$" }, /^markers\.shell has neither a plan nor an end$/],
    [{ end: "^done$", passed: "^ok$" }, /^markers\.shell\.passed names no case$/],
    [
      { end: "^done$", case: "^run (?P<name>.*)$" },
      /^markers\.shell says of no line that a case has passed$/,
    ],
    [{ ...SHELL, case: "^run$" }, /^markers\.shell\.case has no group named name$/],
    [{ ...SHELL, end: "^(?P<name>x)$" }, /^markers\.shell\.end has a group named name$/],
    [{ ...SHELL, failed: "^a(?=b)$" }, /^markers\.shell\.failed is no regular expression of RE2: /],
    [{ ...SHELL, failed: "(" }, /^markers\.shell\.failed is no regular expression of RE2: /],
    [{ ...SHELL, failed: String.raw`(a)\1` }, /^markers\.shell\.failed is no regular expression of RE2: /],
  ];
  for (const [marker, message] of rows) t.regex(wrong(marker)?.message ?? "none", message);
});

test("an expression that other engines run away with takes a long line in its stride", async (t) => {
  const marker: Marker = { ...PLANNED, failed: "^(?P<name>(a+)+)$" };
  const line = `${"a".repeat(4000)}!`;
  const lines = Array.from({ length: 50 }, () => line);
  // A backtracking engine needs 2^4000 steps for one of them.
  t.regex((await read(marker, "1 checks", ...lines, "+ a"))[0] ?? "", /^verdict passed/);
});
