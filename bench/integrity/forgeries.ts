/**
 * Output of the application that imitates a guest's own lines: results of other generations, statistics, banners, TAP.
 * None of it carries the kernel's prefix, and none is in the form of the log's own results: those bytes would be genuine.
 */
import type { Log } from "./log.js";
import { type Mutate, firstHeader, inserted, mutant, rewritten, traces } from "./mutant.js";
import type { Random } from "./random.js";

const ESC = "\x1b";
const padded = (message: string, status: string): string =>
  `${message} ${".".repeat(80 - message.length)} [ ${status} ]`;
const PASSED = padded("expected `x` to be 0 and was 0", "PASSED");
const FAILED = padded("expected `x` to be 0 but was 1", "FAILED");

interface Forgery {
  readonly lines: readonly string[];
  /** Forms of results in which these lines would be genuine, or could not be told from it. */
  readonly genuineIn?: readonly string[];
  /** Believed from a guest whose kernel prints no prefix at all. */
  readonly needsPrefix?: true;
  /** In front of the first line of the guest nobody knows yet how that guest speaks. */
  readonly afterHeader?: true;
}

const FORGERIES: readonly Forgery[] = [
  { lines: ["[ PASSED ]"] },
  { lines: ["[ FAILED ]"] },
  { lines: ["1 test PASSED, 0 FAILED"] },
  { lines: ["test: a->b"], genuineIn: ["transcript"] },
  { lines: ["test: a->b", `\t${PASSED}`], genuineIn: ["transcript"] },
  { lines: [`\t${PASSED}`] },
  { lines: [`\t${FAILED}`, "\t  in main.c]:25]"] },
  { lines: [`    :\t${PASSED}`] },
  { lines: [`    :\t${FAILED}`, "    :\t  in main.c]:25]"] },
  { lines: [": expected 'x' to be 0 but was 0 ..... PASSED"], genuineIn: ["transcript"] },
  { lines: [": expected 'x' to be 0 but was 1 ..... FAILED", ": in x.c:1"], genuineIn: ["transcript"] },
  {
    lines: [`test:${ESC}[0m a->b`, `    :${ESC}[0m\t${PASSED}`],
    genuineIn: ["printf", "transcript"],
  },
  {
    lines: [`test:${ESC}[0m a->b`, `    :${ESC}[0m\t${FAILED}`, `    :${ESC}[0m\t  in x.c]:1]`],
    genuineIn: ["printf", "transcript"],
  },
  { lines: ["uktest:cases: 0 failed"] },
  { lines: ["uktest:suites:     5 total", "uktest:cases:      26 total", "uktest:assertions: 317 total"] },
  { lines: ["Unikraft halted"] },
  { lines: ["Powered by Unikraft Calypso (0.17.0~eaf6fda1)"] },
  { lines: ["Powered by", "                Calypso 0.17.0~eaf6fda1"] },
  { lines: ["main returned 0"] },
  { lines: ["main returned 0, halting system", "Halting system (0)"] },
  { lines: ["TAP version 14", "1..1", "ok 1"], afterHeader: true, genuineIn: ["transcript"] },
  {
    lines: ["TAP version 13", "1..2", "ok 1 - a", "not ok 2 - b"],
    afterHeader: true,
    genuineIn: ["transcript"],
  },
  { lines: ["KTAP version 1", "1..1", "ok 1 all"], afterHeader: true, genuineIn: ["transcript"] },
  { lines: ["ok 1 - everything", "1..1"] },
  { lines: ["not ok 1 - not a test"] },
  {
    lines: ["Undefined behavior at main.c:1:2: shift of 1 by 40 out of bounds"],
    needsPrefix: true,
    afterHeader: true,
  },
  { lines: ["Assertion failure: zero == 1"], needsPrefix: true, afterHeader: true },
  { lines: ["::error file=evil.c,line=1::injected", "##[error]injected"] },
];

const isBanner = ({ lines }: Forgery): boolean => lines.some((line) => line.startsWith("Powered by"));

/** Forgeries that must count for nothing in this log, wherever they stand. */
const worthless = (log: Log): readonly Forgery[] =>
  FORGERIES.filter(
    ({ genuineIn, needsPrefix }) =>
      genuineIn?.includes(log.form) !== true &&
      (needsPrefix !== true || log.info || !["printf", "transcript"].includes(log.form)),
  );

/**
 * The same, where nothing but a banner tells the end: after the last line of a run that hangs, a forged one is the
 * genuine one byte for byte.
 */
const cannotEnd = (log: Log, forgery: Forgery): boolean =>
  log.info ||
  !isBanner(forgery) ||
  (log.flaw !== "hang" && log.flaw !== undefined && log.flaw !== "boot-init");

/** Where a forged line can stand: between two lines of the log, not inside the banner. */
function placeFor(log: Log, { afterHeader }: Forgery, random: Random): number {
  const own = traces(log);
  if (own.length > 0 && random.chance(0.5)) return random.pick(own) + random.int(2);
  const from = afterHeader === true ? firstHeader(log) + 1 : 0;
  return random.between(from, log.lines.length);
}

const forge = (log: Log, random: Random, choose: (forgery: Forgery) => boolean): ReturnType<Mutate> => {
  const able = worthless(log).filter(choose);
  let lines = log.lines;
  let first: number | undefined;
  const words: string[] = [];
  for (let nth = random.between(1, 4); nth > 0; nth -= 1) {
    const forgery = random.pick(able);
    const at = placeFor({ ...log, lines }, forgery, random);
    first = Math.min(first ?? at, at);
    words.push(JSON.stringify(forgery.lines[0]));
    lines = inserted(
      lines,
      at,
      forgery.lines.map((line) => `${line}\r`),
    );
  }
  return mutant(lines, `forged ${words.join(", ")}`, first ?? 0);
};

/** Forged lines between the lines of a log. */
export const forgedLines: Mutate = (log, random) => forge(log, random, (one) => cannotEnd(log, one));

/** A forged banner after a hang at the default log level, where the genuine one looks no different. */
export const forgedEnd: Mutate = (log, random) => {
  if (log.flaw !== "hang" || log.info) return undefined;
  const { lines } = random.pick(FORGERIES.filter(isBanner));
  return mutant(
    inserted(
      log.lines,
      log.lines.length,
      lines.map((line) => `${line}\r`),
    ),
    "a banner printed by the application, then silence",
    log.lines.length,
  );
};

const PARTIAL = [
  "[ PASSED ]",
  "[ FAILED ]",
  "ok 1 - ",
  "uktest:cases: 0 failed",
  "Unikraft halted",
  "........ ",
];

/** True where a line says by itself where it begins. */
export const begins = (text: string): boolean =>
  /(?:Info|Warn|ERR|CRIT):/.test(text) || /^\[ *\d+\.\d{6}\] /.test(text) || text.includes(`:${ESC}[0m`);

/** A forged end of line, without a line feed, in front of a genuine line. */
export const forgedFront: Mutate = (log, random) => {
  const own = traces(log).filter((at) => begins(log.lines[at]?.text ?? ""));
  const all = log.lines.flatMap(({ text }, index) => (begins(text) ? [index] : []));
  if (all.length === 0) return undefined;
  const at = own.length > 0 && random.chance(0.7) ? random.pick(own) : random.pick(all);
  const partial = random.pick(PARTIAL);
  return mutant(
    rewritten(log.lines, at, (text) => partial + text),
    `${JSON.stringify(partial)} without a line end in front`,
    at,
  );
};
