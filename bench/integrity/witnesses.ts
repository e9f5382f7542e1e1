/**
 * Two witnesses that contradict each other: words of failure on the console that memory does not know, and memory in which
 * one word has changed. Neither may make a run greener than the worse of the two.
 */
import type { Random } from "./random.js";
import { randomOf } from "./random.js";
import { forgedFailure } from "./genuine.js";
import { type Capture, conclude, logOf, type Memory, type MemoryMiss } from "./memory.js";

export interface WitnessRows {
  /** Consoles with a word of failure that memory does not know: each has to be red. */
  readonly failures: number;
  readonly green: readonly MemoryMiss[];
  /** Memories with one word changed: never greener than the guest was. */
  readonly words: number;
  readonly greener: readonly MemoryMiss[];
}

const MUTANTS = 60;

/** A copy of the memory in which one word of a piece has another value. */
function changed(
  memory: Memory,
  random: Random,
): { readonly memory: Memory["pieces"]; readonly what: string } {
  const pieces = memory.pieces.map((piece) => (piece === undefined ? undefined : Uint8Array.from(piece)));
  const which = random.int(pieces.length);
  const piece = pieces[which] ?? new Uint8Array(4);
  const view = new DataView(piece.buffer);
  // The first words of a journal are in use, most of its room is not.
  const at = random.int(Math.min(piece.length >> 2, 128)) * 4;
  const old = view.getUint32(at, true);
  const value = random.pick([
    0,
    1,
    2,
    3,
    4,
    old + 1,
    old - 1,
    old ^ (1 << random.int(32)),
    random.int(2 ** 32),
  ]);
  view.setUint32(at, value >>> 0, true);
  return {
    memory: pieces,
    what: `piece ${String(which)}, byte ${String(at)}: ${String(old)} became ${String(value >>> 0)}`,
  };
}

/** The whole memory, and the table alone, as a guest without a journal leaves it. */
const VIEWS: readonly (readonly [name: string, view: (pieces: Memory["pieces"]) => Memory["pieces"]])[] = [
  ["whole", (pieces) => pieces],
  ["without its journal", ([table]) => [table]],
];

/** Judges contradictions of every capture; one without memory of its own is left out of the second kind. */
export function witnessRows(captures: readonly Capture[], seed: string, runs: number): WitnessRows {
  const green: MemoryMiss[] = [];
  const greener: MemoryMiss[] = [];
  let failures = 0;
  let words = 0;
  const rounds = Math.ceil(MUTANTS * runs);
  for (const capture of captures) {
    const truth = conclude(capture, capture.text, capture.facts).verdict;
    const random = randomOf(`${seed} witnesses ${capture.name}`);
    const log = logOf(capture, truth === "passed" ? "green" : "red");
    for (let nth = 0; nth < rounds; nth += 1) {
      const made = forgedFailure(log, random, [log]);
      if (made === undefined) continue;
      failures += 1;
      if (conclude(capture, made.text, capture.facts).verdict === "passed")
        green.push({ log: capture.name, what: made.what, why: "green" });
    }
    const { memory } = capture;
    if (memory === undefined) continue;
    for (const [name, view] of VIEWS)
      for (const text of name === "whole" ? [capture.text, ""] : [capture.text])
        for (let nth = 0; nth < 4 * rounds; nth += 1) {
          const made = changed({ ...memory, pieces: view(memory.pieces) }, random);
          words += 1;
          const now = conclude(capture, text, memory.factsOf(made.memory)).verdict;
          if (now === "passed" && truth !== "passed")
            greener.push({ log: `${capture.name}, memory ${name}`, what: made.what, why: "greener" });
        }
  }
  return { failures, green, words, greener };
}

/** The rows as text. */
export function witnessText({ failures, green, words, greener }: WitnessRows): string {
  const rows = [
    ["failure on the console that memory does not know: wrong greens", failures, green],
    ["one word of journal or table changed: greener than the guest", words, greener],
  ] as const;
  return rows
    .flatMap(([title, all, misses]) => [
      `${title} ${String(misses.length)}/${String(all)}`,
      ...misses.slice(0, 10).map(({ log, what, why }) => `  ${log}: ${what}: ${why}`),
    ])
    .concat("")
    .join("\n");
}
