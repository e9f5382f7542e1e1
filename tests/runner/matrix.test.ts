/**
 * The fault matrix: each fault in the first, a middle and the last case of a suite, on every machine. All other cases
 * keep their true results, the culprit has its own status and place, and it costs one boot.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import type { RunEvent } from "../../src/core/events.js";
import { amount, turns } from "../amount.js";
import { type Said, scratch, start } from "../cli/run.js";
import { type JsonCase, type JsonDocument, MACHINES, ROOT } from "./kit.js";
import { programsWith } from "./processes.js";

type MachineName = (typeof MACHINES)[number];

/** What the culprit of a row is on a machine. */
interface Fate {
  readonly status: string;
  /** Title of its fault; a case without one goes on. */
  readonly title?: RegExp;
  /** What the line of the fault holds; absent where nothing but the case is known. */
  readonly code?: RegExp;
}

const crashed = (title: RegExp, code?: RegExp): Fate => ({
  status: "crashed",
  title,
  ...(code !== undefined && { code }),
});
const timedOut = (code?: RegExp): Fate => ({
  status: "timed-out",
  title: /^stopped after 0\.5 s, the limit of this case, in /,
  ...(code !== undefined && { code }),
});
const PASSED: Fate = { status: "passed" };
const RESET = /^the guest reset its machine (?:or turned it off )?in /;
const HALTED = /^the guest halted its processor with interrupts off in /;

const always =
  (fate: Fate): ((machine: MachineName) => Fate) =>
  () =>
    fate;

const ROWS: Readonly<Record<string, (machine: MachineName) => Fate>> = {
  trap: always(crashed(/invalid opcode|undefined instruction/, /ud2|\.inst 0/)),
  assertion: always(crashed(/^assertion failure: one == 2$/, /UK_ASSERT/)),
  crash: always(crashed(/^Nothing goes any more, for 1 reason$/, /UK_CRASH/)),
  exit: always(crashed(/^exit\(3\) was called inside the case$/)),
  loop: always(timedOut(/while \(one\)|^\t\t;$/)),
  // The trap handler of i386 sleeps for the case, and arm64 wakes up for a masked interrupt.
  halt: (machine) =>
    machine === "qemu-arm64"
      ? timedOut(/msr daifset/)
      : crashed(HALTED, machine === "qemu-x86_64" ? /cli/ : undefined),
  overflow: always(crashed(/page fault at 0x|data abort/, /^\{$|descend\(|room\[/)),
  reset: (machine) => crashed(RESET, machine === "v86" ? /outb|matrix_triple/ : undefined),
  // The processor of arm64 tries for ever, and the embedded machine gives up.
  triple: (machine) => {
    if (machine === "qemu-arm64") return timedOut();
    return machine === "v86" ? crashed(/^v86 could not go on: .* in /, /int3/) : crashed(RESET);
  },
  garbage: always(PASSED),
  flood: always(PASSED),
};
const COLUMNS = ["first", "middle", "last"] as const;

/** Places of a fault on a machine: by hand one, another one for the next fault and on the next machine. */
const columnsOf = (row: string, machine: MachineName): readonly (typeof COLUMNS)[number][] => {
  const nth = (Object.keys(ROWS).indexOf(row) + MACHINES.indexOf(machine)) % COLUMNS.length;
  return amount(
    COLUMNS,
    COLUMNS.filter((_, at) => at === nth),
  );
};

/** The suites of those places, and all whose init function fails or stands beside such a one. */
const patternsOn = (machine: MachineName): readonly string[] =>
  amount(
    ["matrix"],
    [
      ...Object.keys(ROWS).flatMap((row) =>
        columnsOf(row, machine).map((column) => `matrix_${row}_${column}`),
      ),
      ...[...COLUMNS, "beside", "after"].map((name) => `matrix_init_${name}`),
    ],
  );

const OTHERS: Readonly<Record<string, string>> = {
  passes: "passed",
  fails: "failed",
  is_skipped: "skipped",
};

const PLACES = "suites/matrix/places.c";
const source = (file: string): readonly string[] => readFileSync(join(ROOT, file), "utf8").split("\n");

interface Ran extends Said {
  readonly document: JsonDocument;
  readonly boots: number;
}

/** Runs suites on a machine, and looks whether an emulator is left when that is over. */
async function run(t: ExecutionContext, patterns: readonly string[], machine: MachineName): Promise<Ran> {
  const { file, text } = scratch(t);
  const marker = { UKTEST_MATRIX: file("") };
  const reports = ["-r", `json=${file("out.json")}`, "-r", `events=${file("events")}`];
  const running = start(["run", ...patterns, "-m", machine, ...reports], { cwd: ROOT, env: marker });
  const said = await running.end;
  t.deepEqual(programsWith(marker.UKTEST_MATRIX), [], `${machine}: a process is left`);
  const events = text("events")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as RunEvent);
  const boots = events.filter(({ type }) => type === "boot-started").length;
  return { ...said, document: JSON.parse(text("out.json")) as JsonDocument, boots };
}

const casesOf = ({ suites }: JsonDocument, suite: string): readonly JsonCase[] =>
  suites.filter(({ name }) => name === suite).flatMap(({ cases }) => cases);

/** What is wrong with the cases beside the culprit. */
function wrongOthers(cases: readonly JsonCase[], line: number): readonly string[] {
  return cases.flatMap(({ name, status, assertions }) => {
    const wanted = OTHERS[name.slice(2)];
    if (wanted === undefined) return [];
    const failures = assertions.filter((one) => one.status === "failed");
    const isPlaced = failures.every((one) => one.file === PLACES && one.line === line);
    const isRight = status === wanted && isPlaced && failures.length === (wanted === "failed" ? 1 : 0);
    return isRight ? [] : [`${name} is ${status}`];
  });
}

interface Cell {
  /** For the table. */
  readonly text: string;
  readonly wrong: readonly string[];
}

function cellOf(document: JsonDocument, suite: string, fate: Fate, line: number): Cell {
  const cases = casesOf(document, suite);
  const culprit = cases.find(({ name }) => name.endsWith("_culprit"));
  const faults = document.faults.filter((fault) => fault.case === `${suite}.${culprit?.name ?? ""}`);
  const [fault] = faults;
  const wrong = [...wrongOthers(cases, line)];
  if (cases.length !== 4) wrong.push(`${String(cases.length)} cases`);
  if (culprit?.status !== fate.status) wrong.push(`the culprit is ${String(culprit?.status)}`);
  if (fate.title === undefined && culprit?.evidence !== "memory") wrong.push("the console was believed");
  if (culprit?.file !== PLACES || culprit.line !== line) wrong.push("the case has another place");
  if (faults.length !== (fate.title === undefined ? 0 : 1)) wrong.push(`${String(faults.length)} faults`);
  if (fate.title !== undefined && !fate.title.test(fault?.title ?? ""))
    wrong.push(`it says ${String(fault?.title)}`);
  const place = fault?.file === undefined ? undefined : `${fault.file}:${String(fault.line)}`;
  if (fate.code !== undefined) {
    const at = fault?.file === undefined ? "" : source(fault.file)[(fault.line ?? 0) - 1];
    if (!fate.code.test(at ?? "")) wrong.push(`its place is ${String(place)}: ${String(at)}`);
  }
  const where = (place ?? `${String(culprit?.file)}:${String(culprit?.line)}`).replace("suites/matrix/", "");
  return { text: wrong.length > 0 ? "WRONG" : `${fate.status} ${where}`, wrong };
}

const WIDTHS = { row: 10, cell: 24 };
const rowOf = (head: string, cells: readonly string[]): string =>
  [head.padEnd(WIDTHS.row), ...cells.map((cell) => cell.padEnd(WIDTHS.cell))].join(" ").trimEnd();

for (const machine of turns(MACHINES, "runner/matrix, cases"))
  test.serial(`every fault, in every place, costs its own case and one boot on ${machine}`, async (t) => {
    const ran = await run(t, patternsOn(machine), machine);
    const { document } = ran;
    t.is(ran.code, 1, ran.stderr);
    const table = [rowOf(machine, COLUMNS)];
    let culprits = 0;
    for (const [row, fateOn] of Object.entries(ROWS)) {
      const fate = fateOn(machine);
      const line = source(PLACES).findIndex((text) => text.startsWith(`ROW(${row},`)) + 1;
      const columns = columnsOf(row, machine);
      const cells = columns.map((column) => cellOf(document, `matrix_${row}_${column}`, fate, line));
      if (fate.title !== undefined) culprits += cells.length;
      const texts = COLUMNS.map((column) => cells[columns.indexOf(column)]?.text ?? "");
      table.push(rowOf(row, texts));
      columns.forEach((column, index) => {
        t.deepEqual(cells[index]?.wrong, [], `${row} in the ${column} case`);
      });
    }
    const inits = COLUMNS.map((column) => statusesOf(document, `matrix_init_${column}`));
    table.push(
      rowOf(
        "init",
        inits.map((text) => (text === LOST ? "not-run" : "WRONG")),
      ),
    );
    t.deepEqual(inits, [LOST, LOST, LOST]);
    for (const beside of ["beside", "after"])
      t.is(statusesOf(document, `matrix_init_${beside}`), "passed failed", beside);
    culprits += inits.length;
    const boots = `${String(ran.boots)} boots for ${String(culprits)} culprits`;
    t.log(`${[...table, boots].join("\n")}\n`);
    t.is(ran.boots, culprits, "one for each: after the last of them nothing is left to run");
  });

const LOST = "not-run not-run";
const statusesOf = (document: JsonDocument, suite: string): string =>
  casesOf(document, suite)
    .map(({ status }) => status)
    .join(" ");

for (const machine of turns(MACHINES, "runner/matrix, boot"))
  test.serial(`a step of the boot that fails costs one boot and no case on ${machine}`, async (t) => {
    const { code, stderr, boots, document } = await run(t, ["matrix-init"], machine);
    t.is(code, 1, stderr);
    for (const suite of ["matrix_step_early", "matrix_step_late"])
      t.is(statusesOf(document, suite), "passed failed skipped", suite);
    t.is(boots, STEPS.length, "after the last of them nothing is left to run");
    const steps = document.faults.map(({ title }) => / function (\S+) at /.exec(title)?.[1]);
    t.deepEqual(steps, STEPS);
  });

const STEPS = ["fails_first", "fails_between", "fails_last"];
