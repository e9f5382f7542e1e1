/** A capture that is cut anywhere before the last word of its guest is never green. */
import test from "ava";
import type { RunModel } from "../../src/core/model.js";
import { judge } from "../../src/core/verdict.js";
import { some } from "../amount.js";
import { bytesOf, read, serialLogs } from "../reading.js";

/** One byte per character, so that a change of text is a change of bytes. */
const textOf = (name: string): string => bytesOf(name).toString("latin1");
const linesOf = (text: string): readonly string[] => text.split("\n");

/** Everything red that a model holds; a cut may take reds away, but then the end has to be missing. */
const isGreen = (model: RunModel): boolean => judge(model).verdict === "passed";

/** From this byte on a cut takes away nothing that a verdict rests on: the guest has said that it is done. */
function lastWord(text: string): number {
  // No platform says that it halts since 0.21.
  const last = [...text.matchAll(/Unikraft halted|Shutting down system \(\d\)|Unikraft terminates .*\)/g)].at(
    -1,
  );
  return last === undefined ? text.length : last.index + last[0].length;
}

for (const name of serialLogs) {
  test(`${name} cut anywhere is never green before its last word`, (t) => {
    const text = textOf(name);
    const bytes = bytesOf(name);
    // The two large logs are cut at every 53rd byte, at every line, and at every byte of their last 1500.
    const step = bytes.length > 20_000 ? 53 : 7;
    const ends = new Set<number>();
    for (let end = 0; end < bytes.length; end += step) ends.add(end);
    for (let end = Math.max(bytes.length - 1500, 0); end <= bytes.length; end += 1) ends.add(end);
    let at = 0;
    for (const line of linesOf(text)) ends.add((at += line.length + 1));
    const allowed = isGreen(read(bytes)) ? lastWord(text) : Number.POSITIVE_INFINITY;
    const tried = new Set([...some([...ends], 16), bytes.length, Math.min(allowed, bytes.length) - 1]);
    const greens = [...tried].filter((end) => isGreen(read(bytes.subarray(0, end))));
    t.deepEqual(
      greens.filter((end) => end < allowed),
      [],
    );
    if (allowed < bytes.length) t.true(greens.length > 0, "the whole log is green");
  });
}
