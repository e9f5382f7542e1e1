/**
 * What was measured of cases, and findings of kind leak and limit, in every report: each has the words, the place and the
 * grade, whatever the policy says of sanitizers.
 */
import test from "ava";
import { reporters } from "./all.js";
import { contextFor, render } from "./render.js";
import { reporter as ctrf } from "../../reporters/ctrf.js";
import { reporter as html } from "../../reporters/html.js";
import { reporter as json } from "../../reporters/json.js";
import { reporter as junit } from "../../reporters/junit.js";
import { reporter as markdown } from "../../reporters/markdown.js";
import { ruleText } from "../../reporters/sarif/rules.js";
import { extrasOf } from "../../reporters/view/extras.js";
import type { RunEvent } from "../../src/core/events.js";
import { reduce } from "../../src/core/model/reduce.js";
import { nodesOf, parseXml } from "../oracles/xml.js";
import { greenRun, leakingRun } from "./samples.js";

/** What a format has to say, besides the counts of metrics. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  pretty: ["leak", "memory.c:22", "64 bytes in 1 block", "limit", "9000, and its suite allows 8192"],
  lines: ["leak memory  lib/memory.c:22:9  64 bytes", "limit peak_bytes  main.c:45  peak_bytes of"],
  tap: ["leak: memory at lib/memory.c:22:9", "limit: peak_bytes at main.c:45"],
  junit: ["64 bytes in 1 block still held after ring.keeps", 'name="leaked_bytes" value="4096"'],
  github: ["file=lib/memory.c,line=22,col=9,title=leak%3A memory::64 bytes", "title=limit%3A peak_bytes::"],
  markdown: ["<code>leak: memory</code>", "<code>limit: peak_bytes</code>", "still hold memory"],
  sarif: ['"leak/memory"', '"LimitPeakBytes"', "UK_TEST_LIMIT"],
  codequality: ['"leak/memory"', '"limit/peak_bytes"'],
  teamcity: ["leak/memory: lib/memory.c:22:9: 64 bytes", "limit/peak_bytes: main.c:45: peak_bytes"],
  ctrf: ['"measurements":{"leaked_bytes":64,"leaked_blocks":1,"peak_bytes":64}'],
  json: ['{"name":"peak_bytes","kind":"gauge","value":9000,"unit":"bytes"}'],
  html: ['["peak_bytes","peak","9000 bytes",9000]'],
  events: ['"type":"measurement"'],
  prometheus: ['uktest_run_findings{kind="leak"} 2', 'uktest_run_findings{kind="limit"} 1'],
  openmetrics: ['case="keeps_more",machine="qemu-x86_64"} 4096\n'],
};

for (const reporter of reporters)
  test(`${reporter.name} shows leaks, limits and what was measured`, async (t) => {
    const text = await render(reporter, leakingRun());
    t.true(reporter.name in WORDS);
    for (const words of WORDS[reporter.name] ?? []) t.true(text.includes(words), `${words}\n${text}`);
  });

test("what somebody has set a limit for counts whatever is said of sanitizers", async (t) => {
  for (const ubsan of ["off", "warn", "fail"] as const) {
    const run = leakingRun({ ubsan, maxLeak: 0 });
    const found = extrasOf(reduce(run)).filter(({ kind }) => kind === "finding");
    t.deepEqual(
      found.map(({ grade }) => grade),
      ["error", "error", "error"],
      ubsan,
    );
    t.is(nodesOf(parseXml(await render(junit, run)), "error").length, 3);
  }
});

test("what is not measured leaves nothing", async (t) => {
  for (const reporter of [ctrf, html, json, junit, markdown]) {
    const text = await render(reporter, greenRun());
    t.notRegex(text, /"measure(?:d|ments)":|name="peak_bytes"|hold memory/, reporter.name);
  }
  const rows = nodesOf(
    parseXml(await render(junit, leakingRun(), { options: { dialect: "jenkins" } })),
    "testcase",
  );
  t.true(rows.every((one) => nodesOf(one, "properties").length === 0));
  t.is(contextFor(leakingRun()).model().suites[0]?.cases[4]?.measurements, undefined);
});

test("a record may say more than we know, and hostile names", async (t) => {
  const run = leakingRun().flatMap((event): readonly RunEvent[] =>
    event.type !== "measurement"
      ? [event]
      : [
          { ...event, name: 'a"<b>\n::error::x', value: 1e300 },
          { ...event, name: "wait_seconds", unit: "seconds" as const, value: 0.25 },
        ],
  );
  for (const reporter of reporters) await t.notThrowsAsync(render(reporter, run), reporter.name);
  const page = await render(html, run);
  t.true(page.includes('["wait_seconds","wait","250 ms",0.25]'));
  const names = nodesOf(parseXml(await render(junit, run)), "property").map(
    ({ attributes }) => attributes["name"],
  );
  t.true(names.includes('a"<b>\\n::error::x'), names.join());
});

test("the rules of leaks and limits say what to do", (t) => {
  t.regex(ruleText("leak/memory").help, /UK_TEST_LIMIT/);
  t.regex(ruleText("limit/peak_bytes").short, /\(peak bytes\)\.$/);
  t.notRegex(ruleText("limit/x").help, /log/);
});
