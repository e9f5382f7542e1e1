/**
 * Whatever a guest prints: no broken document, no forged test point, no command and no escape sequence, anywhere.
 */
import test from "ava";
import fc from "fast-check";
import { Parser } from "tap-parser";
import type { Reporter } from "../../src/core/reporter.js";
import { commandsIn, foreignCommandsIn, type WorkflowCommand } from "../oracles/actions-runner.js";
import { EVERYTHING, hostileText } from "../oracles/hostile.js";
import { isPlain, withoutColours } from "../oracles/terminal.js";
import { shapeOfPage } from "../oracles/html.js";
import { nodesOf, parseXml } from "../oracles/xml.js";
import { reporters } from "./all.js";
import { render, type Settings } from "./render.js";
import { hostileRun } from "./samples.js";

/** What a harmless text gives: the numbers that no hostile one may change. */
const CASES = 6;
const LEAVES = CASES + 1 + 1 + 1; // one finding, one fault outside, one problem of grade error

const SETTINGS: Readonly<Record<string, readonly Settings[]>> = {
  tap: [{}, { options: { version: "13" } }],
  junit: [{}, { options: { dialect: "jenkins" } }],
  pretty: [{}, { width: 40 }, { width: 47 }, { colorLevel: 1, width: 53 }],
  lines: [{}, { colorLevel: 1 }],
};

function points(tap: string): readonly boolean[] {
  const seen: boolean[] = [];
  const parser = new Parser();
  parser.on("result", (result: { ok: boolean }) => seen.push(result.ok));
  parser.end(tap);
  return seen;
}

type Check = (text: string) => unknown;

/** What of a document may not depend on the guest. */
const SHAPE: Readonly<Record<string, Check>> = {
  tap: (text) => [points(text).length, points(text).filter((ok) => ok).length],
  junit: (text) => {
    const root = parseXml(text);
    return ["testcase", "failure", "error", "skipped"].map((name) => nodesOf(root, name).length);
  },
  github: (text) =>
    commandsIn(text).map(({ name, properties }: WorkflowCommand) => [name, "title" in properties]),
  json: (text) => {
    const report = JSON.parse(text) as Record<string, unknown>;
    return [Object.keys(report), report["counts"], report["verdict"]];
  },
  events: (text) =>
    text
      .trimEnd()
      .split("\n")
      .map((line) => (JSON.parse(line) as { type: string }).type),
  html: shapeOfPage,
  lines: (text) => withoutColours(text).match(/^\w+(?= )/gm),
  pretty: (text) =>
    withoutColours(text).match(/^ (?:FAIL|CRASH|TIMEOUT|NOT RUN|UBSAN|FAULT|FAILED|PASSED) /gm),
};

const shapeOf = (reporter: Reporter, text: string): unknown => SHAPE[reporter.name]?.(text);

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
        t.deepEqual(foreignCommandsIn(shown), []);
      };
      await check(EVERYTHING);
      for (const text of ["", " ", "::error::x", `${"word ".repeat(20)}::error::x`, "##", "a ##"])
        await check(text);
      await fc.assert(fc.asyncProperty(hostileText(), check), { numRuns: 40 });
    });

    test(`${label} withstands a megabyte`, async (t) => {
      const text = "\x1b[::error::\u6f22\n##[".repeat(65_000);
      const output = await render(reporter, hostileRun(text), settings);
      t.true(isPlain(withoutColours(output)));
      if (reporter.name !== "github") t.deepEqual(commandsIn(output), []);
    });
  }

test("the numbers above are those of the sample", async (t) => {
  for (const reporter of reporters)
    if (reporter.name === "tap") t.is(points(await render(reporter, hostileRun("x"))).length, LEAVES);
});
