/**
 * The dialects under damage: their fixtures, cut, thinned, garbled and doubled, may never be greener than they are, and what
 * a console adds without harm may cost no green one. Beside uktest a reader is asked that believes single lines.
 */
import { readdirSync, readFileSync } from "node:fs";
import { CONSOLE_CHANGES } from "../../tests/console-changes.js";
import { TESTS, conclusions, read } from "../../tests/reading.js";
import { judge } from "../../src/core/verdict.js";
import { type Random, randomOf } from "../integrity/random.js";

export interface DialectRow {
  readonly dialect: string;
  readonly reds: number;
  readonly wrongGreens: number;
  /** Of the reader that looks for a word of failure in any line. */
  readonly naiveGreens: number;
  readonly greens: number;
  readonly kept: number;
}

export interface DialectMiss {
  readonly log: string;
  readonly kind: "wrong green" | "lost pass";
  readonly what: string;
}

export interface DialectRows {
  readonly rows: readonly DialectRow[];
  readonly misses: readonly DialectMiss[];
}

interface Fixture {
  readonly name: string;
  readonly text: string;
  readonly cases: readonly string[];
}

const FOLDER = new URL("fixtures/dialects/", TESTS);
const ROUNDS = 24;

const casesOf = (text: string): readonly string[] =>
  conclusions(read(text)).filter((line) => line.startsWith("case "));
const isGreen = (text: string): boolean => judge(read(text)).verdict === "passed";

/** What most scripts do: no line may hold a word of failure, and one has to hold a word of success. */
const naive = (text: string): boolean =>
  !/\bFAIL(?:ED)?\b|\bfailed\b|panic|fault|\bnot ok\b/i.test(text) &&
  /\bPASS(?:ED)?\b|\bOK\b|\bok\b/.test(text);

type Damage = readonly [name: string, apply: (text: string, random: Random) => string];

const lines = (text: string): readonly string[] => text.replace(/\n$/, "").split("\n");
const joined = (all: readonly string[]): string => `${all.join("\n")}\n`;
const at = (text: string, random: Random): number => random.int(Math.max(text.length, 1));

/** Each takes something away, or changes it. */
const DAMAGES: readonly Damage[] = [
  ["cut at a byte", (text, random) => text.slice(0, at(text, random))],
  ["cut after a line", (text, random) => joined(lines(text).slice(0, 1 + random.int(lines(text).length)))],
  ["head cut", (text, random) => joined(lines(text).slice(1 + random.int(lines(text).length)))],
  ["a line lost", (text, random) => joined(lines(text).toSpliced(random.int(lines(text).length), 1))],
  [
    "one bit flipped",
    (text, random) => {
      const bytes = Buffer.from(text, "latin1");
      const where = random.int(bytes.length);
      bytes[where] = (bytes[where] ?? 0) ^ (1 << random.int(8));
      return bytes.toString("latin1");
    },
  ],
  [
    "bytes lost",
    (text, random) => {
      const from = at(text, random);
      return text.slice(0, from) + text.slice(from + random.between(1, 12));
    },
  ],
  [
    "a line doubled",
    (text, random) => {
      const all = lines(text);
      const which = random.int(all.length);
      return joined(all.toSpliced(which, 0, all[which] ?? ""));
    },
  ],
];

const NOISE = [
  "hello",
  "  1 2 3",
  "loading 50% ...",
  "> [ note ] all is quiet",
  "rx: 12 packets",
  "\x1b[1mbold\x1b[0m",
];

const HARMLESS: readonly Damage[] = [
  ...CONSOLE_CHANGES.map(([name, apply]): Damage => [name, (text) => apply(text)]),
  [
    "application noise",
    (text, random) => {
      const all = [...lines(text)];
      for (let nth = 0; nth < 4; nth += 1) all.splice(random.int(all.length + 1), 0, random.pick(NOISE));
      return joined(all);
    },
  ],
];

function fixturesOf(dialect: string): readonly Fixture[] {
  const folder = new URL(`${dialect}/`, FOLDER);
  return readdirSync(folder)
    .filter((name) => name.endsWith(".log"))
    .sort()
    .map((name) => {
      const text = readFileSync(new URL(name, folder), "latin1");
      return { name: `${dialect}/${name}`, text, cases: casesOf(text) };
    });
}

/** A green log of which a part is missing is green for good only where no case is. */
const lostNothing = (text: string, { cases }: Fixture): boolean => casesOf(text).length >= cases.length;

/**
 * A log of several programs, and one whose last word stands after its end, may be cut into a green one. One that is red for a
 * forged line, a count or one line alone, may be mended by a second damage.
 */
const MAY_BE_GREENER = /-(?:several|late|counts|alone)-|\/forged-/;

/** Runs the rows. */
export function dialectRows(seed: string, runs: number): DialectRows {
  const misses: DialectMiss[] = [];
  const rows = readdirSync(FOLDER)
    .sort()
    .map((dialect): DialectRow => {
      const counts = { reds: 0, wrongGreens: 0, naiveGreens: 0, greens: 0, kept: 0 };
      for (const log of fixturesOf(dialect)) {
        const random = randomOf(`${seed} dialects ${log.name}`);
        const green = isGreen(log.text);
        const rounds = Math.ceil(ROUNDS * runs);
        if (!MAY_BE_GREENER.test(log.name))
          for (const [what, apply] of DAMAGES)
            for (let nth = 0; nth < rounds; nth += 1) {
              const text = apply(log.text, random);
              // Where a green log still has all of its cases, nothing was taken away.
              if (green && lostNothing(text, log)) continue;
              counts.reds += 1;
              counts.naiveGreens += Number(naive(text));
              if (!isGreen(text)) continue;
              counts.wrongGreens += 1;
              misses.push({ log: log.name, kind: "wrong green", what });
            }
        if (!green) continue;
        for (const [what, apply] of HARMLESS)
          for (let nth = 0; nth < Math.ceil(rounds / 8); nth += 1) {
            counts.greens += 1;
            const text = apply(log.text, random);
            // Noise in the header of a case may cost it its name, not its verdict.
            const isKept = isGreen(text);
            counts.kept += Number(isKept);
            if (!isKept) misses.push({ log: log.name, kind: "lost pass", what });
          }
      }
      return { dialect, ...counts };
    });
  return { rows, misses };
}

/** The rows as text. */
export function dialectText({ rows, misses }: DialectRows): string {
  const width = Math.max(...rows.map(({ dialect }) => dialect.length), "dialect".length);
  return [
    `${"dialect".padEnd(width)}   wrong greens   by lines alone   true passes kept`,
    ...rows.map(({ dialect, reds, wrongGreens, naiveGreens, greens, kept }) =>
      [
        dialect.padEnd(width),
        `${String(wrongGreens)}/${String(reds)}`.padStart(12),
        `${String(naiveGreens)}/${String(reds)}`.padStart(14),
        `${String(kept)}/${String(greens)}`.padStart(16),
      ].join("   "),
    ),
    ...misses.slice(0, 20).map(({ log, kind, what }) => `  ${kind}: ${log}: ${what}`),
    "",
  ].join("\n");
}
