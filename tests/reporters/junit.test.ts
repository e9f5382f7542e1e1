import test from "ava";
import { reporter } from "../../reporters/junit.js";
import type { RunEvent } from "../../src/core/events.js";
import { reduce } from "../../src/core/model/reduce.js";
import { judge } from "../../src/core/verdict.js";
import { EVERYTHING } from "../oracles/hostile.js";
import { byAttributes, byBody, byJavaTrace, byJestTrace } from "../oracles/junit-consumers.js";
import { schemaErrors } from "../oracles/junit-schema.js";
import { nodesOf, parseXml, type XmlNode } from "../oracles/xml.js";
import { fault, RunBuilder } from "./builder.js";
import { render, type Settings } from "./render.js";
import {
  emptyRun,
  greenRun,
  hostileRun,
  leakingRun,
  manyCases,
  overflow,
  redRun,
  twoBoots,
} from "./samples.js";

const JENKINS: Settings = { options: { dialect: "jenkins" } };

const RUNS: Readonly<Record<string, readonly RunEvent[]>> = {
  green: greenRun(),
  red: redRun(),
  warned: redRun({ ubsan: "warn" }),
  leaking: leakingRun(),
  twoBoots: twoBoots(),
  empty: emptyRun(),
  hostile: hostileRun(EVERYTHING),
  many: manyCases(500),
  onlyNotRun: new RunBuilder()
    .boot("b", "normal", (run) => run.suite("s", { name: "c" }, { name: "d", status: "not-run" }))
    .end(),
};

const caseNamed = (root: XmlNode, name: string): XmlNode => {
  const found = nodesOf(root, "testcase").find((one) => one.attributes["name"] === name);
  if (found === undefined) throw new Error(`no case ${name}`);
  return found;
};

for (const [name, run] of Object.entries(RUNS)) {
  test(`${name} is valid in both forms`, async (t) => {
    t.is(schemaErrors("full", await render(reporter, run)), "");
    t.is(schemaErrors("jenkins", await render(reporter, run, JENKINS)), "");
  });

  test(`${name} counts right and is red exactly when the verdict is`, async (t) => {
    const root = parseXml(await render(reporter, run));
    for (const node of [root, ...nodesOf(root, "testsuite")]) {
      const cases = nodesOf(node, "testcase");
      const having = (child: string): string =>
        String(cases.filter((one) => one.children.some((each) => each.name === child)).length);
      t.like(node.attributes, {
        tests: String(cases.length),
        failures: having("failure"),
        errors: having("error"),
        skipped: having("skipped"),
      });
    }
    const red = nodesOf(root, "failure").length + nodesOf(root, "error").length > 0;
    t.is(red, judge(reduce(run)).verdict === "failed");
  });
}

test("the schemas are not toothless", async (t) => {
  const xml = await render(reporter, redRun());
  t.not(schemaErrors("jenkins", xml), "");
  t.not(schemaErrors("full", xml.replace('name="parse_quotes"', 'name="parse_null"')), "");
  t.not(schemaErrors("full", xml.replace('time="0.012"', 'time="1e-7"')), "");
  t.not(
    schemaErrors("full", xml.replace("<skipped", "<ignored").replace("</testsuites", "</testsuites")),
    "",
  );
});

test("every consumer resolves a failure in the tree to file and line", async (t) => {
  const where = { file: "/home/dev/app/tests/net/tcp.c", line: 42 };
  const run = new RunBuilder()
    .boot("b", "normal", (one) =>
      one.suite("net", {
        name: "tcp_connect",
        status: "failed",
        file: where.file,
        line: 30,
        body: [{ fail: "expected `x` to be 1 but was at evil (e.c:9:9)", ...where }],
      }),
    )
    .end();
  const one = caseNamed(parseXml(await render(reporter, run)), "tcp_connect");
  const body = nodesOf(one, "failure")[0]?.text ?? "";
  const expected = { file: "tests/net/tcp.c", line: 42 };
  t.deepEqual(byAttributes(one), expected);
  t.deepEqual(byJestTrace(body), expected);
  t.deepEqual(byJavaTrace(body, [expected.file, "e.c"]), expected);
  t.deepEqual(byBody(body.split("\n")[0] ?? "", "tcp.c"), expected);
});

test("a file outside the tree is named and never annotated", async (t) => {
  const one = caseNamed(
    parseXml(await render(reporter, redRun())),
    "/usr/src/unikraft/include/uk/event.h:280:10 alignment",
  );
  t.is(byAttributes(one), undefined);
  const body = nodesOf(one, "error")[0]?.text ?? "";
  t.deepEqual([byJestTrace(body), byJavaTrace(body, ["event.h"])], [undefined, undefined]);
  t.true(body.startsWith("/usr/src/unikraft/include/uk/event.h:280: error: load from misaligned"));
});

test("what is an error, what a failure, what is skipped", async (t) => {
  const root = parseXml(await render(reporter, redRun()));
  const kinds = (name: string): readonly (string | undefined)[] =>
    caseNamed(root, name).children.map((child) => child.attributes["type"] ?? child.name);
  t.deepEqual(kinds("demo_test_add"), [...Array<string>(4).fill("assertion"), "system-out"]);
  t.deepEqual(kinds("demo_test_crash"), ["crashed"]);
  t.deepEqual(kinds("demo_test_wait"), ["timed-out", "system-out"]);
  t.deepEqual(kinds("demo_test_after"), ["not-run"]);
  t.deepEqual(kinds("uk_console_hotplug"), ["skipped"]);
  t.deepEqual(kinds("(init)"), ["suite-init"]);
  t.deepEqual(kinds("(plan-short)"), ["plan-short"]);
  t.deepEqual(kinds("main.c:27:6 signed-integer-overflow"), ["signed-integer-overflow"]);
  t.is(
    caseNamed(root, "main.c:27:6 signed-integer-overflow").attributes["classname"],
    "demo_ub_testsuite.ubsan",
  );
  t.is(caseNamed(root, "(init)").attributes["classname"], "demo_initfail_testsuite");
});

test("a finding that only warns is skipped, and none is there when they are off", async (t) => {
  const names = async (ubsan: "warn" | "off"): Promise<readonly XmlNode[]> =>
    nodesOf(parseXml(await render(reporter, redRun({ ubsan }))), "testcase").filter((one) =>
      one.attributes["classname"]?.endsWith(".ubsan"),
    );
  t.deepEqual(
    (await names("warn")).map((one) => one.children[0]?.name),
    ["skipped", "skipped"],
  );
  t.deepEqual(await names("off"), []);
});

test("equal names are told apart, also from names that look like it", async (t) => {
  const run = new RunBuilder()
    .boot("b", "normal", (one) =>
      one.suite("s", { name: "a" }, { name: "a (2)" }, { name: "a" }, { name: "a" }, { name: "" }),
    )
    .end();
  const xml = await render(reporter, run);
  t.deepEqual(
    nodesOf(parseXml(xml), "testcase").map((one) => one.attributes["name"]),
    ["a", "a (2)", "a (3)", "a (4)", "(no name)"],
  );
  t.is(schemaErrors("full", xml), "");
});

test("long output and many failures are cut with a word about it", async (t) => {
  const run = new RunBuilder()
    .boot("b", "normal", (one) =>
      one.suite("s", {
        name: "a",
        status: "failed",
        droppedConsoleLines: 7,
        body: [
          ...Array.from({ length: 60 }, () => ({ fail: "expected `a` to be 1 but was 2" })),
          { console: "x".repeat(1_000_000) },
        ],
      }),
    )
    .end();
  const one = caseNamed(parseXml(await render(reporter, run)), "a");
  t.is(nodesOf(one, "failure").length, 51);
  t.regex(nodesOf(one, "failure").at(-1)?.text ?? "", /10 more assertions failed/);
  const output = nodesOf(one, "system-out")[0]?.text ?? "";
  t.true(output.length < 70_000);
  t.regex(output, /\[\.\.\. \d+ characters cut \.\.\.\]/);
  t.regex(output, /\[7 more lines were not kept\]/);
});

test("a fault in a case that is not red is an error of its own", async (t) => {
  const run = new RunBuilder()
    .boot("b", "normal", (one) =>
      one.suite("s", { name: "a", body: [{ fault: fault("exit", "exit(3)", { file: "a.c", line: 2 }) }] }),
    )
    .end();
  const root = parseXml(await render(reporter, run));
  t.is(caseNamed(root, "(exit)").attributes["file"], "a.c");
});

test("without stack shapes", async (t) => {
  const settings = { options: { stack: "none" } };
  const run = new RunBuilder()
    .boot("b", "normal", (one) => one.finding(overflow).suite("s", { name: "a" }))
    .end();
  t.regex(await render(reporter, run), / {4}at /);
  t.notRegex(await render(reporter, run, settings), / {4}at /);
});
