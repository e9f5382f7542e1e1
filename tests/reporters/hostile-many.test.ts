/**
 * Ten thousand hostile strings for every format (by hand, two hundred), a thousand to a run: the document read back has
 * the shape that harmless ones give, and nothing in it commands a terminal, a CI agent or a viewer of code.
 */
import test from "ava";
import fc from "fast-check";
import { amount } from "../amount.js";
import { commandsIn, foreignCommandsIn } from "../oracles/actions-runner.js";
import { hostileText } from "../oracles/hostile.js";
import { isPlain, withoutColours } from "../oracles/terminal.js";
import { reporters } from "./all.js";
import { render } from "./render.js";
import { hostileCases } from "./samples.js";
import { foreignPathsIn, shapeOf } from "./shapes.js";

const STRINGS = amount(10_000, 200);
const A_RUN = amount(1000, 200);

for (const reporter of reporters)
  test(`${reporter.name}: thousands of strings change nothing but words`, async (t) => {
    const harmless = Array.from({ length: A_RUN }, (_, at) => `harmless_${String(at)}`);
    const expected = shapeOf(reporter, await render(reporter, hostileCases(harmless)));
    const texts = fc.sample(hostileText(), STRINGS);
    for (let first = 0; first < STRINGS; first += A_RUN) {
      const output = await render(reporter, hostileCases(texts.slice(first, first + A_RUN)));
      const shown = withoutColours(output);
      t.true(isPlain(shown));
      t.deepEqual(shapeOf(reporter, output), expected);
      if (reporter.name !== "github") t.deepEqual(commandsIn(output), []);
      if (reporter.name !== "teamcity") t.deepEqual(foreignCommandsIn(shown), []);
      t.deepEqual(foreignPathsIn(reporter, output), []);
    }
  });
