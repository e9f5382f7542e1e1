import test from "ava";
import { reporter } from "../../reporters/markdown.js";
import { DETAILS } from "../../reporters/markdown/detail.js";
import type { RunEvent } from "../../src/core/events.js";
import { reduce } from "../../src/core/model/reduce.js";
import { judge } from "../../src/core/verdict.js";
import { EVERYTHING } from "../oracles/hostile.js";
import { readMarkdown, textsOf } from "../oracles/markdown.js";
import { nodesOf } from "../oracles/xml.js";
import { type CaseScript, fault, RunBuilder } from "./builder.js";
import { render } from "./render.js";
import { greenRun, hostileRun, MAIN, manyCases, overflow, redRun, symbolizedRun } from "./samples.js";

const headings = (markdown: string): readonly string[] =>
  nodesOf(readMarkdown(markdown), "h3").map(({ text }) => text);

test("the verdict first, then the worst on top", async (t) => {
  const text = await render(reporter, redRun());
  t.true(text.startsWith("## ❌ uktest: failed\n"));
  t.deepEqual(headings(text), [
    "Crashed (1)",
    "Faults outside the cases (1)",
    "Undefined behaviour (2)",
    "Timed out (1)",
    "Failed (2)",
    "Not run (2)",
    "Problems of the run (3)",
  ]);
  t.true((await render(reporter, greenRun())).startsWith("## ✅ uktest: passed\n"));
});

test("the very worst is open at once, and nothing else", async (t) => {
  const fail = { name: "f", status: "failed", body: [{ fail: "x", file: MAIN, line: 1 }] } as const;
  const failing = new RunBuilder().boot("b", "normal", (run) => run.suite("s", fail, fail)).end();
  for (const [run, first] of [
    [failing, "s.f"],
    [redRun(), "demo_zcrash_testsuite.demo_test_crash"],
    [symbolizedRun(), "memory.null_read"],
  ] as const) {
    const all = nodesOf(readMarkdown(await render(reporter, run)), "details");
    const open = all.filter(({ attributes }) => "open" in attributes);
    t.is(open.length, 1);
    t.is(open[0], all[0]);
    t.is(textsOf(open[0] ?? all[0] ?? readMarkdown("")).code[0], first);
  }
});

test("place, expectation and value of a failure, linked where somebody shows the file", async (t) => {
  const page = readMarkdown(
    await render(reporter, redRun(), { link: (path, line) => `https://h/${path}#L${String(line ?? 0)}` }),
  );
  const links = nodesOf(page, "a").map(({ attributes, children }) => [
    attributes["href"],
    children.map(({ text }) => text).join(),
  ]);
  t.deepEqual(links[0], ["https://h/main.c#L71", "main.c:71"]);
  t.false(
    links.some(([href]) => href?.includes("unikraft")),
    "a file outside the tree has no page",
  );
  const rows = nodesOf(page, "tr").map((row) => textsOf(row).code);
  t.true(rows.some((row) => row.join("|") === "main.c:12|2 + 2 to be 5|4"));
});

test("a symbolized crash shows source, frames and fingerprint", async (t) => {
  const { code } = textsOf(readMarkdown(await render(reporter, symbolizedRun())));
  const all = code.join("\n");
  t.true(all.includes(">  22 |") || all.includes("> 22 |"), all);
  t.true(all.includes("#1 read_from  lib/memory.c:41"));
  t.true(all.includes("trap: load < read_from < test_read"));
  t.true(all.includes("RIP"));
});

test("the slowest cases, the slowest on top", async (t) => {
  const cases = Array.from({ length: 30 }, (_, at): CaseScript => ({
    name: `c${String(at)}`,
    durationMs: at,
  }));
  const run = new RunBuilder().boot("b", "normal", (one) => one.suite("s", ...cases)).end();
  const page = readMarkdown(await render(reporter, run));
  const names = textsOf(page).code;
  t.deepEqual(names.slice(0, 2), ["s.c29", "s.c28"]);
  t.is(names.length, 10);
});

test("the command that repeats it is there on a red run only, and never one that no shell takes", async (t) => {
  const command = (text: string) => ({ again: () => text });
  t.regex(await render(reporter, redRun(), command("uktest run a.b")), /```sh\nuktest run a\.b\n```/);
  t.notRegex(await render(reporter, greenRun(), command("uktest run a.b")), /uktest run/);
  t.notRegex(await render(reporter, redRun(), command("x".repeat(5000))), /xxx/);
});

/** A run with one of everything, each a thousand times. */
const thousand = (): readonly RunEvent[] =>
  new RunBuilder()
    .boot("b.log", "fault", (run) => {
      const body = [
        { console: "a line of the console, as long as they usually are, with some text in it" },
        { fail: "expected `a_function(with, arguments)` to be 5 but was 4", file: MAIN, line: 12 },
        { console: "\u{1f600} \u6f22" },
      ];
      for (let at = 0; at < 1000; at += 1) {
        const name = `a_case_with_a_name_${String(at)}`;
        run.suite(
          `suite_${String(at)}`,
          { name, status: "failed", body, durationMs: at },
          { name: `${name}_c`, status: "crashed", body: [{ fault: fault("trap", "page fault") }] },
          { name: `${name}_t`, status: "timed-out", reason: "no output for 10 s", body },
          { name: `${name}_n`, status: "not-run", reason: `the boot ended in ${name}` },
        );
        run.finding({ ...overflow, line: at + 1 });
      }
    })
    .end();

test("whatever the room, it is filled with whole constructs, the counts are right and the worst is kept", async (t) => {
  const run = thousand();
  const lengths: number[] = [];
  for (const maxBytes of [900 * 1024, 400_000, 200_000, 100_000, 40_000, 12_000, 4_000, 2_000]) {
    const text = await render(reporter, run, { maxBytes });
    const bytes = Buffer.byteLength(text);
    t.true(bytes <= maxBytes, `${String(bytes)} of ${String(maxBytes)}`);
    lengths.push(bytes);
    const page = readMarkdown(text);
    const [crashed] = headings(text);
    t.is(crashed, "Crashed (1000)");
    const shown = textsOf(page).code.filter((code) =>
      /^suite_\d+\.a_case_with_a_name_\d+_c$/.test(code),
    ).length;
    const more = shown === 1000 ? 0 : Number(/And (\d+) more/.exec(text)?.[1]);
    if (shown > 0) t.is(shown + more, 1000);
    else t.regex(text, /no room here for more/);
  }
  t.deepEqual(
    lengths,
    [...lengths].sort((a, b) => b - a),
  );
  t.true((lengths[0] ?? 0) > 300_000, "room that is there is used");
});

test("next to no room", async (t) => {
  const run = thousand();
  t.is(await render(reporter, run, { maxBytes: 30 }), "## ❌ uktest: failed\n\n");
  t.is(await render(reporter, run, { maxBytes: 10 }), "");
});

test("by itself it stays below GitHub's limit", async (t) => {
  const text = await render(reporter, manyCases(100_000));
  t.true(Buffer.byteLength(text) <= 1024 * 1024 - 64 * 1024);
  readMarkdown(text);
});

test("each step says less", (t) => {
  for (const [at, step] of DETAILS.entries()) {
    const before = DETAILS[at - 1];
    if (before === undefined) continue;
    for (const key of ["consoleRows", "opened", "named", "assertions"] as const)
      t.true(step[key] <= before[key], `${key} of step ${String(at)}`);
  }
});

test("hostile text stands in code, or nowhere", async (t) => {
  const calm = textsOf(readMarkdown(await render(reporter, hostileRun("harmless"))));
  const wild = textsOf(readMarkdown(await render(reporter, hostileRun(EVERYTHING))));
  t.deepEqual(wild.plain, calm.plain);
  t.is(wild.code.length, calm.code.length);
  t.is(judge(reduce(hostileRun("x"))).verdict, "failed");
});
