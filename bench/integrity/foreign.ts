/**
 * Streams of other kernels in which every test says ok, with a report of a fault in them or after them. They are red; who
 * reads only the points calls them green.
 */
import { LINUX, OTHERS, type Sample } from "../../tests/faults/report-samples.js";
import type { Mutant, Mutate } from "./mutant.js";
import type { Random } from "./random.js";

/** What a console puts in front of each of its lines. */
const leadOf = (random: Random): ((at: number) => string) => {
  const from = random.int(900);
  const time = (at: number): string => `[${String(from + at).padStart(5)}.${String(100_000 + at)}]`;
  return random.pick([
    (at: number) => `${time(at)} `,
    (at: number) => `${time(at)}[${`T${String(51)}`.padStart(6)}] `,
    (at: number) => `<6>${time(at)} `,
    () => "",
  ]);
};

const OTHER_WRITERS = [
  "frob: link is up",
  "random: crng init done",
  "",
  "clocksource: Switched to clocksource tsc",
];

/** A report as a console shows it, now and then with a line of another writer in it. */
const shownLines = ({ lines }: Sample, random: Random): readonly string[] =>
  lines.flatMap((line) => (random.chance(0.1) ? [line, random.pick(OTHER_WRITERS)] : [line]));

/** A whole stream: its head, a line for each point, and its tail. */
function ktap(random: Random): readonly string[] {
  const cases = random.between(1, 6);
  const points = Array.from({ length: cases }, (_, at) => `    ok ${String(at + 1)} case_${String(at + 1)}`);
  return [
    "KTAP version 1",
    "1..1",
    "    KTAP version 1",
    "    # Subtest: frob",
    `    1..${String(cases)}`,
    ...points,
    "ok 1 frob",
  ];
}

function tap(random: Random): readonly string[] {
  const cases = random.between(1, 6);
  const points = Array.from({ length: cases }, (_, at) => `ok ${String(at + 1)} - case ${String(at + 1)}`);
  return ["TAP version 13", `1..${String(cases)}`, ...points];
}

function made(stream: readonly string[], report: readonly string[], at: number, random: Random): string {
  const lead = leadOf(random);
  const lines = [...stream.slice(0, at), ...report, ...stream.slice(at)];
  return lines.map((line, index) => `${lead(index)}${line}\n`).join("");
}

const red = (text: string, sample: Sample): Mutant => ({ text, truth: "red", what: sample.name, at: 0 });

const isSurvived = ({ isProgram }: Sample): boolean => isProgram !== true;

/** A report between two points of a KTAP stream. */
export const faultInside: Mutate = (log, random) => {
  if (log.truth === "red") return undefined;
  const sample = random.pick(LINUX);
  const stream = ktap(random);
  return red(made(stream, shownLines(sample, random), random.between(5, stream.length - 1), random), sample);
};

/** A report after a KTAP stream that is over. */
export const faultAfter: Mutate = (log, random) => {
  if (log.truth === "red") return undefined;
  const sample = random.pick(LINUX);
  const stream = ktap(random);
  return red(made(stream, shownLines(sample, random), stream.length, random), sample);
};

/** The death of another kernel, or of a program, after its last planned test. */
export const foreignAfter: Mutate = (log, random) => {
  if (log.truth === "red") return undefined;
  const sample = random.pick(OTHERS);
  const stream = tap(random);
  return red(made(stream, sample.lines, stream.length, random), sample);
};

/** The death of another kernel between two points. */
export const foreignInside: Mutate = (log, random) => {
  if (log.truth === "red") return undefined;
  const sample = random.pick(OTHERS.filter(isSurvived));
  const stream = tap(random);
  return red(made(stream, shownLines(sample, random), random.between(2, stream.length - 1), random), sample);
};
