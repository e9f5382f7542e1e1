/**
 * `npm run bench:changed`: bugs of one line in the kit's vfscore, one after the other: all cases run, and those that
 * `--changed` selects. No case that a bug makes red may be left out; it prints how many are. UKTEST_BENCH_MUTANTS says how
 * many bugs.
 */
import { KitCopy, type Tried } from "./changed/kit.js";
import { row, say } from "./debug/rows.js";

const COUNT = Number(process.env["UKTEST_BENCH_MUTANTS"] ?? 50);

const sum = (all: readonly Tried[], of: (one: Tried) => number): number =>
  all.reduce((total, one) => total + of(one), 0);

const percent = (part: number, of: number): string => `${((part / of) * 100).toFixed(1)} %`;

function bench(kit: KitCopy): readonly Tried[] {
  kit.record();
  const tried: Tried[] = [];
  row("bug", "red", "left out", "missed");
  for (const mutant of kit.mutants(COUNT)) {
    if (tried.length === COUNT) break;
    const found = kit.try(mutant);
    if (found === undefined) continue;
    tried.push(found);
    const { path, line, kind } = mutant;
    const name = `${path.slice(path.lastIndexOf("/") + 1)}:${String(line)} (${kind})`;
    row(name, found.red.length, found.leftOut.length, found.missed.join(" ") || 0);
    if (found.afterOthers.length > 0) say(`  red only after other cases: ${found.afterOthers.join(" ")}`);
  }
  return tried;
}

const kit = new KitCopy("vfscore", "vfscore");
try {
  const tried = bench(kit);
  const killed = tried.filter(({ red }) => red.length > 0);
  const cases = sum(tried, ({ all }) => all);
  say("");
  row("bugs, and those that a case sees", tried.length, killed.length);
  row(
    "cases left out, of all",
    percent(
      sum(tried, ({ leftOut }) => leftOut.length),
      cases,
    ),
  );
  row("bugs for which all cases ran", tried.filter(({ leftOut }) => leftOut.length === 0).length);
  row(
    "red cases, of those red only after others and left out",
    sum(tried, ({ red }) => red.length),
    sum(tried, ({ afterOthers }) => afterOthers.length),
  );
  const missed = tried.filter(({ missed: names }) => names.length > 0);
  row(
    "red cases missed (goal: 0)",
    sum(missed, ({ missed: names }) => names.length),
  );
  if (missed.length > 0 || tried.length === 0) process.exitCode = 1;
} finally {
  kit.remove();
}
