/**
 * The row with the guest's memory: exact on a guest that passes and on one that fails, and a difference is seen.
 */
import test from "ava";
import { turns } from "../amount.js";
import {
  captured,
  conclude,
  difference,
  greener,
  memoryRow,
  memoryText,
} from "../../bench/integrity/memory.js";
import { witnessRows, witnessText } from "../../bench/integrity/witnesses.js";
import type { Capture } from "../../bench/integrity/memory.js";
import type { Plan } from "../../src/core/plan.js";

const PLAN: Plan = {
  image: "app.elf",
  architecture: "x86_64",
  suites: [{ name: "a", cases: [{ name: "x", file: "a.c", sites: [5] }] }],
  orphans: [],
};
const line = (text: string): string => `[    0.001000] Info: ${text}\r\n`;
const TEXT = [
  "[libuktest] uktest:plan build=- suites=1 cases=1",
  "[libuktest] uktest:begin a",
  "test:\x1b[0m a->x",
  `\texpected \`i\` to be 1 and was 1 ${".".repeat(50)} [ PASSED ]`,
  "[libuktest] uktest:case a->x passed assertions=1 failed=0 time=5",
  "[libuktest] uktest:done a cases=1 failed=0",
  "[libuktest] uktest:end cases=1 failed=0 skipped=0",
]
  .map(line)
  .join("");

const capture = (status: "passed" | "failed"): Capture => ({
  name: status,
  text: TEXT,
  plan: PLAN,
  end: { kind: "ended", how: "normal", detail: "0" },
  facts: {
    cases: [
      {
        suite: "a",
        name: "x",
        file: "a.c",
        sites: [],
        results: [{ status, assertions: 1, failed: status === "failed" ? 1 : 0 }],
      },
    ],
    suites: [],
    journal: { ended: true, findings: 0, failedOutside: 0 },
  },
});

test("whatever the console loses, verdict and cases are exact", (t) => {
  const row = memoryRow([capture("passed"), capture("failed")], "test", 0.5);
  t.true(row.mutants > 500 && row.greens > 250);
  t.deepEqual(row.misses, [], memoryText(row));
  t.regex(memoryText(row), /(\d+)\/\1 exact/);
});

test("words of failure that memory does not know are red, and no changed word is greener", (t) => {
  const rows = witnessRows([capture("passed"), capture("failed")], "test", 1);
  t.true(rows.failures > 100);
  t.deepEqual(rows.green, [], witnessText(rows));
  t.is(rows.words, 0, "captures without bytes of memory");
  const blind = {
    ...capture("failed"),
    text: "",
    memory: { pieces: [new Uint8Array(64)], factsOf: () => capture("passed").facts },
  };
  const seen = witnessRows([blind], "test", 0.1);
  t.true(seen.words > 20 && seen.greener.length > 0, "a memory that forgets is seen");
  t.regex(witnessText(seen), /greener than the guest \d+\/\d+\n {2}failed, memory whole: piece 0/);
});

for (const machine of turns(["v86", "qemu-x86_64", "qemu-arm64"], "bench/integrity-memory"))
  test(`${machine}: a guest names its results in its memory as on its console, parameters included`, async (t) => {
    t.timeout(600_000);
    const captures = await captured(machine);
    const names = new Set<string>();
    for (const one of captures) {
      const whole = conclude(one, one.text, one.facts);
      for (const name of whole.cases.keys()) names.add(name);
      t.deepEqual(
        sorted(conclude(one, "", one.facts).cases),
        sorted(whole.cases),
        `${one.name}, without its console`,
      );
      const lines = one.text.split(/(?<=\n)/);
      // Each header with a label is lost once, and the others have to keep their own results.
      lines.forEach((header, at) => {
        if (!/test:\S* \w+->\w+\//.test(header)) return;
        for (const text of [lines.slice(0, at), lines.toSpliced(at, 1)])
          t.deepEqual(
            sorted(conclude(one, text.join(""), one.facts).cases),
            sorted(whole.cases),
            `without ${header}`,
          );
      });
    }
    for (const name of [
      "uktest_params.labelled/two_and_a_half",
      "uktest_params.numbered/0",
      "uktest_params.numbered/3",
      "uktest_params_fail.second/0",
      "uktest_params_fail.second/2",
    ])
      t.true(names.has(name), name);
  });

const sorted = (cases: ReturnType<typeof conclude>["cases"]): unknown =>
  [...cases].sort(([a], [b]) => (a < b ? -1 : 1));

test("a difference is seen", (t) => {
  const [green, red] = [capture("passed"), capture("failed")].map((one) => conclude(one, TEXT, one.facts));
  if (green === undefined || red === undefined) return t.fail();
  t.is(difference(green, green), undefined);
  t.is(difference(red, { ...green, cases: red.cases }), "passed: ");
  t.regex(difference(red, { ...red, cases: green.cases }) ?? "", /a\.x is passed, and was failed/);
  t.is(greener(red, green), "green");
  t.is(greener(green, red), undefined, "a word of failure that was added may be believed");
  t.regex(greener(red, { ...red, cases: green.cases }) ?? "", /a\.x is passed, and was failed/);
  const more = new Map([...green.cases, ["a.q", ["passed"] as const]]);
  t.regex(difference(green, { ...green, cases: more }) ?? "", /a\.q never ran/);
  const worse = new Map([...red.cases, ["a.q", ["failed"] as const]]);
  t.is(
    difference(red, { ...red, cases: worse }),
    undefined,
    "a red case on a red console is never taken back",
  );
  t.regex(difference(green, { ...green, cases: worse }) ?? "", /a\.x is failed/);
  const text = memoryText({ mutants: 2, greens: 1, misses: [{ log: "l", what: "w", why: "y" }] });
  t.regex(text, /1\/2 exact[\s\S]*l: w: y/);
});
