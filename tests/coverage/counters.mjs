// Loaded into every process of a coverage run: leaves its counters behind when it ends, and nothing but the counters.
// A process that must not write (a full disk is one of the tests) simply goes uncounted.
import { renameSync, writeFileSync } from "node:fs";
import { isMainThread, threadId } from "node:worker_threads";

const file = `${process.env.UKTEST_COUNTERS}/${process.pid}-${threadId}-${process.hrtime.bigint()}`;

function leave() {
  const counters = {};
  for (const [path, { s, f, b }] of Object.entries(globalThis.__coverage__ ?? {}))
    counters[path] = { s, f, b };
  if (Object.keys(counters).length === 0) return;
  try {
    writeFileSync(file, JSON.stringify(counters));
    renameSync(file, `${file}.json`);
  } catch {}
}

process.on("exit", leave);
// A thread is not told that its process ends.
if (!isMainThread) setInterval(leave, 50).unref();
