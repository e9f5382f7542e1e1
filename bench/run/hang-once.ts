/**
 * Boots one hanging guest in a process of its own, as cold as in a run, and prints the milliseconds from the limit of its
 * case to the fault with registers, stack and names.
 */
import { chooseMachine } from "../../runner/machines.js";
import { selecting } from "../../runner/selected-image.js";
import { DEFAULT_LIMITS } from "../../runner/watch.js";
import { bootOne } from "../../src/run/boots/boot.js";
import { RunReader } from "../../src/console/reader.js";
import { dialectsFor } from "../../src/console/dialects.js";
import { Symbolizer } from "../../src/run/symbolize.js";
import type { FaultRecord } from "../../src/core/fault.js";
import { readPlan } from "../../src/image/plan.js";

const [name = "", path = "", suite = ""] = process.argv.slice(2);
const whole = readPlan(path);
const plan = { ...whole, suites: whole.suites.filter((one) => one.name === suite) };
const { architecture } = plan;
const { machine } = await chooseMachine(name, { architecture, isKit: true });
let firedMs = NaN;
let seen: { readonly fault: FaultRecord; readonly atMs: number } | undefined;
const symbolizer = new Symbolizer({ image: path }, { root: ".", stripPrefixes: [] }, () => undefined);
const outcome = await bootOne({
  machine: {
    ...machine,
    boot: (image, options) => {
      const boot = machine.boot(image, options);
      return {
        ...boot,
        // This is what happens first when a limit fires.
        inspect: () => {
          firedMs = performance.now();
          return boot.inspect();
        },
      };
    },
  },
  image: { path, content: selecting({ path })(plan, []).image, architecture, isKit: true, words: [] },
  options: { memoryMiB: 64, acceleration: "tcg" },
  fallBack: () => false,
  limits: { ...DEFAULT_LIMITS, caseMs: 200 },
  prepare: async () => {
    const info = {
      tool: { name: "uktest", version: "0" },
      sources: [],
      policy: { ubsan: "fail" },
      partOf: 1,
    } as const;
    return { reader: new RunReader(info, await dialectsFor("unikraft")), plan };
  },
  source: name,
  part: { group: "g1" },
  stop: new AbortController().signal,
  slow: () => undefined,
  emit: (events) => {
    for (const event of symbolizer.complete(events))
      if (event.type === "fault") seen ??= { fault: event.fault, atMs: performance.now() };
  },
});
outcome.settle([]);
const { callTrace = [], registers = [] } = seen?.fault ?? {};
process.stdout.write(
  JSON.stringify({
    tookMs: (seen?.atMs ?? NaN) - firedMs,
    registers: registers.length,
    named: callTrace.filter((frame) => frame.function !== undefined).length,
    title: seen?.fault.title,
  }),
);
