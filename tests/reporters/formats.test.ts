/**
 * What each of the formats for CI hosts says of the less common things: flaky cases, a run that broke off, more than it
 * may say, places that are none.
 */
import test from "ava";
import { reporter as codequality } from "../../reporters/codequality.js";
import { reporter as ctrf } from "../../reporters/ctrf.js";
import { reporter as markdown } from "../../reporters/markdown.js";
import { reporter as teamcity } from "../../reporters/teamcity.js";
import { anchorer } from "../../reporters/view/anchor.js";
import { issuesOf } from "../../reporters/view/issues.js";
import type { RunEvent } from "../../src/core/events.js";
import { reduce } from "../../src/core/model/reduce.js";
import { readMarkdown } from "../oracles/markdown.js";
import { messagesIn, testsOf } from "../oracles/teamcity.js";
import { nodesOf } from "../oracles/xml.js";
import { fault, RunBuilder } from "./builder.js";
import { contextFor, render } from "./render.js";
import { MAIN, overflow, redRun } from "./samples.js";

/** A case that failed, and passed in a further boot of the same image. */
function flakyRun(): readonly RunEvent[] {
  const events = new RunBuilder()
    .boot("qemu", "normal", (run) =>
      run.suite("s", {
        name: "c",
        status: "failed",
        reason: "1 of 1",
        durationMs: 2.6,
        body: [{ fail: "x" }],
      }),
    )
    .boot("qemu", "normal", (run) => run.suite("s", { name: "c", durationMs: 1 }))
    .end();
  return events.map((event) => {
    if (event.type !== "boot-started") return event;
    return { ...event, group: "g", ...(event.boot !== "b1" && { why: "retry" as const }) };
  });
}

interface Ctrf {
  readonly results: {
    readonly summary: Readonly<Record<string, unknown>>;
    readonly tests: readonly Readonly<Record<string, unknown>>[];
  };
}

const ctrfOf = async (events: readonly RunEvent[]): Promise<Ctrf["results"]> =>
  (JSON.parse(await render(ctrf, events)) as Ctrf).results;

test("flaky: CTRF has the attempts, the summary names them", async (t) => {
  const { tests, summary } = await ctrfOf(flakyRun());
  t.like(tests[0], {
    name: "c",
    status: "passed",
    flaky: true,
    retries: 1,
    retryAttempts: [{ attempt: 1, status: "failed", duration: 3, message: "x" }],
  });
  t.like(summary, { flaky: 1, start: 0, stop: 1 });
  const page = readMarkdown(await render(markdown, flakyRun()));
  t.is(nodesOf(page, "h3")[0]?.text, "Flaky (1)");
  t.true(nodesOf(page, "td").some(({ text }) => text === "failed, passed"));
});

test("a stream that stops is red in all of them", async (t) => {
  const events = new RunBuilder().boot("b", "normal", (run) => run.suite("s", { name: "c" })).events;
  const { tests } = await ctrfOf(events);
  t.like(tests.at(-1), { status: "failed", message: "the run is incomplete", suite: ["uktest", "problems"] });
  const [problem] = messagesIn(await render(teamcity, events)).filter(({ name }) => name === "buildProblem");
  t.is(problem?.attributes["description"], "run/incomplete: the run is incomplete");
  const [issue] = JSON.parse(await render(codequality, events)) as readonly { check_name: string }[];
  t.is(issue?.check_name, "run/incomplete");
});

test("CTRF: output and assertions are cut with a word about it; skipped has its reason", async (t) => {
  const body = [
    ...Array.from({ length: 300 }, (_, at) => ({ console: `line ${String(at)}` })),
    ...Array.from({ length: 60 }, () => ({ fail: "expected `a` to be 1 but was 2" })),
  ];
  const run = new RunBuilder()
    .boot("b", "normal", (one) =>
      one.suite(
        "s",
        { name: "c", status: "failed", body, droppedConsoleLines: 5 },
        { name: "d", status: "skipped", reason: "no device" },
        { name: "e", status: "skipped" },
      ),
    )
    .end();
  const [c, d, e] = (await ctrfOf(run)).tests;
  const stdout = c?.["stdout"] as readonly string[];
  t.is(stdout.length, 201);
  t.is(stdout.at(-1), "... 105 more lines");
  t.regex(String(c?.["trace"]), /at an unknown line: expected[^]*\n\.\.\. 10 more failed assertions$/);
  t.is(d?.["message"], "no device");
  t.false("message" in (e ?? {}));
});

test("CTRF opens files of the tree only, and names the others", async (t) => {
  const { tests } = await ctrfOf(redRun());
  const finding = tests.find(({ name }) => String(name).includes("event.h"));
  t.is(finding?.["filePath"], undefined);
  t.is(finding?.["status"], "failed");
  t.is(
    (await ctrfOf(redRun({ ubsan: "warn" }))).tests.find(({ name }) => name === finding?.["name"])?.[
      "status"
    ],
    "other",
  );
});

test("TeamCity: one comparison is shown as one, several are not; the hundredth problem is not the last word", async (t) => {
  const fail = { fail: "expected `a` to be 1 but was 2", file: MAIN, line: 3 };
  const run = new RunBuilder()
    .boot("b", "normal", (one) => {
      one.suite(
        "s",
        { name: "one", status: "failed", body: [fail] },
        { name: "two", status: "failed", body: [fail, fail] },
        { name: "many", status: "failed", body: Array.from({ length: 60 }, () => fail) },
        { name: "none", status: "failed" },
        { name: "unknown", status: "skipped" },
        { name: "missing", status: "not-run" },
      );
      for (let line = 1; line < 150; line += 1) one.finding({ ...overflow, line });
    })
    .end();
  const messages = messagesIn(await render(teamcity, run));
  const failed = messages.filter(({ name }) => name === "testFailed").map(({ attributes }) => attributes);
  t.like(failed[0], { type: "comparisonFailure", expected: "to be 1", actual: "2" });
  t.is(failed[1]?.["type"], undefined);
  t.regex(failed[2]?.["details"] ?? "", /\n\.\.\. 10 more$/);
  t.is(failed[3]?.["message"], "failed");
  const problems = messages.filter(({ name }) => name === "buildProblem").map(({ attributes }) => attributes);
  t.is(problems.length, 101);
  t.regex(problems.at(-1)?.["description"] ?? "", /^50 more problems are in the other reports/);
  t.deepEqual(
    testsOf(messages)
      .slice(-2)
      .map(({ message }) => message),
    ["skipped", "did not run"],
  );
});

test("logs are named without where they lay, and a name that would climb is none", (t) => {
  const nameOf = (source: string): string | undefined => {
    const events = new RunBuilder().boot(source, "fault", (run) => run.fault(fault("trap", "t"))).end();
    const context = contextFor(events);
    const [issue] = issuesOf(reduce(events), context);
    return issue === undefined ? undefined : anchorer(reduce(events), context)(issue).path;
  };
  t.is(nameOf("out/boot-x86_64.log"), "boot-x86_64.log");
  t.is(nameOf("C:\\logs\\a b.log"), "a b.log");
  t.is(nameOf("logs/.."), "serial.log");
  t.is(nameOf(""), "serial.log");
  t.is(nameOf("x/\n<é>?.log"), "_é_.log");
});

test("not run: cases that share a reason stand below it", async (t) => {
  const run = new RunBuilder()
    .boot("b", "normal", (one) =>
      one.suite(
        "s",
        ...["a", "b", "c"].map((name) => ({
          name,
          status: "not-run" as const,
          reason: "the boot ended in x.y",
        })),
        { name: "d", status: "not-run" },
      ),
    )
    .end();
  const page = readMarkdown(await render(markdown, run));
  t.deepEqual(
    nodesOf(page, "summary").map(({ text, children }) => text + (children[0]?.text ?? "")),
    ["3 × the boot ended in x.y", "1 × no reason is known"],
  );
  t.is(nodesOf(page, "li").length, 4);
});
