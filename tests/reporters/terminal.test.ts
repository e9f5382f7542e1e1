import test from "ava";
import { reporter as lines } from "../../reporters/lines.js";
import { reporter as pretty } from "../../reporters/pretty.js";
import { displayWidth } from "../../src/text/width.js";
import { EVERYTHING } from "../oracles/hostile.js";
import { isPlain, withoutColours } from "../oracles/terminal.js";
import { fault, RunBuilder } from "./builder.js";
import { pieces, render } from "./render.js";
import { greenRun, hostileRun, manyCases, redRun, twoBoots } from "./samples.js";

const BOTH = [pretty, lines];

for (const reporter of BOTH) {
  test(`${reporter.name}: no colours unless they are asked for, and then nothing but colours`, async (t) => {
    for (const run of [redRun(), greenRun(), hostileRun(EVERYTHING)]) {
      const plain = await render(reporter, run);
      t.true(isPlain(plain));
      for (const colorLevel of [1, 2, 3] as const) {
        const coloured = await render(reporter, run, { colorLevel });
        t.not(coloured, plain);
        t.is(withoutColours(coloured), plain);
      }
    }
  });

  test(`${reporter.name}: ASCII only where UTF-8 does not show`, async (t) => {
    for (const run of [redRun(), hostileRun(EVERYTHING)])
      t.regex(await render(reporter, run, { unicode: false }), /^[\n\x20-\x7e]*$/);
  });

  test(`${reporter.name}: a case shows as soon as it finishes`, async (t) => {
    let sent = 0;
    const run = redRun();
    const source = (async function* () {
      for (const event of run) {
        sent += 1;
        yield await Promise.resolve(event);
      }
    })();
    const context = { place: (path: string) => ({ path, inTree: false }), colorLevel: 0, width: 80 } as const;
    const first = await reporter
      .render(source, { ...context, unicode: true, options: {}, model: () => t.fail() })
      [Symbol.asyncIterator]()
      .next();
    t.regex(first.value as string, /parse_null/);
    t.true(sent < 12);
  });

  test(`${reporter.name}: several boots are named`, async (t) => {
    const text = await render(reporter, twoBoots());
    t.regex(text, /^(?:BOOT|boot of) out\/x86_64\.log\n[^]*^(?:BOOT|boot of) out\/arm64\.log\n/m);
  });
}

test("pretty stays within its width", async (t) => {
  for (const width of [40, 60, 80, 120])
    for (const run of [redRun(), greenRun(), hostileRun(EVERYTHING), hostileRun("漢字".repeat(300))]) {
      const text = await render(pretty, run, { width });
      for (const line of text.split("\n")) t.true(displayWidth(line) <= width, line);
    }
});

test("pretty explains fifty cases and counts the rest", async (t) => {
  const text = await render(pretty, manyCases(1000));
  t.is(text.match(/^ FAIL /gm)?.length, 50);
  t.regex(text, /and 50 more cases like these/);
});

test("pretty shows both values, the place and the way", async (t) => {
  const text = await render(pretty, redRun());
  t.regex(text, /main\.c:12 2 \+ 2\n +expected 5\n +actual +4\n/);
  t.regex(text, /▸ 125 │ expected `2 \+ 2` to be 5 but was 4/);
  t.regex(text, /▸ main\.c:71 {2}demo_zcrash_testsuite\.demo_test_crash/);
});

test("pretty leads to the worst thing there is", async (t) => {
  const lead = async (build: (run: RunBuilder) => void): Promise<string> => {
    const run = new RunBuilder().boot("b", "normal", build).end();
    return /▸ (.*)\n$/.exec(await render(pretty, run))?.[1] ?? "";
  };
  const finding = { check: "bounds", message: "index 9", file: "a.c", line: 3, column: 1 };
  const failing = { name: "f", status: "failed", body: [{ fail: "no", file: "b.c", line: 4 }] } as const;
  const late = { name: "t", status: "timed-out", reason: "silence" } as const;
  t.is(await lead((run) => run.suite("s", failing)), "b.c:4  s.f: no");
  t.is(await lead((run) => run.suite("s", failing, late)), "s.t: silence");
  t.is(await lead((run) => run.suite("s", failing, late).finding(finding)), "a.c:3:1  index 9");
  t.is(await lead((run) => run.suite("s", late).finding(finding).fault(fault("reset", "reset"))), "reset");
});

test("pretty asks for the image where only the console speaks", async (t) => {
  const run = greenRun().map((event) =>
    event.type === "case-finished" ? { ...event, evidence: "console" as const } : event,
  );
  t.notRegex(await render(pretty, run), /--image/);
  const without = run.map((event) =>
    event.type === "run-started" ? { ...event, image: undefined as never } : event,
  );
  t.regex(await render(pretty, without), /add --image ELF/);
});

test("lines: a word, a name, a place, a message", async (t) => {
  const text = await render(lines, redRun());
  t.regex(text, /^PASS ukargparse\.parse_null {2}\(0\.4 ms\)$/m);
  t.regex(
    text,
    /^FAIL demo_arith_testsuite\.demo_test_desc {2}main\.c:20 {2}expected `strcmp\("a", "b"\)` to be 0/m,
  );
  t.regex(text, /^VERDICT failed: 1 case crashed/m);
  t.regex(await render(lines, greenRun()), /^VERDICT passed: evidence: plan$/m);
});

test("lines: guest text begins no line", async (t) => {
  const text = await render(lines, hostileRun("GUEST"));
  for (const line of text.trimEnd().split("\n"))
    t.regex(line, /^(?:PASS|FAIL|SKIP|NOTRUN|TIMEOUT|CRASH|UBSAN|FAULT|PROBLEM|COUNTS|VERDICT) | {2}/);
  for (const line of (await render(pretty, hostileRun("GUEST"))).split("\n")) t.notRegex(line, /^GUEST/);
});

test("lines: pieces come as the run goes", async (t) => {
  t.true((await pieces(lines, manyCases(100))).length >= 100);
});
