/**
 * The report as text: one table, what its rows mean, and how to see again what went wrong.
 */
import type { Judge } from "./judges.js";
import { shown } from "./log.js";
import { type Cell, type Miss, type Report, holds } from "./run.js";

const MISSES_SHOWN = 5;

const percent = (part: number, whole: number): string => {
  // Rounded down: 99.96 % is not all of it.
  const value = Math.floor((part / whole) * 1000) / 10;
  return `${value.toFixed(1)} %`;
};

function cellText({ reds, wrongGreens, greens, keptPasses }: Cell): string {
  const wrong = reds === 0 ? "" : `${String(wrongGreens)}/${String(reds)}`;
  const kept = greens === 0 ? "" : percent(keptPasses, greens);
  return [wrong, kept].filter(Boolean).join("  ");
}

function grid(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const line = (row: readonly string[]): string =>
    row
      .map((text, column) =>
        column === 0 ? text.padEnd(widths[0] ?? 0) : text.padStart(widths[column] ?? 0),
      )
      .join("   ")
      .trimEnd();
  const [head = [], ...body] = rows;
  return [line(head), "-".repeat(line(head).length), ...body.map(line)].join("\n");
}

const missText = (miss: Miss, seed: string): string =>
  [
    `${miss.kind} by ${miss.judge}: ${miss.row}`,
    `  log    ${miss.log}`,
    `  change ${miss.what}`,
    `  line   ${String(miss.line)}: ${JSON.stringify(shown(miss.quote)).slice(0, 150)}`,
    `  again  --seed ${seed} --row ${JSON.stringify(miss.row)} --log ${JSON.stringify(miss.log)}`,
  ].join("\n");

/** The first misses of each row and judge. */
function missesText({ misses, seed }: Report): readonly string[] {
  const groups = new Map<string, Miss[]>();
  for (const miss of misses) {
    const key = `${miss.row} ${miss.judge} ${miss.kind}`;
    groups.set(key, [...(groups.get(key) ?? []), miss]);
  }
  return [...groups.values()].flatMap((group) => [
    ...group.slice(0, MISSES_SHOWN).map((miss) => missText(miss, seed)),
    ...(group.length > MISSES_SHOWN ? [`… and ${String(group.length - MISSES_SHOWN)} more like these`] : []),
  ]);
}

/** The whole report. */
export function reportText(report: Report, judges: readonly Judge[]): string {
  const { results, logs, seed } = report;
  const noted = results.filter(({ row }) => row.note !== undefined);
  const mark = (name: string): string => {
    const at = noted.findIndex(({ row }) => row.name === name);
    return at < 0 ? name : `${name} [${String(at + 1)}]`;
  };
  const table = grid([
    ["mutation", ...judges.map(({ name }) => name)],
    ...results.map(({ row, cells }) => [mark(row.name), ...cells.map(cellText)]),
  ]);
  return [
    `integrity of ${String(logs.green)} green and ${String(logs.red)} red logs, seed ${seed}`,
    "each cell: wrong greens / red logs judged, and true passes kept among the green ones",
    "",
    table,
    "",
    ...noted.map(({ row }, at) => `[${String(at + 1)}] ${row.name}: ${row.note ?? ""}`),
    "",
    ...missesText(report),
    holds(report)
      ? "holds: no wrong green where none may be, at least 99.9 % of true passes kept"
      : "does not hold",
    "",
  ].join("\n");
}
