/**
 * What the page of a run holds: its policy, its data, and the commands it offers. What it looks like is for tests/browser.
 */
import test from "ava";
import { reporter } from "../../reporters/html.js";
import type { BootData, CaseData } from "../../reporters/html/data.js";
import { layOut } from "../../reporters/html/page/layout.js";
import { count } from "../../src/core/model/counts.js";
import type { BootReason, RunEvent } from "../../src/core/events.js";
import { reduce } from "../../src/core/model/reduce.js";
import { attributeOf, dataOf, elementsOf, named, policyOf, textIn } from "../oracles/html.js";
import { fault, RunBuilder } from "./builder.js";
import { pieces, render } from "./render.js";
import { emptyRun, greenRun, manyCases, redRun, symbolizedRun, twoBoots } from "./samples.js";

const RUNS = { greenRun, redRun, symbolizedRun, twoBoots, emptyRun };

/** The boots of a run as boots of one image on one machine, each with its reason. */
const grouped = (
  events: readonly RunEvent[],
  whys: readonly (BootReason | undefined)[],
): readonly RunEvent[] => {
  let boot = 0;
  return events.map((event) => {
    if (event.type !== "boot-started") return event;
    const why = whys[boot];
    boot += 1;
    return { ...event, group: "g1", ...(why !== undefined && { why }) };
  });
};

/** A case that failed and passed when it ran again, and what else ran. */
const flakyRun = (suite = "timer", name = "fires_once"): readonly RunEvent[] =>
  grouped(
    new RunBuilder({ ubsan: "fail" })
      .boot("timers on qemu-x86_64", "normal", (run) =>
        run.suite(
          suite,
          {
            name,
            status: "failed",
            reason: "1 of 1 assertions failed",
            durationMs: 7,
            body: [{ fail: "late" }],
          },
          { name: "never", status: "failed", reason: "1 of 1 assertions failed", body: [{ fail: "no" }] },
        ),
      )
      .boot("timers on qemu-x86_64", "normal", (run) => run.suite(suite, { name, durationMs: 3 }))
      .end(),
    [undefined, "retry"],
  );

const casesIn = (page: string): readonly CaseData[] => dataOf(page).suites.flatMap(({ cases }) => cases);

for (const [name, run] of Object.entries(RUNS)) {
  test(`nothing comes from elsewhere and only what is named runs: ${name}`, async (t) => {
    const page = await render(reporter, run());
    const { policy, scripts, styles } = policyOf(page);
    t.is(policy.get("default-src"), "'none'");
    t.deepEqual([policy.get("script-src")], [...scripts]);
    t.deepEqual([policy.get("style-src")], [...styles]);
    for (const element of elementsOf(page))
      for (const attribute of element.attrs) {
        t.notRegex(attribute.name, /^on|^style$|^src$|^action$/);
        if (attribute.name === "href") t.regex(attribute.value, /^#/);
      }
  });

  test(`the same run is the same page, and the numbers are those of the model: ${name}`, async (t) => {
    const page = await render(reporter, run());
    t.is(await render(reporter, run()), page);
    const model = reduce(run());
    const counts = count(model);
    const data = dataOf(page);
    t.is(casesIn(page).length, counts.cases);
    t.is(casesIn(page).filter(({ status }) => status === "crashed").length, counts.crashed);
    t.deepEqual(
      [data.findings.length, data.faults.length, data.boots.length],
      [counts.findings, counts.faults, model.boots.length],
    );
  });
}

test("the top says what broke, where, and links to it", async (t) => {
  const all = elementsOf(await render(reporter, redRun()));
  const [h1] = named(all, "h1");
  t.regex(h1 === undefined ? "" : textIn(h1), /^1 case crashed, 1 case timed out/);
  const lead = all.find((one) => attributeOf(one, "class") === "lead");
  const said = lead === undefined ? "" : textIn(lead);
  t.regex(said, /demo_zcrash_testsuite\.demo_test_crash main\.c:71 general protection fault/);
  const [link] = named(all, "a");
  t.is(link === undefined ? "" : attributeOf(link, "href"), "#demo_zcrash_testsuite.demo_test_crash");
});

const leadIn = async (run: readonly RunEvent[]): Promise<string> => {
  const lead = elementsOf(await render(reporter, run)).find((one) => attributeOf(one, "class") === "lead");
  return lead === undefined ? "" : textIn(lead);
};

test("what leads where no case crashed", async (t) => {
  t.is(await leadIn(greenRun()), "");
  t.regex(await leadIn(emptyRun()), /^problem .*no case ran/);
  t.regex(await leadIn(twoBoots()), /^fault .*init function/);
  const run = new RunBuilder();
  const finding = { check: "bounds", message: "index 7", file: "a.c", line: 3, column: 1 };
  t.regex(
    await leadIn(run.boot("b", "normal", (boot) => boot.finding(finding)).end()),
    /^UBSAN finding a\.c:3:1 index 7/,
  );
  const late = { name: "one", status: "timed-out", reason: "no output" } as const;
  t.regex(
    await leadIn(new RunBuilder().boot("b", "normal", (boot) => boot.suite("s", late)).end()),
    /^s\.one no output/,
  );
  const missing = { name: "one", status: "not-run" } as const;
  t.regex(
    await leadIn(new RunBuilder().boot("b", "normal", (boot) => boot.suite("s", missing)).end()),
    /^s\.one not-run/,
  );
  const cut = new RunBuilder().boot("b", "cut", (boot) => boot.suite("s", { name: "one" })).end();
  t.regex(await leadIn(cut), /^run boot of b did not end normally/);
});

test("a failed assertion has its parts, its place and its line in the log", async (t) => {
  const one = casesIn(await render(reporter, redRun())).find(({ name }) => name === "demo_test_add");
  t.like(one?.assertions?.[1], {
    failed: true,
    expression: "2 + 2",
    expected: "to be 5",
    actual: "4",
    at: "main.c:12",
  });
  t.deepEqual(one?.counts, [1, 4]);
});

test("a flaky case keeps its first result; red cases know their command", async (t) => {
  const page = await render(reporter, flakyRun());
  const [flaky, never] = casesIn(page);
  t.like(flaky, { status: "passed", flaky: true, boot: 1 });
  t.like(flaky?.attempts?.[0], { status: "failed", boot: 0, ms: 7 });
  t.is(flaky?.again, undefined);
  t.is(never?.again, "uktest run timer.never -m qemu-x86_64");
  t.deepEqual(
    dataOf(page).boots.map(({ lane, why }) => [lane, why]),
    [
      [0, undefined],
      [0, "retry"],
    ],
  );
});

test("the crash of an earlier result is shown with it, and nowhere else", async (t) => {
  const crashed = {
    name: "c",
    status: "crashed",
    body: [{ fault: fault("trap", "page fault at 0x0") }],
  } as const;
  const run = grouped(
    new RunBuilder()
      .boot("app", "fault", (boot) => boot.suite("s", crashed))
      .boot("app", "normal", (boot) => boot.suite("s", { name: "c" }))
      .end(),
    [undefined, "retry"],
  );
  const page = await render(reporter, run);
  t.is(dataOf(page).faults[0]?.alone, undefined);
  const [one] = casesIn(page);
  t.deepEqual([one?.status, one?.faults, one?.attempts?.[0]?.faults], ["passed", undefined, [0]]);
});

test("no command has a name in it that a shell would read as more than a name", async (t) => {
  for (const name of [
    "a;b",
    "$(b)",
    "a b",
    "`b`",
    "a*",
    "a'b",
    "a\nb",
    "a|b",
    "a>b",
    "a&b",
    "a!b",
    "a~",
    "\u202ea",
    "a#",
  ]) {
    const page = await render(reporter, flakyRun(name, "x"));
    t.deepEqual(
      casesIn(page).map(({ again }) => again),
      [undefined, undefined],
      name,
    );
  }
  const dashed = await render(reporter, flakyRun("-rhtml=x", "x"));
  t.true(casesIn(dashed).every(({ again }) => again === undefined));
});

const commandIn = async (run: readonly RunEvent[]): Promise<string | undefined> => {
  const command = named(elementsOf(await render(reporter, run)), "code").find(
    (one) => attributeOf(one, "class") === "command",
  );
  return command === undefined ? undefined : textIn(command);
};

test("what to type next fits what ran", async (t) => {
  const own = (statuses: readonly ("failed" | "passed")[], image?: string): readonly RunEvent[] =>
    grouped(
      new RunBuilder({ ubsan: "fail" }, image === undefined ? {} : { image })
        .boot("app", "normal", (run) =>
          run.suite("s", ...statuses.map((status, index) => ({ name: `c${String(index)}`, status }))),
        )
        .end(),
      [],
    );
  t.is(await commandIn(own(["failed", "failed"])), "uktest run --last-failed");
  t.is(await commandIn(own(["passed", "failed"])), "uktest run s.c1");
  t.is(await commandIn(own(["failed"], "build/app.elf")), "uktest run --image build/app.elf s.c0");
  t.is(await commandIn(own(["failed"], "my app;rm")), undefined);
  t.is(await commandIn(own(["passed"])), undefined);
  t.is(await commandIn(redRun()), undefined);
});

test("a weak console is told how to be checked", async (t) => {
  const weak = new RunBuilder()
    .boot("a.log", "normal", (run) => run.suite("s", { name: "one" }))
    .end()
    .map((event) => (event.type === "case-finished" ? { ...event, evidence: "console" as const } : event));
  t.is(await commandIn(weak), "uktest report LOG --image ELF");
});

test("findings that the policy hides are hidden in cases too", async (t) => {
  const shown = await render(reporter, redRun());
  t.true(casesIn(shown).some(({ findings }) => findings !== undefined));
  const hidden = await render(reporter, redRun({ ubsan: "off" }));
  t.deepEqual(dataOf(hidden).findings, []);
  t.true(casesIn(hidden).every(({ findings }) => findings === undefined));
});

test("frames of the machinery are marked, frames of the program are not", async (t) => {
  const [first] = dataOf(await render(reporter, symbolizedRun())).faults;
  t.deepEqual(
    first?.frames.map(({ fold, inlined }) => fold ?? inlined ?? ""),
    [true, "", "", "the test machinery", "the test machinery", "the boot", ""],
  );
  t.like(first?.source, { at: "lib/memory.c:22", first: 21, meant: 22 });
});

test("machines are named only for suites that ran on several", async (t) => {
  const run = new RunBuilder()
    .boot("x86.log", "normal", (boot) => boot.suite("both", { name: "a" }).suite("only", { name: "b" }))
    .boot("arm.log", "normal", (boot) =>
      boot.suite("both", { name: "a", status: "failed", body: [{ fail: "x" }] }),
    )
    .end();
  const page = await render(reporter, run);
  const { machines, suites } = dataOf(page);
  t.deepEqual(machines, ["x86.log", "arm.log"]);
  t.deepEqual(
    suites.map(({ machine }) => machine),
    [0, undefined, 1],
  );
  t.is(attributeOf(named(elementsOf(page), "a")[0] ?? t.fail("no link"), "href"), "#both.a@arm.log");
});

test("much is bounded and counted", async (t) => {
  const body = [
    ...Array.from({ length: 300 }, () => ({ pass: "p" })),
    ...Array.from({ length: 300 }, () => ({ fail: "f" })),
  ];
  const run = new RunBuilder()
    .boot("b", "fault", (boot) =>
      boot
        .suite("s", { name: "c", status: "failed", droppedConsoleLines: 7, body })
        .fault(fault("trap", "t", { callTrace: Array.from({ length: 999 }, () => ({ address: "1" })) })),
    )
    .end();
  const page = await render(reporter, run);
  const [one] = casesIn(page);
  t.is(one?.assertions?.filter(({ failed }) => failed === true).length, 200);
  t.is(one?.assertions?.length, 300);
  t.deepEqual([one?.counts, one?.hiddenLines], [[300, 300], 7]);
  t.is(dataOf(page).faults[0]?.frames.length, 256);
});

test("a list of red cases stands in for the scripts, and says when there are more", async (t) => {
  const list = named(elementsOf(await render(reporter, manyCases(4000))), "li");
  t.is(list.length, 201);
  t.is(textIn(list.at(-1) ?? t.fail("no item")), "and more");
});

test("no piece but the script is more than a case", async (t) => {
  const all = await pieces(reporter, manyCases(2000));
  t.true(all.filter((piece) => piece.length > 2000).length <= 3);
});

test("boots stand where they ran when that is known, and follow each other when it is not", (t) => {
  const boot = (lane: number, from?: number, ms?: number): BootData => ({
    name: "b",
    lane,
    end: "normal",
    ...(from !== undefined && { from }),
    ...(ms !== undefined && { ms }),
  });
  const shape = (boots: readonly BootData[]) => {
    const { bars, length, tracks, isTimed } = layOut(boots);
    return [
      bars.map(({ from, track }) => `${String(from)}@${String(track)}`).join(" "),
      length,
      tracks,
      isTimed,
    ];
  };
  // Two at a time; the third begins when the second is over.
  t.deepEqual(shape([boot(0, 0, 100), boot(1, 5, 40), boot(0, 45, 10), boot(1, 100, 20)]), [
    "0@0 5@1 45@1 100@0",
    120,
    2,
    true,
  ]);
  // In the stream parallel boots stand in another order than they began in.
  t.deepEqual(shape([boot(0, 50, 10), boot(1, 0, 55)]), ["50@1 0@0", 60, 2, true]);
  // A boot that never ran, as one that could not be built, is in nobody's way.
  t.deepEqual(shape([boot(0, 0, 10), boot(1)]).slice(1), [10, 2, true]);
  t.deepEqual(shape([boot(0, 0, 10), boot(0, undefined, 10), boot(1, undefined, 5)]), [
    "0@0 10@0 0@0",
    20,
    1,
    false,
  ]);
  t.deepEqual(shape([]), ["", 0, 1, false]);
});

test("the past of each case, and what turned since", async (t) => {
  const run = new RunBuilder()
    .history(
      ["one", "t\x01wo"],
      [
        { source: "b.log", name: "s.broke", statuses: ["absent", "passed"] },
        { source: "b.log", name: "s.mended", statuses: ["timed-out", "crashed"] },
        { source: "b.log", name: "s.same", statuses: ["skipped", "not-run"] },
      ],
    )
    .boot(
      "b.log",
      "normal",
      (boot) =>
        boot.suite(
          "s",
          { name: "broke", status: "failed", body: [{ fail: "no" }] },
          { name: "mended" },
          { name: "same", status: "skipped" },
          { name: "young" },
        ),
      { startMs: 3, wallMs: 4 },
    )
    .end();
  const data = dataOf(await render(reporter, run));
  t.deepEqual(data.past, ["one", "t\\x01wo"]);
  t.deepEqual(
    data.suites[0]?.cases.map(({ name, past, turn }) => [name, past, turn]),
    [
      ["broke", "-p", "broken"],
      ["mended", "tc", "fixed"],
      ["same", "sn", undefined],
      ["young", undefined, "added"],
    ],
  );
  t.like(data.boots[0], { from: 3, ms: 4 });
  const plain = dataOf(await render(reporter, greenRun()));
  t.is(plain.past, undefined);
  t.true(
    plain.suites.every(({ cases }) => cases.every((one) => one.past === undefined && one.turn === undefined)),
  );
});
