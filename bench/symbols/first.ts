/**
 * Completes one crash in a process of its own, as cold as in a run, and prints how long that took in milliseconds and how
 * many frames it gave.
 */
import type { RunEvent } from "../../src/core/events.js";
import { Symbolizer } from "../../src/run/symbolize.js";

const [image = "", root = "", ...addresses] = process.argv.slice(2);
const [counter = ""] = addresses;
const event: RunEvent = {
  type: "fault",
  boot: "b1",
  fault: {
    kind: "trap",
    title: "a crash",
    registers: [{ name: "RIP", value: counter }],
    callTrace: addresses.map((address) => ({ address })),
    excerpt: [],
  },
  origin: { line: 1, byteOffset: 0 },
};
const symbolizer = new Symbolizer({ image }, { root, stripPrefixes: [] }, () => undefined);
const start = performance.now();
const [completed] = symbolizer.complete([event]);
const tookMs = performance.now() - start;
const frames = completed?.type === "fault" ? completed.fault.callTrace : [];
const named = frames.filter((frame) => frame.line !== undefined).length;
process.stdout.write(JSON.stringify({ tookMs, named }));
