/**
 * Findings of all kinds and faults of other kernels in every report: each says the right word, names the function where no
 * place is known, and shows the way to it.
 */
import test from "ava";
import type { RunEvent } from "../../src/core/events.js";
import { readChunks } from "../reading.js";
import { LINUX, OTHERS, type Sample } from "../faults/report-samples.js";
import { reporters } from "./all.js";
import { render } from "./render.js";

const sampleOf = (name: string): Sample => {
  const found = [...LINUX, ...OTHERS].find((one) => one.name === name);
  if (found === undefined) throw new Error(`no sample ${name}`);
  return found;
};

/** A stream in which each report is in a case of its own. */
function runWith(...names: readonly string[]): readonly RunEvent[] {
  const points = names.flatMap((name, at) => [
    ...sampleOf(name).lines,
    `ok ${String(at + 1)} - case ${String(at + 1)}`,
  ]);
  const lines = ["TAP version 13", `1..${String(names.length)}`, ...points];
  return readChunks([Buffer.from(lines.map((line) => `${line}\n`).join(""), "latin1")]);
}

/** What a format has to say of a KASAN report, in its own words. */
const KASAN: Readonly<Record<string, readonly (string | RegExp)[]>> = {
  pretty: ["KASAN", "slab-use-after-free", "frob_test_case", "1 KASAN finding"],
  lines: [/^KASAN slab-use-after-free {1,2}frob_widget/m, "frob_test_case", "1 KASAN report"],
  tap: ["kasan: slab-use-after-free at frob_widget", "frob_test_case"],
  junit: [".kasan", "slab-use-after-free", "frob_test_case"],
  github: ["KASAN%3A slab-use-after-free", "frob_test_case"],
  markdown: ["kasan: slab-use-after-free", "frob_widget", "### Findings"],
  json: ['"kind":"kasan"', '"function":"frob_widget"', '"system":"linux"', '"excerpt":['],
  sarif: ["kasan/slab-use-after-free", "memory-safety", "frob_test_case"],
  codequality: ["kasan/slab-use-after-free"],
  teamcity: ["KASAN: slab-use-after-free Read in frob_widget"],
  ctrf: ['"kasan"', "frob_test_case"],
  html: ['"kind":"KASAN"', "frob_test_case"],
  events: ['"kind":"kasan"'],
  prometheus: ['uktest_run_findings{kind="kasan"} 1\n'],
  openmetrics: ['uktest_run_findings{kind="kasan"} 1\n'],
};

/** They count, and give no text away. */
const METRICS = ["prometheus", "openmetrics"];

for (const reporter of reporters) {
  test(`${reporter.name} calls a finding of KASAN by its name`, async (t) => {
    const text = await render(reporter, runWith("KASAN"));
    for (const wanted of KASAN[reporter.name] ?? ["kasan"])
      t.true(
        typeof wanted === "string" ? text.includes(wanted) : wanted.test(text),
        `${String(wanted)}\n${text}`,
      );
    // The page brings its code along; data for programs has a file in every finding, the policy, or each kind.
    if (!["html", "json", "events", ...METRICS].includes(reporter.name))
      t.notRegex(text, /UBSAN|undefined behaviou?r|unknown file/i);
  });

  test(`${reporter.name} shows findings of several kinds and a fault of Linux`, async (t) => {
    const text = await render(reporter, runWith("WARN", "lockdep", "kmemleak", "UBSAN of today", "oops"));
    if (METRICS.includes(reporter.name)) {
      for (const kind of ["warning", "locking", "kmemleak", "ubsan"])
        t.true(text.includes(`{kind="${kind}"} 1\n`), kind);
      t.notRegex(text, /frob_widget/);
      t.true(text.includes("uktest_run_faults 1\n"));
      return;
    }
    for (const wanted of [
      "WARNING in frob_widget",
      "possible deadlock in frob_widget",
      "memory leak in frob_widget",
      "index 4 is out of range",
      "NULL pointer dereference in frob_widget",
    ])
      t.true(text.includes(wanted), `${wanted}\n${text}`);
  });
}

test("a summary counts kinds that differ one by one", async (t) => {
  const pretty = reporters.find(({ name }) => name === "pretty");
  if (pretty === undefined) return t.fail();
  const text = await render(pretty, runWith("KASAN", "WARN", "WARN of the newest"));
  t.regex(text, /3 findings \(1 KASAN, 2 WARNING\)/);
});
