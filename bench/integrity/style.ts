/**
 * How a base log's guest was built to print: lines of its kernel and its test library in that style.
 * It invents no wording: every text has been seen in a capture.
 */
import type { Line, Part } from "./log.js";

/** `nuls` is what 0.21 prints: a NUL in front of each message and of each line after one. */
export type Style = "timed" | "untimed" | "colours" | "nuls";
export type Level = "Info" | "Warn" | "ERR" | "CRIT";

const ESC = "\x1b";
const COLOUR_OF: Readonly<Record<Level, string>> = { Info: "32", Warn: "33", ERR: "31", CRIT: "31" };

/** A message of the kernel. */
export function kernelLine(
  style: Style,
  level: Level,
  library: string,
  source: string,
  text: string,
  part: Part = "kernel",
): Line {
  const word = `${level}:`.padEnd(5);
  switch (style) {
    case "untimed":
      return { text: `${word} [${library}] ${text}\r`, part };
    case "timed":
      return { text: `[    0.120000] ${word} [${library}] <${source}> ${text}\r`, part };
    case "nuls":
      return { text: `\0[    0.120000] ${word} [${library}] <${source}> \0${text}\r`, part };
    case "colours":
      return {
        text:
          `${ESC}[0m${ESC}[0m${ESC}[32m[    0.120000] ${ESC}[0m${ESC}[1m${ESC}[${COLOUR_OF[level]}m${word}${ESC}[0m ` +
          `${ESC}[0m${ESC}[34m<init> ${ESC}[0m${ESC}[31m{r:0x12be58,f:0x10f60} ${ESC}[0m${ESC}[33m[${library}] ` +
          `${ESC}[0m${ESC}[36m<${source}> ${ESC}[0m${text}\r`,
        part,
      };
  }
}

export interface Tally {
  readonly failed: number;
  readonly total: number;
}

/** The three lines of the guest's own statistics. */
export function statisticsLines(
  style: Style,
  suites: Tally,
  cases: Tally,
  assertions: Tally,
): readonly Line[] {
  const row = (what: string, source: string, { failed, total }: Tally): Line => {
    const red = style === "colours" ? `${ESC}[0m${ESC}[1m${ESC}[31m` : "";
    const counted = failed > 0 ? `${red}${String(failed)} failed${ESC}[0m, ` : "";
    const text = `uktest:${`${what}:`.padEnd(12)}${counted}${String(total)} total`;
    return kernelLine(style, "Info", "libuktest", `test.c @ ${source}`, text, "statistics");
  };
  return [row("suites", "  80", suites), row("cases", "  93", cases), row("assertions", " 106", assertions)];
}

/** A passed result as the failed one that the same assertion would print. */
export const failedFrom = (passed: string): string =>
  passed
    .replace("PASSED", "FAILED")
    .replace(`${ESC}[42m`, `${ESC}[41m`)
    .replace(/ and was (?=\S* \.)/, " but was ");

/** A failed result as a passed one. */
export const passedFrom = (failed: string): string =>
  failed
    .replace("FAILED", "PASSED")
    .replace(`${ESC}[41m`, `${ESC}[42m`)
    .replace(/ but was (?=\S* \.)/, " and was ");

/** The line that says where the failure in front of it stands. */
export function locationLine(failed: string, line: number): string {
  const tab = failed.lastIndexOf("\t");
  if (tab < 0) return `: in main.c:${String(line)}`;
  const lead = failed.slice(0, tab + 1);
  return failed.includes(`${ESC}[41m`)
    ? `${lead}  in ${ESC}[36mmain.c${ESC}[0m:${ESC}[36m${String(line)}${ESC}[0m\r`
    : `${lead}  in main.c]:${String(line)}]\r`;
}

/** The last line of a guest at level INFO. No platform of 0.21 says that it halts. */
export const haltLine = (style: Style, target: number): Line =>
  style === "nuls"
    ? kernelLine(style, "Info", "libukboot", "boot.c @  430", `Shutting down system (${String(target)})`)
    : kernelLine(style, "Info", "libkvmplat", "shutdown.c @   59", "Unikraft halted");

/** The end of a guest that says everything: from the banner to the halt. */
export const fullEnd = (style: Style, version: string): readonly Line[] => [
  ...banner(version),
  kernelLine(style, "Info", "libukboot", "boot.c @  493", "Calling main(1, ['app'])"),
  { text: "Hello world!\r", part: "plain" },
  kernelLine(style, "Info", "libukboot", "boot.c @  503", "main returned 0"),
  kernelLine(style, "Info", "libukboot", "boot.c @  421", "Halting system (0)"),
  haltLine(style, 0),
];

const banner = (version: string): readonly Line[] =>
  [
    "Powered by",
    "o.   .o       _ _               __ _",
    "Oo   Oo  ___ (_) | __ __  __ _ ' _) :_",
    "oO   oO ' _ `| | |/ /  _)' _` | |_|  _)",
    "oOo oOO| | | | |   (| | | (_) |  _) :_",
    " OoOoO ._, ._:_:_,\\_._,  .__,_:_, \\___)",
    version.padStart(39),
  ].map((text): Line => ({ text: `${text}\r`, part: "plain" }));
