/**
 * The real captures of tests/fixtures/serial with their truth, and the green bases made from them: everything that was
 * wrong is rewritten to what the same guest would have printed without it.
 */
import { bytesOf, serialLogs } from "../../tests/reading.js";
import { type Line, type Log, isTestLine, lineOf, shown } from "./log.js";
import { planOf } from "./plan.js";
import { type Style, fullEnd, passedFrom } from "./style.js";

/** A run in which nothing is wrong, without statistics; flaws.ts makes logs of it. */
export interface Base {
  readonly name: string;
  readonly lines: readonly Line[];
  readonly style: Style;
  readonly form: string;
  readonly arm64: boolean;
  readonly info: boolean;
  readonly statistics: boolean;
}

/** Captures that are green as they are. */
const GREEN = new Set([
  "v0.17-x86_64-all-suites-pass",
  "v0.17-x86_64-ansi-thread-caller",
  "v0.18-x86_64-probed-hole",
  "v0.21-x86_64-clean",
  "v0.21-x86_64-debug-level-end",
]);

interface Source {
  readonly capture: string;
  readonly style: Style;
  readonly form: string;
  /** The capture stops in a crash; this version's end is put in its place. */
  readonly version?: string;
  /** The capture has nothing of level INFO but its test lines. */
  readonly quiet?: true;
}

const SOURCES: readonly Source[] = [
  { capture: "v0.17-x86_64-all-suites-pass", style: "timed", form: "time level" },
  { capture: "v0.17-x86_64-ansi-thread-caller", style: "colours", form: "time level thread caller" },
  { capture: "v0.17-x86_64-failures-ubsan-noise", style: "timed", form: "time level" },
  { capture: "v0.17-x86_64-no-timestamps", style: "untimed", form: "level" },
  { capture: "v0.17-x86_64-default-log-level", style: "timed", form: "time level", quiet: true },
  {
    capture: "v0.17-arm64-trap-mid-suite",
    style: "timed",
    form: "time level",
    version: "Calypso 0.17.0~eaf6fda1",
  },
  {
    capture: "v0.14-x86_64-assert-mid-suite",
    style: "timed",
    form: "time level",
    version: "Prometheus 0.14.0~70bc0af0",
  },
  { capture: "v0.7-x86_64-page-fault-in-main", style: "timed", form: "printf" },
  { capture: "v0.6-x86_64-assert-mid-suite", style: "timed", form: "printf", version: "Dione 0.6.0~2925462" },
  { capture: "v0.21-x86_64-clean", style: "nuls", form: "time" },
  { capture: "slide-vfscore", style: "untimed", form: "transcript", quiet: true },
];

function linesOf(capture: string): readonly Line[] {
  const text = bytesOf(`${capture}.log`).toString("latin1");
  return text
    .replace(/\n$/, "")
    .split("\n")
    .map((line) => lineOf(line, capture === "slide-vfscore"));
}

/** All real captures. */
export const captures: readonly Log[] = serialLogs.map((file) => {
  const name = file.replace(/\.log$/, "");
  const lines = linesOf(name);
  return {
    name,
    lines,
    truth: GREEN.has(name) ? "green" : "red",
    plan: planOf(lines),
    style: SOURCES.find(({ capture }) => capture === name)?.style ?? "timed",
    form: SOURCES.find(({ capture }) => capture === name)?.form ?? "time level",
    info: lines.some(({ text }) => text.includes("Info: [libukboot]")),
    statistics: lines.some(({ part }) => part === "statistics"),
    halts: !name.includes("hang"),
  };
});

const CRASH = /CRIT: .*(?:Assertion failure|Unhandled Trap|sync trap caught)/;
/** Result lines of one case that are kept: short logs leave time for more of them. */
const RESULTS_PER_CASE = 3;

/** The lines of a run in which nothing went wrong. */
function mended({ capture, style, version }: Source): readonly Line[] {
  const lines = linesOf(capture);
  const crash = lines.findIndex(({ text }) => CRASH.test(shown(text)));
  const alive = crash < 0 ? lines : lines.slice(0, crash);
  let results = 0;
  const kept = alive.flatMap((line): readonly Line[] => {
    if (line.part === "header") results = 0;
    if (line.part === "finding" || line.part === "location" || line.part === "statistics") return [];
    if (/Could not initialize test suite/.test(line.text)) return [];
    if (line.part !== "passed" && line.part !== "failed") return [line];
    results += 1;
    if (results > RESULTS_PER_CASE) return [];
    return [line.part === "passed" ? line : { text: passedFrom(line.text), part: "passed" }];
  });
  return version === undefined ? kept : [...kept, ...fullEnd(style, version)];
}

/** What of a run the default log level leaves: test lines, errors and what does not come from the kernel. */
const quiet = (lines: readonly Line[]): readonly Line[] =>
  lines.filter((line) => isTestLine(line) || line.part !== "kernel" || /(?:ERR|CRIT): /.test(line.text));

const FIRMWARE = "SeaBIOS (version 1.16.2)\r";

const withFirmware = (lines: readonly Line[]): readonly Line[] =>
  lines.some(({ text }) => /SeaBIOS|Booting from/.test(text))
    ? lines
    : [{ text: FIRMWARE, part: "plain" }, ...lines];

/** 0.21 prints no level in front of its test lines. */
const withoutLevel = (lines: readonly Line[]): readonly Line[] =>
  lines.map((line) => (isTestLine(line) ? { ...line, text: line.text.replace("Info: ", "") } : line));

function variants(source: Source, lines: readonly Line[]): readonly Base[] {
  const { capture: name, style, form } = source;
  const base = { style, form, arm64: name.includes("arm64") };
  const low = {
    ...base,
    name: `${name}, default level`,
    // Firmware prints at every level; a log without any start has lost its head.
    lines: withFirmware(quiet(lines)),
    info: false,
    statistics: false,
  };
  if (source.quiet === true) return [low];
  return [
    { ...base, name: `${name}, statistics`, lines, info: true, statistics: true },
    { ...base, name: `${name}, no statistics`, lines, info: true, statistics: false },
    low,
  ];
}

/** Every green base. */
export const bases: readonly Base[] = SOURCES.flatMap((source) => {
  const lines = mended(source);
  const own = variants(source, lines);
  if (source.capture !== "v0.17-x86_64-all-suites-pass") return own;
  return [
    ...own,
    ...variants({ ...source, form: "time" }, withoutLevel(lines)).map((base) => ({
      ...base,
      name: `0.21 wording of ${base.name}`,
    })),
  ];
});
