/**
 * Whatever a guest prints: no broken document, no forged test point, no command and no escape sequence, anywhere.
 */
import test from "ava";
import fc from "fast-check";
import { amount } from "../amount.js";
import { commandsIn, foreignCommandsIn } from "../oracles/actions-runner.js";
import { EVERYTHING, hostileText } from "../oracles/hostile.js";
import { isPlain, withoutColours } from "../oracles/terminal.js";
import { reporters } from "./all.js";
import { render, type Settings } from "./render.js";
import { hostileRun } from "./samples.js";
import { foreignPathsIn, points, shapeOf } from "./shapes.js";

/** What a harmless text gives: the numbers that no hostile one may change. */
const CASES = 6;
const LEAVES = CASES + 1 + 1 + 1; // one finding, one fault outside, one problem of grade error

const SETTINGS: Readonly<Record<string, readonly Settings[]>> = {
  tap: [{}, { options: { version: "13" } }],
  junit: [{}, { options: { dialect: "jenkins" } }],
  pretty: [{}, { width: 40 }, { width: 47 }, { colorLevel: 1, width: 53 }],
  lines: [{}, { colorLevel: 1 }],
};

for (const reporter of reporters)
  for (const settings of SETTINGS[reporter.name] ?? [{}]) {
    const label = `${reporter.name} ${JSON.stringify(settings)}`;

    test(`${label} withstands a hostile guest`, async (t) => {
      const expected = shapeOf(reporter, await render(reporter, hostileRun("harmless"), settings));
      const check = async (text: string): Promise<void> => {
        const output = await render(reporter, hostileRun(text), settings);
        const shown = withoutColours(output);
        t.true(isPlain(shown));
        t.deepEqual(shapeOf(reporter, output), expected);
        const commands = [...commandsIn(output), ...commandsIn(shown)];
        if (reporter.name !== "github") t.deepEqual(commands, []);
        if (reporter.name !== "teamcity") t.deepEqual(foreignCommandsIn(shown), []);
        t.deepEqual(foreignPathsIn(reporter, output), []);
      };
      await check(EVERYTHING);
      for (const text of ["", " ", "::error::x", `${"word ".repeat(20)}::error::x`, "##", "a ##"])
        await check(text);
      await fc.assert(fc.asyncProperty(hostileText(), check), { numRuns: amount(40, 8) });
    });

    test(`${label} withstands a long text`, async (t) => {
      const text = "\x1b[::error::\u6f22\n##[".repeat(amount(65_000, 6_500));
      const output = await render(reporter, hostileRun(text), settings);
      t.true(isPlain(withoutColours(output)));
      if (reporter.name !== "github") t.deepEqual(commandsIn(output), []);
    });
  }

test("the numbers above are those of the sample", async (t) => {
  for (const reporter of reporters)
    if (reporter.name === "tap") t.is(points(await render(reporter, hostileRun("x"))).length, LEAVES);
});
