/**
 * Logs with exactly one thing wrong, made from green bases. Runs with one flaw are where wrong greens come from: with
 * two, each hides that the other was missed.
 */
import type { Base } from "./captures.js";
import { type Flaw, type Line, type Log, isTestLine, lastWordAt, shown } from "./log.js";
import { expressionOf, planOf, siteLine, unreadySuite } from "./plan.js";
import type { Random } from "./random.js";
import { type Tally, failedFrom, haltLine, kernelLine, locationLine, statisticsLines } from "./style.js";

const FLAWS: readonly Flaw[] = [
  "failed-result",
  "ubsan-report",
  "suite-init",
  "assertion",
  "trap",
  "crash-in-main",
  "boot-init",
  "hang",
];

const indexesOf = (lines: readonly Line[], wanted: (line: Line) => boolean): readonly number[] =>
  lines.flatMap((line, index) => (wanted(line) ? [index] : []));

const lastTestLine = (lines: readonly Line[]): number => lines.findLastIndex(isTestLine);

const trace = (line: Line): Line => ({ ...line, trace: true });

interface Counted {
  readonly failedCases: number;
  readonly failedSuites: number;
  readonly moreSuites: number;
}

const NOTHING: Counted = { failedCases: 0, failedSuites: 0, moreSuites: 0 };

/** The lines with what the guest would count, in front of everything that follows the tests. */
function counted(
  base: Base,
  lines: readonly Line[],
  { failedCases, failedSuites, moreSuites }: Counted,
): readonly Line[] {
  if (!base.statistics) return lines;
  const headers = lines.filter(({ part }) => part === "header");
  const suites: Tally = {
    failed: failedSuites,
    total: new Set(headers.map(({ suite }) => suite)).size + moreSuites,
  };
  const sites = new Set(lines.filter(isTestLine).map(({ text }) => expressionOf(text))).size;
  const rows = statisticsLines(
    base.style,
    suites,
    { failed: failedCases, total: headers.length },
    { failed: failedCases, total: Math.max(sites, 1) },
  );
  const end = lastTestLine(lines) + 1;
  return [...lines.slice(0, end), ...rows, ...lines.slice(end)];
}

/** The base itself as a log. */
export function greenLog(base: Base): Log {
  const { name, style, form, info, statistics } = base;
  const lines = counted(base, base.lines, NOTHING);
  return { name, lines, truth: "green", plan: planOf(lines), style, form, info, statistics, halts: true };
}

const REPORTS = [
  "signed integer overflow: 2147483647 + 1 cannot be represented in type 'int'",
  "shift of 1 by 40 out of bounds for type 'int'",
  "index 9 out of bounds for type 'int [4]'",
  "load of value 7, which is not a valid value for type '_Bool'",
] as const;

const X86_TRAP = [
  ["traps.c @   84", "Unhandled Trap 13 (general protection), error code=0x0"],
  ["trace.c @   41", "RIP: 0000000000121ab2 CS: 0008"],
  ["trace.c @   42", "RSP: 0000000000010ef0 SS: 0010 EFLAGS: 00000293"],
  ["trace.c @   44", "RAX: deadbeefdead0000 RBX: 00000000001878f0 RCX: 000000000000025a"],
  ["traps.c @   90", "Crashing"],
] as const;

const ARM64_TRAP = [
  ["traps_arm64.c @  210", "EL1 sync trap caught"],
  ["traps_arm64.c @  171", "\t SP       : 0x000000004000feb0"],
  ["traps_arm64.c @  172", "\t ESR_EL1  : 0x0000000096000044"],
  ["traps_arm64.c @  173", "\t ELR_EL1  : 0x000000004010e208"],
  ["traps_arm64.c @  176", "\t FAR_EL1  : 0xdeadbeefdead0000"],
] as const;

const halted = (base: Base): readonly Line[] => (base.info ? [haltLine(base.style, 2)] : []);

const assertion = ({ style }: Base): readonly Line[] => [
  trace(kernelLine(style, "CRIT", "appuktest", "main.c @   69", "Assertion failure: zero == 1")),
];

const trap = ({ style, arm64 }: Base): readonly Line[] =>
  (arm64 ? ARM64_TRAP : X86_TRAP).map(([source, text]) =>
    trace(kernelLine(style, "CRIT", "libkvmplat", source, text)),
  );

const insert = (lines: readonly Line[], at: number, more: readonly Line[]): readonly Line[] => [
  ...lines.slice(0, at),
  ...more,
  ...lines.slice(at),
];

/** A passed result of the base fails instead. */
function failing(base: Base, random: Random): readonly Line[] {
  const at = random.pick(indexesOf(base.lines, ({ part }) => part === "passed"));
  const text = failedFrom(base.lines[at]?.text ?? "");
  const place = locationLine(text, siteLine(base.lines, at));
  const red = [trace({ text, part: "failed" }), trace({ text: place, part: "location" })];
  const lines = [...base.lines.slice(0, at), ...red, ...base.lines.slice(at + 1)];
  return counted(base, lines, { failedCases: 1, failedSuites: 1, moreSuites: 0 });
}

/** Indexes in front of which another suite begins, the end of the tests included. */
function betweenSuites({ lines }: Base): readonly number[] {
  const headers = indexesOf(lines, ({ part }) => part === "header");
  const first = headers.filter((at, nth) => lines[at]?.suite !== lines[headers[nth - 1] ?? -1]?.suite);
  return [...first.slice(1), lastTestLine(lines) + 1];
}

/** Test lines in front of a hang, at least. */
const LEAST_SAID = 4;

const UNREADY = "block_device_testsuite";

function flawed(base: Base, flaw: Flaw, random: Random): readonly Line[] {
  const { lines, style } = base;
  const passed = indexesOf(lines, ({ part }) => part === "passed");
  switch (flaw) {
    case "failed-result":
      return failing(base, random);
    case "ubsan-report": {
      const text = `Undefined behavior at /home/dev/app/main.c:26:6: ${random.pick(REPORTS)}`;
      const report = trace(kernelLine(style, "ERR", "libubsan", "ubsan.c @  282", text, "finding"));
      return counted(base, insert(lines, random.pick(passed), [report]), NOTHING);
    }
    case "suite-init": {
      const text = `Could not initialize test suite: ${UNREADY}`;
      const report = trace(kernelLine(style, "ERR", "libuktest", "test.c @  168", text));
      const more = insert(lines, random.pick(betweenSuites(base)), [report]);
      return counted(base, more, { failedCases: 0, failedSuites: 1, moreSuites: 1 });
    }
    case "assertion":
      return [...lines.slice(0, random.pick(passed) + 1), ...assertion(base), ...halted(base)];
    case "trap":
      return [...lines.slice(0, random.pick(passed) + 1), ...trap(base), ...halted(base)];
    case "crash-in-main": {
      const returns = lines.findIndex(({ text }) => shown(text).includes("main returned"));
      const whole = counted(base, returns < 0 ? lines : lines.slice(0, returns), NOTHING);
      return [...whole, ...(random.chance(0.5) ? assertion(base) : trap(base)), ...halted(base)];
    }
    case "boot-init": {
      const report = trace(
        kernelLine(
          style,
          "ERR",
          "libukboot",
          "boot.c @  385",
          "Init function at 0x132e00 returned error -95",
        ),
      );
      const halting = kernelLine(style, "Info", "libukboot", "boot.c @  421", "Halting system (3)");
      const end = base.info ? [report, halting, ...halted(base)] : [report];
      return [...lines.slice(0, random.pick(betweenSuites(base))), ...end];
    }
    case "hang":
      // A guest that has said next to nothing is no test of a reader.
      return lines.slice(0, random.pick(indexesOf(lines, isTestLine).slice(LEAST_SAID)) + 1);
  }
}

/** All logs of a base with one flaw each. A transcript without marks tells no kernel messages. */
export function redLogs(base: Base, randomFor: (name: string) => Random): readonly Log[] {
  const flaws = base.form === "transcript" ? (["failed-result", "hang"] as const) : FLAWS;
  return flaws.map((flaw): Log => {
    const name = `${base.name}, one ${flaw}`;
    const { style, form, info, statistics } = base;
    return {
      name,
      lines: flawed(base, flaw, randomFor(name)),
      truth: "red",
      flaw,
      plan: planOf(base.lines, flaw === "suite-init" ? [unreadySuite(UNREADY)] : []),
      style,
      form,
      info,
      statistics,
      halts: flaw !== "hang",
    };
  });
}

/** Where in a log its flaw is spelled out. */
export const tracesOf = (log: Log): readonly number[] => indexesOf(log.lines, (line) => line.trace === true);

/** True when the red log has to be red although every line that says why is gone: its end is missing. */
export const lacksEnd = ({ flaw, lines }: Log): boolean =>
  flaw === "assertion" ||
  flaw === "trap" ||
  flaw === "boot-init" ||
  flaw === "hang" ||
  (flaw === undefined && lastWordAt(lines) === undefined);
