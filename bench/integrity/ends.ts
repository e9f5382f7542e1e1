/**
 * Logs of green runs that prove nothing any more: no end, no case, counts that contradict what is seen.
 * The run was fine; a judge that calls such a log green has believed what it did not see.
 */
import { type Line, type Log, isTestLine, lastWordAt, shown } from "./log.js";
import { type Mutant, type Mutate, inserted, mutant, rewritten } from "./mutant.js";
import type { Random } from "./random.js";

const red = (lines: readonly Line[], what: string, at: number): Mutant => ({
  ...mutant(lines, what, at),
  truth: "red",
});

const AFTERWARDS = ["Hello world!\r", "listening on port 80\r", "[ PASSED ]\r", "done\r"];

/** The last word is gone, alone or with lines in front of it, and the application may go on. */
export const withoutEnd: Mutate = (log, random) => {
  const at = lastWordAt(log.lines);
  if (log.truth === "red" || at === undefined) return undefined;
  const first = log.lines.findLastIndex(isTestLine) + 1;
  const from = random.chance(0.4) ? at : random.between(first, at);
  const after = random.chance(0.5) ? log.lines.slice(at + 1) : [];
  const lines = [...log.lines.slice(0, from), ...after];
  const more = random.chance(0.5) ? [random.pick(AFTERWARDS)] : [];
  return red(
    inserted(lines, lines.length, more),
    `lines ${String(from + 1)} to ${String(at + 1)} are missing`,
    from,
  );
};

/** No test line is left; the statistics may still tell of cases. */
export const withoutCases: Mutate = (log, random) => {
  if (log.truth === "red") return undefined;
  const keepsCounts = random.chance(0.5);
  const lines = log.lines.filter((line) => !isTestLine(line) && (keepsCounts || line.part !== "statistics"));
  return red(lines, `no test line${keepsCounts ? ", statistics kept" : ""}`, 0);
};

/** Puts other numbers into a line of the statistics. */
function recounted(text: string, failed: number, total: number): string {
  const words = failed > 0 ? `${String(failed)} failed, ${String(total)} total` : `${String(total)} total`;
  return text.replace(/(?:\d+ failed.*?, )?\d+ total/, words);
}

function otherCounts(what: string, total: number, random: Random): readonly [number, number] {
  switch (random.int(3)) {
    case 0:
      return [random.between(1, Math.max(total, 1)), total];
    case 1:
      return [0, what === "cases" ? total + random.between(1, 9) : 0];
    default:
      return [0, what === "assertions" ? 0 : random.int(total)];
  }
}

/** The guest's counts say something else than its lines. */
export const contradicted: Mutate = (log: Log, random) => {
  const counts = log.lines.flatMap(({ part }, index) => (part === "statistics" ? [index] : []));
  if (log.truth === "red" || counts.length === 0) return undefined;
  const at = random.pick(counts);
  const match = /uktest:(\w+): .*?(\d+) total/.exec(shown(log.lines[at]?.text ?? ""));
  if (match === null) return undefined;
  const [failed, total] = otherCounts(match[1] ?? "", Number(match[2]), random);
  const lines = rewritten(log.lines, at, (text) => recounted(text, failed, total));
  return red(lines, `${match[1] ?? ""}: ${String(failed)} failed, ${String(total)} total`, at);
};
