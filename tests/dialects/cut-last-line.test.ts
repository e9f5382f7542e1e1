/**
 * A guest of the kit that has said its last is stopped by the host, perhaps in the middle of a line. Such a line is no damage;
 * one that a console ends with by itself is.
 */
import test from "ava";
import { RunReader } from "../../src/console/reader.js";
import { dialectsFor } from "../../src/console/dialects.js";
import type { MachineEnd } from "../../src/core/fault.js";
import { reduce } from "../../src/core/model/reduce.js";

const DIALECTS = await dialectsFor("unikraft");
const TOOL = { name: "uktest", version: "0" } as const;

const WHOLE = [
  "Info: [libuktest] uktest:plan build=- suites=1 cases=1",
  "Info: [libuktest] uktest:begin a",
  "Info: test:\x1b[0m a->x",
  `Info: \texpected \`i\` to be 1 and was 1 ${".".repeat(50)} [ PASSED ]`,
  "Info: [libuktest] uktest:case a->x passed assertions=1 failed=0 time=5",
  "Info: [libuktest] uktest:done a cases=1 failed=0",
  "Info: [libuktest] uktest:suites:     1 total",
  "Info: [libuktest] uktest:cases:      1 total",
  "Info: [libuktest] uktest:assertions: 1 total",
  "Info: [libuktest] uktest:end cases=1 failed=0 skipped=0",
];

/** Codes of the problems of a boot that ends so, with this after its last whole line. */
function problemsOf(rest: string, end: MachineEnd): readonly string[] {
  const reader = new RunReader({ tool: TOOL, sources: ["g"], policy: { ubsan: "fail" } }, DIALECTS);
  const text = WHOLE.map((line, at) => `[    0.00000${String(at)}] ${line}\r\n`).join("") + rest;
  reader.open("g");
  const events = [...reader.feed(Buffer.from(text, "latin1"))];
  reader.end(end);
  const { problems } = reduce([...events, ...reader.settle([]), ...reader.finish()]);
  return problems.map(({ code }) => code);
}

const STOPPED: MachineEnd = { kind: "ended", how: "unknown", detail: "stopped", isCut: true };
const GONE: MachineEnd = { kind: "ended", how: "unknown", detail: "gone" };

test("what the host has cut off is no damage, and what the guest ends with is", (t) => {
  for (const rest of ["[    0.687345", "[    0.687345] In", "["]) {
    t.deepEqual(problemsOf(rest, STOPPED), [], rest);
  }
  t.deepEqual(problemsOf("[    0.687345", GONE), ["garbled-line"]);
});
