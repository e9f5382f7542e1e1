import test from "ava";
import { reporter } from "../../reporters/github.js";
import { commandsIn } from "../oracles/actions-runner.js";
import { issuesOf } from "../../reporters/view/issues.js";
import type { RunEvent } from "../../src/core/events.js";
import type { FaultRecord } from "../../src/core/fault.js";
import { reduce } from "../../src/core/model/reduce.js";
import { RunBuilder } from "./builder.js";
import { contextFor, render } from "./render.js";
import { emptyRun, greenRun, manyCases, overflow, redRun } from "./samples.js";

test("nothing but commands, the worst first", async (t) => {
  const output = await render(reporter, redRun());
  const commands = commandsIn(output);
  t.is(commands.length, output.trimEnd().split("\n").length);
  t.deepEqual(
    commands.map(({ name, properties }) => `${name} ${properties["title"] ?? ""}`),
    [
      "error UBSAN: alignment",
      "error UBSAN: signed-integer-overflow",
      "error demo_zcrash_testsuite.demo_test_crash crashed",
      "error fault: suite-init",
      "error demo_net_testsuite.demo_test_wait timed out",
      "error demo_arith_testsuite.demo_test_add failed",
      "error demo_arith_testsuite.demo_test_desc failed",
      "error demo_initfail_testsuite.demo_test_after did not run",
      "error demo_net_testsuite.demo_test_cut did not run",
      "error problem: plan-short",
      "warning problem: details-capped",
      "notice problem: lookalike",
    ],
  );
});

test("a guest that goes on dying does not push a failed case out", async (t) => {
  const many = Array.from({ length: 40 }, (_, at): RunEvent => {
    const fault: FaultRecord = {
      kind: "crash",
      title: `word ${String(at)}`,
      registers: [],
      callTrace: [],
      excerpt: [],
    };
    return { type: "fault", boot: "b1", fault, origin: { line: at + 1, byteOffset: 0 } };
  });
  const run = redRun();
  const end = run.findIndex(({ type }) => type === "boot-finished");
  const events = [...run.slice(0, end), ...many, ...run.slice(end)];
  const errors = commandsIn(await render(reporter, events)).filter(({ name }) => name === "error");
  const titles = errors.map(({ properties }) => properties["title"] ?? "");
  t.true(titles.includes("demo_arith_testsuite.demo_test_add failed"));
  t.true(titles.includes("demo_initfail_testsuite.demo_test_after did not run"));
  const results = issuesOf(reduce(events), contextFor(events)).map(
    ({ rule, message }) => `${rule} ${message}`,
  );
  const last = results.findLastIndex((one) => /demo_test_(?:add|desc|after)/.test(one));
  t.is(results.slice(last).filter((one) => /word \d+/.test(one)).length, 40);
});

test("only files of the tree are annotated, others are named in the text", async (t) => {
  const [outside, inside] = commandsIn(await render(reporter, redRun()));
  t.is(outside?.properties["file"], undefined);
  t.true(outside?.data.startsWith("/usr/src/unikraft/include/uk/event.h:280:10: load from"));
  t.like(inside?.properties, { file: "main.c", line: "27", col: "6" });
});

test("findings follow the policy", async (t) => {
  const levels = async (ubsan: "warn" | "off"): Promise<readonly string[]> =>
    commandsIn(await render(reporter, redRun({ ubsan })))
      .filter(({ properties }) => properties["title"]?.startsWith("UBSAN"))
      .map(({ name }) => name);
  t.deepEqual(await levels("warn"), ["warning", "warning"]);
  t.deepEqual(await levels("off"), []);
});

test("ten of a kind, the last one says how many more", async (t) => {
  const count = async (failing: number): Promise<readonly string[]> =>
    commandsIn(await render(reporter, manyCases(failing * 10))).map(({ data }) => data);
  t.is((await count(10)).length, 10);
  t.false((await count(10)).some((data) => data.includes("more of this kind")));
  const eleven = await count(11);
  t.is(eleven.length, 10);
  t.is(eleven.at(-1), "2 more of this kind are in the other reports of this run");
  t.is((await count(100)).length, 10);
});

test("a message fits what the runner keeps, and no character is halved", async (t) => {
  const message = "\u{1f600}".repeat(1_000_000);
  const run = new RunBuilder().boot("b", "normal", (one) => one.finding({ ...overflow, message })).end();
  const [command] = commandsIn(await render(reporter, run));
  t.true((command?.data.length ?? 0) <= 4096);
  t.false(/\p{Cs}/u.test(command?.data ?? ""));
  t.regex(command?.data ?? "", /more characters\]$/);
});

test("silent on a green run, never on a red one", async (t) => {
  const green = commandsIn(await render(reporter, greenRun()));
  t.deepEqual(
    green.map(({ name }) => name),
    ["notice"],
  );
  t.deepEqual(
    commandsIn(await render(reporter, emptyRun())).map(({ name }) => name),
    ["error"],
  );
});
