/**
 * The integrity benchmark: mutates real captures and logs made from them, and prints who calls what green.
 * It leaves with 1 when uktest has a wrong green where it must have none, or loses more than 0.1 % of true passes.
 *
 * Usage: node dist/bench/integrity.js [--seed TEXT] [--runs N] [--row TEXT] [--log TEXT]
 */
import { parseArgs } from "node:util";
import { dialectRows, dialectText } from "./dialects/rows.js";
import { judges } from "./integrity/judges.js";
import { captured, memoryRow, memoryText } from "./integrity/memory.js";
import { holds, run } from "./integrity/run.js";
import { reportText } from "./integrity/table.js";
import { witnessRows, witnessText } from "./integrity/witnesses.js";

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "1" },
    runs: { type: "string", default: "1" },
    row: { type: "string", default: "" },
    log: { type: "string", default: "" },
  },
});

const runs = Number(values.runs);
if (!Number.isFinite(runs) || runs <= 0) {
  process.stderr.write("--runs takes a number above 0\n");
  process.exitCode = 2;
} else {
  const all = judges();
  const report = run({ seed: values.seed, runs, judges: all, row: values.row, log: values.log });
  process.stdout.write(reportText(report, all));
  const captures = await captured("v86");
  const memory = memoryRow(captures, values.seed, runs);
  process.stdout.write(memoryText(memory));
  const witnesses = witnessRows(captures, values.seed, runs);
  process.stdout.write(witnessText(witnesses));
  const dialects = dialectRows(values.seed, runs);
  process.stdout.write(dialectText(dialects));
  const isExact =
    memory.misses.length === 0 &&
    witnesses.green.length === 0 &&
    witnesses.greener.length === 0 &&
    dialects.misses.length === 0;
  process.exitCode = holds(report) && isExact ? 0 : 1;
}
