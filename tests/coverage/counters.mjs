// Loaded into every process of a coverage run: leaves its counters behind when it ends, and nothing but the counters.
// A process that must not write (a full disk is one of the tests) simply goes uncounted.
import { renameSync, writeFileSync } from "node:fs";
import { threadId } from "node:worker_threads";

process.on("exit", () => {
  const counters = {};
  for (const [file, { s, f, b }] of Object.entries(globalThis.__coverage__ ?? {}))
    counters[file] = { s, f, b };
  if (Object.keys(counters).length === 0) return;
  const file = `${process.env.UKTEST_COUNTERS}/${process.pid}-${threadId}-${process.hrtime.bigint()}`;
  try {
    writeFileSync(file, JSON.stringify(counters));
    renameSync(file, `${file}.json`);
  } catch {}
});
