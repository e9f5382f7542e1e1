/**
 * A hundred thousand cases end (by hand, ten thousand), and four times the cases take about four times the work.
 */
import test from "ava";
import { amount } from "../amount.js";
import { cpuMs } from "../cpu.js";
import { reporters } from "./all.js";
import { contextFor, pieces } from "./render.js";
import { manyCases } from "./samples.js";

const small = manyCases(amount(4_000, 1_000));
const large = manyCases(amount(16_000, 4_000));
const huge = manyCases(amount(100_000, 10_000));

for (const reporter of reporters) {
  test.serial(`${reporter.name} is linear`, async (t) => {
    const timed = async (run: typeof small): Promise<number> => {
      let best = Infinity;
      for (let round = 0; round < 2; round += 1) {
        const start = cpuMs();
        await pieces(reporter, run);
        best = Math.min(best, cpuMs() - start);
      }
      return best;
    };
    // Linear is 4 and quadratic 16; a busy machine may spoil a measurement, but hardly three.
    const ratios: number[] = [];
    while (ratios.length < 3 && ratios.every((ratio) => ratio > 9))
      ratios.push((await timed(large)) / (await timed(small)));
    t.true(Math.min(...ratios) <= 9, `four times the cases took ${ratios.join(", ")} times as long`);
  });

  test.serial(`${reporter.name} gets through very many cases`, async (t) => {
    let length = 0;
    const context = contextFor(huge);
    const source = (async function* () {
      for (const event of huge) yield await Promise.resolve(event);
    })();
    for await (const piece of reporter.render(source, context)) length += piece.length;
    t.true(length > 0);
  });
}
