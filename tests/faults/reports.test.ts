/**
 * Every report of another system, wherever it can stand: inside a stream of tests that all say ok, after it, in a log
 * without tests, in the boot of a Unikraft that prints its own lines. A run with one is red and names it.
 */
import test from "ava";
import { casesOf } from "../../src/core/model/counts.js";
import type { RunModel } from "../../src/core/model.js";
import { reduce } from "../../src/core/model/reduce.js";
import { judge } from "../../src/core/verdict.js";
import { read, readChunks } from "../reading.js";
import { LINUX, OTHERS, type Sample } from "./report-samples.js";

const stamped = (lines: readonly string[], caller = ""): string =>
  lines.map((line, at) => `[    1.${String(at).padStart(6, "0")}]${caller} ${line}\n`).join("");

const KTAP_HEAD = [
  "KTAP version 1",
  "1..1",
  "    KTAP version 1",
  "    # Subtest: frob",
  "    1..2",
  "    ok 1 case_a",
];
const KTAP_TAIL = ["    ok 2 case_b", "ok 1 frob"];
const TAP_HEAD = ["TAP version 13", "1..2", "ok 1 - a"];
const plain = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join("");

/** What has to be said of a sample, whatever else is. */
const told = ({ fault, finding, place }: Sample): string =>
  finding === undefined ? `${fault ?? ""} ${place ?? ""}` : `${finding.join(" ")} ${place ?? ""}`;

const at = ({ file, line }: { readonly file?: string; readonly line?: number }, wanted: boolean): string =>
  !wanted || file === undefined || line === undefined ? "" : `${file}:${String(line)}`;

/** The same of a model. */
const saidOf = ({ faults, findings }: RunModel, { place }: Sample): readonly string[] => [
  ...faults.map((one) => `${one.title} ${at(one, place !== undefined)}`),
  ...findings.map((one) => `${one.kind} ${one.check} ${one.message} ${at(one, place !== undefined)}`),
];

const framesOf = ({ faults, findings }: RunModel): readonly (string | undefined)[] =>
  [...faults, ...findings].flatMap(({ callTrace = [] }) => callTrace.map((frame) => frame.function));

for (const sample of [...LINUX, ...OTHERS]) {
  const { name, lines, fault, frame, isProgram } = sample;
  const streams: readonly (readonly [string, string, string])[] = [
    ["a KTAP stream", stamped([...KTAP_HEAD, ...lines, ...KTAP_TAIL]), "frob.case_b"],
    [
      "a KTAP stream with callers",
      stamped([...KTAP_HEAD, ...lines, ...KTAP_TAIL], "[   T51]"),
      "frob.case_b",
    ],
    ["a TAP stream", plain([...TAP_HEAD, ...lines, "ok 2 - b"]), "tap.b"],
  ];
  for (const [where, log, charged] of isProgram === true ? [] : streams)
    test(`${name} inside ${where} whose cases say ok is red`, (t) => {
      const model = read(log);
      t.deepEqual(saidOf(model, sample), [told(sample)]);
      t.is(judge(model).exitCode, 1);
      const [one] = [...model.faults, ...model.findings];
      t.is(one?.case, charged);
      t.true((one?.excerpt?.length ?? 0) >= 1);
      if (frame !== undefined) t.true(framesOf(model).includes(frame));
      const statuses = casesOf(model).map(({ status, survived }) => [status, survived]);
      t.deepEqual(statuses[0], ["passed", undefined]);
      if (fault === undefined) t.deepEqual(statuses[1], ["passed", undefined]);
      else t.is(statuses[1]?.[0], "crashed");
    });

  test(`${name} after the last planned test is red`, (t) => {
    for (const log of [
      stamped([...KTAP_HEAD, ...KTAP_TAIL, ...lines]),
      plain([...TAP_HEAD, "ok 2 - b", ...lines]),
    ]) {
      const model = read(log);
      t.deepEqual(saidOf(model, sample), [told(sample)]);
      t.is(judge(model).exitCode, 1);
      t.true(casesOf(model).every(({ status }) => status === "passed"));
    }
  });

  test(`${name} in a log without tests is named, and nothing ran`, (t) => {
    for (const log of [plain(lines), stamped(lines)]) {
      const model = read(log);
      t.deepEqual(saidOf(model, sample), [told(sample)]);
      t.is(judge(model).exitCode, 4);
      t.deepEqual(
        model.problems.filter(({ code }) => code === "garbled-line"),
        [],
      );
    }
  });

  test(`${name} reads the same byte by byte, and is never lost where the log is cut`, (t) => {
    const log = plain([...TAP_HEAD, ...lines, "ok 2 - b"]);
    const bytes = Buffer.from(log, "latin1");
    const single = reduce(readChunks(Array.from(bytes, (byte) => Uint8Array.of(byte))));
    t.deepEqual(saidOf(single, sample), saidOf(read(log), sample));
    const first = log.indexOf(lines[0] ?? "") + (lines[0] ?? "").length;
    for (let end = first; end < bytes.length; end += 7)
      t.not(judge(read(bytes.subarray(0, end))).exitCode, 0, String(end));
  });

  test(`${name} printed by an application of Unikraft is not believed`, (t) => {
    const log = [
      "[    0.100000] Info: [libukboot] <boot.c @  276> Unikraft constructor table at 0x1 - 0x2",
      "[    0.200000] Info: test:\x1b[0m demo->case",
      ...lines,
      `[    0.300000] Info: \texpected \`1\` to be 1 and was 1 ${".".repeat(49)} [ PASSED ]`,
    ];
    const model = read(plain(log));
    t.deepEqual(
      model.faults.filter(({ system }) => system !== undefined),
      [],
    );
    t.deepEqual(model.findings, []);
  });
}

test("a program that dies while the tests go on was a child of theirs", (t) => {
  for (const { lines } of OTHERS.filter(({ isProgram }) => isProgram)) {
    const model = read(plain([...TAP_HEAD, ...lines, "ok 2 - b"]));
    t.deepEqual(model.faults, []);
    t.is(judge(model).exitCode, 0);
    const stopped = read(plain([...TAP_HEAD, ...lines]));
    t.is(stopped.faults.length, 1);
    t.is(casesOf(stopped).at(-1)?.status, "crashed");
  }
});

test("a kernel without user space ends in a panic, which is none after its tests", (t) => {
  const panic = [
    'VFS: Cannot open root device "" or unknown-block(0,0): error -6',
    "Kernel panic - not syncing: VFS: Unable to mount root fs on unknown-block(0,0)",
    "CPU: 0 PID: 1 Comm: swapper Not tainted 6.9.0 #4",
    "---[ end Kernel panic - not syncing: VFS: Unable to mount root fs on unknown-block(0,0) ]---",
  ];
  t.is(judge(read(stamped([...KTAP_HEAD, ...KTAP_TAIL, ...panic]))).exitCode, 0);
  t.is(judge(read(stamped([...KTAP_HEAD, ...KTAP_TAIL, "reboot: System halted"]))).exitCode, 0);
  const early = read(stamped([...KTAP_HEAD, ...panic]));
  t.is(judge(early).exitCode, 1);
  t.is(early.faults.length, 1);
});

test("a fatal error that a test of Zephyr wants is no fault", (t) => {
  const wanted = [
    "E: >>> ZEPHYR FATAL ERROR 4: Kernel panic on CPU 0",
    "E: Current thread: 0x20000c0c (frob)",
    "Caught system error -- reason 4",
    "Fatal error expected as part of test case.",
  ];
  const model = read(plain([...TAP_HEAD, ...wanted, "ok 2 - b"]));
  t.deepEqual(model.faults, []);
  t.is(judge(model).exitCode, 0);
  t.is(judge(read(plain([...TAP_HEAD, ...wanted.slice(0, 3), "ok 2 - b"]))).exitCode, 1);
});

test("several faults have a record each, and what the case said of itself is kept", (t) => {
  const [oops, gpf] = [LINUX[0]?.lines ?? [], LINUX[2]?.lines ?? []];
  const model = read(stamped([...KTAP_HEAD, ...oops, ...gpf, "    not ok 2 case_b", "not ok 1 frob"]));
  t.is(model.faults.length, 2);
  const last = casesOf(model).at(-1);
  t.is(last?.status, "crashed");
  t.is(last?.survived, "failed");
});

test("lines of other writers inside a report do not end it, and lines of tests do", (t) => {
  const lines = LINUX[0]?.lines ?? [];
  const mixed = lines.flatMap((line) => [line, "frob: link is up"]);
  const model = read(stamped([...KTAP_HEAD, ...mixed, ...KTAP_TAIL]));
  t.deepEqual(saidOf(model, {} as Sample), [
    "BUG: unable to handle kernel NULL pointer dereference in frob_widget ",
  ]);
  t.is(casesOf(model).length, 2);
});

test("prose about faults is none", (t) => {
  const prose = [
    "checking that the Kernel panic handler is armed",
    "note: a Segmentation fault would be reported here",
    "BUG: the label of this button is wrong",
    "BUG report: the label of this button is wrong",
    "WARNING: frob is deprecated",
    "Internal error: frob not found",
    "# BUG: KASAN: use-after-free in frob, quoted by a test",
    "Assertion failed: no",
    "INFO: task list is empty",
    "UBSAN: enabled",
    "abort() was called by the user",
  ];
  for (const line of prose) {
    const model = read(plain([...TAP_HEAD, line, "ok 2 - b"]));
    t.deepEqual([model.faults, model.findings], [[], []], line);
    t.is(judge(model).exitCode, 0, line);
  }
});

test("a Linux boot without tests is no damaged Unikraft boot", (t) => {
  const boot = [
    "Linux version 6.9.0 (builder@host) (gcc 13.2.0) #4 SMP",
    "Command line: console=ttyS0",
    "mmc0: new high speed SDHC card at address 0001",
    "RSP: 0018:ffffc90000123e18 EFLAGS: 00010246",
    "Call Trace:",
    "reboot: System halted",
  ];
  for (const log of [stamped(boot), plain(boot)]) {
    const model = read(log);
    t.deepEqual(
      model.problems.filter(({ code }) => code === "garbled-line"),
      [],
    );
    t.is(judge(model).exitCode, 4);
  }
});

test("a chip that resets itself in the middle starts another boot, and its first start is none", (t) => {
  const rom = ["ets Jun  8 2016 00:22:57", "rst:0xc (SW_CPU_RESET),boot:0x13 (SPI_FAST_FLASH_BOOT)"];
  const guru = OTHERS.find(({ name }) => name === "ESP-IDF")?.lines ?? [];
  const first = ["rst:0x1 (POWERON_RESET),boot:0x13 (SPI_FAST_FLASH_BOOT)", ...TAP_HEAD];
  t.is(judge(read(plain([...first, "ok 2 - b"]))).exitCode, 0);
  const silent = read(plain([...first, ...rom]));
  t.is(silent.faults[0]?.kind, "reset");
  const died = read(plain([...first, ...guru, ...rom]));
  t.deepEqual(
    died.faults.map(({ title }) => title),
    ["Guru Meditation Error: StoreProhibited"],
  );
  t.is(casesOf(died).at(-1)?.status, "crashed");
});

test("a fault in a stream that is only understood at its end belongs to the case that ran", (t) => {
  const lines = [
    "TAP version 14",
    "\t# Subtest: first",
    "\t1..1",
    "\tok 1 - case_x",
    "ok 1 - first",
    "\t# Subtest: frob",
    "\t1..2",
    "\t# case_a: initializing",
    "\t# case_a: kunit test case crashed!",
    "\t# case_a: case_a failed",
    "\tnot ok 1 - case_a",
    "\t# case_b: initializing",
    "\tok 2 - case_b",
    "not ok 2 - frob",
    "List of all partitions:",
  ];
  const model = read(plain(lines));
  t.deepEqual(
    model.faults.map((one) => one.case),
    ["frob.case_a"],
  );
  t.deepEqual(
    casesOf(model).map(({ status, survived }) => [status, survived]),
    [
      ["passed", undefined],
      ["crashed", "failed"],
      ["passed", undefined],
    ],
  );
});

const LEADS = [
  "[Sun Nov 29 14:00:02 2026] ",
  "[  +0.000110] ",
  "6,100,2000110,-;",
  "[    2.0] (CPU0)(pid:12) ",
  "job\tstep\t2024-01-01T00:00:10.0000000Z ",
  "#12 1.234 ",
  "[pod/x/c] ",
  "2024-01-01 00:00:10,123 - INFO - ",
  "qemu: ",
];

for (const lead of LEADS)
  test(`the lead ${JSON.stringify(lead)} of a stream stands in front of its faults too`, (t) => {
    const led = (lines: readonly string[]): string => lines.map((line) => `${lead}${line}\n`).join("");
    t.is(judge(read(led([...KTAP_HEAD, ...KTAP_TAIL]))).exitCode, 0);
    for (const { name, lines, isProgram } of [...LINUX, ...OTHERS]) {
      if (isProgram === true) continue;
      t.is(judge(read(led([...KTAP_HEAD, ...lines, ...KTAP_TAIL]))).exitCode, 1, `${name} inside`);
      t.is(judge(read(led([...KTAP_HEAD, ...KTAP_TAIL, ...lines]))).exitCode, 1, `${name} after`);
    }
  });
