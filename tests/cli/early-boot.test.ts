/** A boot that begins ahead of its turn is taken once, and is ended when nobody takes it. */
import test from "ava";
import type { Boot, BootImage } from "../../runner/machine.js";
import { EarlyBoot } from "../../src/cli/early-boot.js";

const image = (path: string): BootImage => ({ path, architecture: "i386", isKit: true, words: [] });

/** Boots that only write down what becomes of them. */
function diary() {
  const lines: string[] = [];
  const start = ({ path }: BootImage): Boot => {
    lines.push(`start ${path}`);
    return {
      output: (async function* () {})(),
      end: Promise.resolve({ kind: "ended", how: "normal", detail: path }),
      stop: () => {
        lines.push(`stop ${path}`);
      },
    };
  };
  return { lines, start };
}

test("the first image boots at once, and whoever takes it gets that boot", async (t) => {
  const { lines, start } = diary();
  const [first, second] = [image("first"), image("second")];
  const boots = new EarlyBoot(start, first);
  t.deepEqual(lines, ["start first"]);
  t.like(await boots.take(first).end, { detail: "first" });
  t.like(await boots.take(second).end, { detail: "second" });
  t.like(await boots.take(first).end, { detail: "first" });
  boots.stop();
  t.deepEqual(lines, ["start first", "start second", "start first"]);
});

test("a boot that nobody takes is ended once", (t) => {
  const { lines, start } = diary();
  const boots = new EarlyBoot(start, image("first"));
  boots.stop();
  boots.stop();
  t.deepEqual(lines, ["start first", "stop first"]);
  new EarlyBoot(start, undefined).stop();
  t.is(lines.length, 2);
});
