/** What is known of a target before it boots, and what a session concludes from the events of a boot. Nothing boots. */
import { copyFileSync } from "node:fs";
import test from "ava";
import type { RunEvent } from "../../src/core/events.js";
import type { DebugArguments } from "../../src/debug/arguments.js";
import { narrator } from "../../src/debug/narrator.js";
import { prepared } from "../../src/debug/session.js";
import type { Target } from "../../src/debug/target.js";
import { readImage } from "../../src/image/plan.js";
import { scratch } from "../cli/run.js";
import { compile, objcopy } from "../image/images.js";

const ARGS: DebugArguments = {
  ...{ patterns: [], profile: "", compiler: "gcc", build: false, breaks: [] },
  ...{ gdbWords: [], recordReplay: false, command: [] },
};

const targetOf = (image: string, from = image, symbols?: string): Target =>
  ({
    task: {
      image: { path: image },
      files: { image, ...(symbols !== undefined && { symbols }) },
      plan: readImage(from).plan,
    },
    stub: "machine",
  }) as unknown as Target;

test("places to stop at are those that the image has", (t) => {
  const functions = "void main_loop(void);\nvoid main_loop(void)\n{\n}\n";
  const source = scratch(t).put("functions.c", functions);
  const own = "void _uk_testsuite_first_case_one(void);\nvoid _uk_testsuite_first_case_one(void)\n{\n}\n";
  const whole = compile("x86_64", ["inits.c", source, scratch(t).put("case.c", own)]);
  const bare = objcopy(whole, "x86_64", "--strip-all");
  const breaksOf = (target: Target, ...breaks: readonly string[]): readonly string[] =>
    prepared({ ...ARGS, breaks }, target, () => undefined).breaks;
  t.deepEqual(breaksOf(targetOf(whole), "case", "main_loop", "functions.c:3", "*0x1000"), [
    ...["_uk_testsuite_first_case_one", "main_loop", "functions.c:3", "*0x1000"],
  ]);
  t.throws(() => breaksOf(targetOf(whole), "main"), { message: "the image has no function main" });
  t.throws(() => breaksOf(targetOf(whole), "nothing"), { message: /--break nothing: the image has no such/ });
  const none = { message: "the image has no symbols of its cases" };
  t.throws(() => breaksOf(targetOf(bare, whole), "case"), none);
  t.deepEqual(breaksOf(targetOf(bare, whole, whole), "case"), ["_uk_testsuite_first_case_one"]);
});

test("symbols of another build are said, and not used", (t) => {
  const { file, put } = scratch(t);
  const whole = compile("x86_64", ["inits.c"], ["-Wl,--build-id"]);
  const more = put("more.c", "int more;\n");
  const other = compile("x86_64", ["inits.c", more], ["-Wl,--build-id"]);
  copyFileSync(objcopy(whole, "x86_64", "--strip-all"), file("app"));
  const symbolsOf = (beside: string): readonly [string, readonly string[]] => {
    copyFileSync(beside, file("app.dbg"));
    const said: string[] = [];
    const { symbols } = prepared(ARGS, targetOf(file("app"), whole), (line) => said.push(line));
    return [symbols, said];
  };
  t.deepEqual(symbolsOf(whole), [file("app.dbg"), []]);
  const [symbols, said] = symbolsOf(other);
  t.is(symbols, file("app"));
  t.regex(said.join(), /app\.dbg is of another build and not believed: /);
});

const started = (id: string, name: string): RunEvent =>
  ({ type: "case-started", case: id, suite: "s1", name }) as unknown as RunEvent;
const event = (type: string, more: object): RunEvent => ({ type, ...more }) as unknown as RunEvent;

test("what went wrong is told with its case and its place, as far as they are known", (t) => {
  const one = narrator();
  one.follow([event("suite-started", { suite: "s1", name: "s" }), started("c1", "c")]);
  t.is(one.running(), "s.c");
  t.is(one.news(), undefined);
  one.follow([event("assertion", { case: "c1", status: "passed", message: "fine" })]);
  t.is(one.news(), undefined);
  t.false(one.isRed());
  one.follow([event("assertion", { case: "c1", status: "failed", message: "broken", file: "a.c" })]);
  t.is(one.news(), "s.c: broken (a.c)");
  t.is(one.news(), undefined, "it is told once");
  one.follow([event("finding", { message: "overflow", file: "a.c", line: 3 })]);
  t.is(one.news(), "s.c: undefined behavior: overflow (a.c:3)", "of the case that runs");
  const fault = { title: "page fault", callTrace: [], file: "b.c", line: 9 };
  one.follow([event("fault", { case: "c9", fault })]);
  t.is(one.news(), "page fault (b.c:9)", "of a case that nobody has begun");
  const callTrace = [{ function: "f", file: "c.c", line: 7 }];
  one.follow([event("fault", { case: "c1", fault: { ...fault, callTrace } })]);
  t.is(one.news(), "s.c: page fault (c.c:7)", "where the code of the project is");
});

test("a case has the worst status that it came to, and its reason", (t) => {
  const one = narrator();
  one.follow([started("c1", "c"), event("case-finished", { case: "c1", status: "passed" })]);
  t.deepEqual([...one.statuses()], [[".c", "passed"]]);
  t.is(one.running(), undefined);
  one.follow([event("case-finished", { case: "c1", status: "failed" })]);
  one.follow([event("case-finished", { case: "c1", status: "passed" })]);
  t.deepEqual([...one.statuses()], [[".c", "failed"]]);
  t.deepEqual([...one.reasons()], [[".c", "failed"]]);
  one.follow([
    started("c2", "d"),
    event("case-finished", { case: "c2", status: "crashed", reason: "reset" }),
  ]);
  t.is(one.reasons().get(".d"), "crashed (reset)");
  one.follow([started("c3", "e"), event("case-finished", { case: "c9", status: "passed" })]);
  t.is(one.running(), ".e", "the end of a case that nobody has begun ends none");
});

test("problems count by their grade", (t) => {
  const one = narrator();
  one.follow([event("problem", { code: "x", grade: "warning" }), event("run-started", {})]);
  t.false(one.isRed());
  one.follow([event("problem", { code: "x", grade: "error" })]);
  t.true(one.isRed());
});
