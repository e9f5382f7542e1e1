/**
 * The commands that gdb gets: connect, stop where something goes wrong, show the frame of the case. Text only; pure.
 *
 * It uses nothing but gdb's own command language, since a gdb may be built without Python, and the frame is looked for by
 * the addresses of functions: `frame function` finds no frame that is inlined, and stays at the innermost one.
 */
import { visibleLine } from "../text/visible.js";
import type { Stub } from "./guest-stub.js";
import type { CaseFunction, Stop } from "./stops.js";

export interface ScriptOrder {
  /** For `target remote`. */
  readonly address: string;
  readonly architecture: string;
  /** Folders of the sources. */
  readonly sources: readonly string[];
  readonly stops: readonly Stop[];
  /** Where it stops besides that, as the user has asked. */
  readonly breaks: readonly string[];
  readonly cases: readonly CaseFunction[];
}

/** Whom a debugger asks. */
export interface Asked {
  readonly machine: { readonly lacksStep?: boolean };
  readonly stub: Stub;
}

/**
 * What our script asks the target when the guest has stopped for something red; the answer is what went wrong. After it may
 * stand what that is, where the guest has not printed it yet.
 */
export const STOPPED = "uktest stopped";

/** The same for a place that the user has asked for. There is no answer. */
export const REACHED = "uktest reached";

/** Settings for before the image is read: nothing is asked, fetched from a server or cut into pages. */
export const SETTINGS: readonly string[] = [
  "set confirm off",
  "set pagination off",
  "set debuginfod enabled off",
  // With the answers above gdb would wait for a library that brings the function.
  "set breakpoint pending off",
  // `run` would start the image as a program of this host.
  "set auto-connect-native-target off",
  // A busy host may take its time to answer for a guest.
  "set remotetimeout 60",
];

/** Watched variables are looked at after each step where the processor of the guest watches none. */
export const settingsFor = ({ machine, stub }: Asked): readonly string[] =>
  stub === "guest" && machine.lacksStep === true ? [...SETTINGS, "set can-use-hw-watchpoints 0"] : SETTINGS;

/** A word of gdb's command language, quoted. */
const quoted = (text: string): string => `"${text.replaceAll(/["\\]/g, "\\$&")}"`;

const hex = (value: number): string => `0x${value.toString(16)}`;

/** Cases that are not of one piece of code, each with a condition of its own: more make no session. */
const MOST_RANGES = 1000;

/** Padding that compilers put between two functions. */
const PADDING_BYTES = 64;

/** The code of cases, in pieces: neighbours are one. */
function piecesOf(
  cases: readonly CaseFunction[],
): readonly { readonly start: number; readonly end: number }[] {
  const pieces: { start: number; end: number }[] = [];
  for (const { start, end } of [...cases].sort((one, other) => one.start - other.start)) {
    const last = pieces.at(-1);
    if (last !== undefined && start - last.end < PADDING_BYTES) last.end = Math.max(end, last.end);
    else pieces.push({ start, end });
  }
  return pieces.slice(0, MOST_RANGES);
}

/**
 * Whether the selected frame is one of a case. Its pc is its first instruction where that has failed, and the address after
 * its last one where that is a call that never returns.
 */
const isInCase = (cases: readonly CaseFunction[]): string =>
  cases.length === 0
    ? "0"
    : piecesOf(cases)
        .map(({ start, end }) => `((unsigned long)$pc >= ${hex(start)} && (unsigned long)$pc <= ${hex(end)})`)
        .join(" || ");

/** Selects the frame of the case, from the outermost one inwards: what is inlined into it shares its addresses. */
const where = (cases: readonly CaseFunction[]): readonly string[] => [
  "define uktest-where",
  "  set $uktest_sp = (unsigned long)$sp",
  "  set $uktest_pc = (unsigned long)$pc",
  "  up-silently 10000",
  `  set $uktest_in_case = ${isInCase(cases)}`,
  "  while !$uktest_in_case && ((unsigned long)$sp != $uktest_sp || (unsigned long)$pc != $uktest_pc)",
  "    down-silently",
  `    set $uktest_in_case = ${isInCase(cases)}`,
  "  end",
  "  if $uktest_in_case",
  "    frame",
  "    info locals",
  "  else",
  "    backtrace",
  "  end",
  "end",
  "document uktest-where",
  "Select the frame of the test case, and print its local variables.",
  "end",
];

/** What the terminal shows at a stop: what went wrong, and where. */
const shown = (what?: string): readonly string[] => [
  "set $uktest_shown = 1",
  `monitor ${STOPPED}${what === undefined ? "" : ` ${what}`}`,
  "uktest-where",
];

const breakpoint = ({ place, condition, what, isOfCases }: Stop): readonly string[] => [
  `break ${place}${condition === undefined ? "" : ` if ${condition}`}`,
  "commands",
  "  silent",
  ...shown(what).map((line) => `  ${line}`),
  "end",
  ...(isOfCases === true ? ["disable $bpnum"] : []),
];

/** A stop that the user has asked for: gdb shows it as it shows every other. */
const ownBreakpoint = (place: string): readonly string[] => [
  `break ${place}`,
  "commands",
  "  set $uktest_shown = 1",
  `  monitor ${REACHED}`,
  "end",
];

/** Lets the stops of cases count from the first case on. */
const whenCasesBegin = (stops: readonly Stop[], cases: readonly CaseFunction[]): readonly string[] =>
  stops.some(({ isOfCases }) => isOfCases === true)
    ? cases
        .slice(0, MOST_RANGES)
        .flatMap(({ symbol }) => [
          `tbreak ${symbol}`,
          "commands",
          "  silent",
          "  enable",
          "  continue",
          "end",
        ])
    : [];

/** What every session has: where the sources are, and the command that selects the frame of the case. */
export const definitions = ({
  sources,
  cases,
}: Pick<ScriptOrder, "sources" | "cases">): readonly string[] => [
  ...sources.map((folder) => `directory ${quoted(folder)}`),
  ...where(cases),
];

/** The script for a core: what has died, and where. */
export const scriptForCore = ({
  sources,
  cases,
  what,
}: Pick<ScriptOrder, "sources" | "cases"> & { readonly what: string }): string =>
  [
    ...definitions({ sources, cases }),
    `echo ${visibleLine(`uktest: ${what}`).replaceAll("\\", "\\\\")}\\n`,
    "uktest-where",
    "",
  ].join("\n");

/**
 * What a debugger has to know of a processor: images of Unikraft for x86_64 may come as files of i386, since that is what their
 * loader takes.
 */
const ARCHITECTURE: Readonly<Record<string, readonly string[]>> = {
  x86_64: ["set architecture i386:x86-64"],
};

/** The whole script. Once the guest has ended without a stop there is nothing to debug, and gdb ends. */
export const scriptFor = ({ address, architecture, sources, stops, breaks, cases }: ScriptOrder): string =>
  [
    ...definitions({ sources, cases }),
    ...(ARCHITECTURE[architecture] ?? []),
    `target remote ${address}`,
    ...stops.flatMap(breakpoint),
    ...whenCasesBegin(stops, cases),
    ...breaks.flatMap(ownBreakpoint),
    "set $uktest_shown = 0",
    "continue",
    "if $_thread == 0",
    "  quit",
    "end",
    // Stopped for its limit, or where the user wanted it.
    "if !$uktest_shown",
    ...shown().map((line) => `  ${line}`),
    "end",
    "",
  ].join("\n");
