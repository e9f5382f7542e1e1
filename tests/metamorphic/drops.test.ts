/** A line that is lost or doubled never makes a red capture green. */
import test from "ava";
import type { RunModel } from "../../src/core/model.js";
import { judge } from "../../src/core/verdict.js";
import { amount } from "../amount.js";
import { bytesOf, read, serialLogs } from "../reading.js";

/** One byte per character, so that a change of text is a change of bytes. */
const textOf = (name: string): string => bytesOf(name).toString("latin1");
const linesOf = (text: string): readonly string[] => text.split("\n");
/** By hand a third of the lines. */
const STEP = amount(1, 3);
const isGreen = (model: RunModel): boolean => judge(model).verdict === "passed";

for (const name of serialLogs) {
  test(`${name} with any line dropped or doubled is never better`, (t) => {
    const lines = linesOf(textOf(name));
    const wasGreen = isGreen(read(bytesOf(name)));
    for (let index = 0; index < lines.length; index += STEP * (lines.length > 150 ? 3 : 1)) {
      const dropped = [...lines.slice(0, index), ...lines.slice(index + 1)].join("\n");
      const doubled = [...lines.slice(0, index + 1), ...lines.slice(index)].join("\n");
      if (wasGreen) continue;
      t.false(isGreen(read(dropped)), `without line ${String(index + 1)}`);
      t.false(isGreen(read(doubled)), `with line ${String(index + 1)} twice`);
    }
    t.pass();
  });
}
