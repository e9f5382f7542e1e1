/**
 * The exact text of every reporter on the sample runs. Read the difference before you rewrite a golden file.
 */
import test from "ava";
import type { Reporter } from "../../src/core/reporter.js";
import type { RunEvent } from "../../src/core/events.js";
import { withoutAssets } from "../oracles/html.js";
import { reporters } from "./all.js";
import { golden, render, type Settings } from "./render.js";
import { benchedRun, emptyRun, greenRun, leakingRun, redRun, symbolizedRun, twoBoots } from "./samples.js";

const RUNS: Readonly<Record<string, () => readonly RunEvent[]>> = {
  green: greenRun,
  red: redRun,
  "two-boots": twoBoots,
  empty: emptyRun,
  symbolized: symbolizedRun,
  leaking: () => leakingRun(),
  benched: benchedRun,
};

/** What the page is built of is code: it is tested as such, and would only hide what a golden file is for. */
const textOf = async (reporter: Reporter, run: readonly RunEvent[], settings?: Settings): Promise<string> => {
  const text = await render(reporter, run, settings);
  return reporter.name === "html" ? withoutAssets(text) : text;
};

for (const reporter of reporters)
  for (const [name, run] of Object.entries(RUNS))
    test(`${reporter.name} on a run that is ${name}`, async (t) => {
      golden(t, `${reporter.name}-${name}.txt`, await textOf(reporter, run()));
    });

const VARIANTS: readonly (readonly [string, string, Settings])[] = [
  ["tap", "flat", { options: { version: "13" } }],
  ["junit", "jenkins", { options: { dialect: "jenkins" } }],
  ["pretty", "colours", { colorLevel: 1, width: 80 }],
  ["pretty", "ascii-narrow", { unicode: false, width: 60 }],
  ["lines", "colours", { colorLevel: 1 }],
  [
    "markdown",
    "linked",
    {
      link: (path, line) => `https://github.com/o/r/blob/c0ffee/${path}#L${String(line ?? 1)}`,
      again: () => "uktest run suite.case --machine qemu-x86_64",
    },
  ],
  ["markdown", "little-room", { maxBytes: 2500 }],
];

for (const [name, variant, settings] of VARIANTS)
  test(`${name}, ${variant}`, async (t) => {
    for (const reporter of reporters)
      if (reporter.name === name)
        golden(t, `${name}-red-${variant}.txt`, await textOf(reporter, redRun(), settings));
  });

test("findings that only warn", async (t) => {
  for (const reporter of reporters)
    golden(t, `${reporter.name}-red-ubsan-warn.txt`, await textOf(reporter, redRun({ ubsan: "warn" })));
});
