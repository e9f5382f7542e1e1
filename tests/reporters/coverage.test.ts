/**
 * Which lines ran, in each format that shows them: as the readers of that format understand it, with the same totals
 * everywhere. How it is found out is tested in runner/coverage.test.ts.
 */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import test, { type ExecutionContext } from "ava";
import { reporter as cobertura } from "../../reporters/cobertura.js";
import { reporter as github } from "../../reporters/github.js";
import { reporter as json } from "../../reporters/json.js";
import { reporter as lcov } from "../../reporters/lcov.js";
import { reporter as lines } from "../../reporters/lines.js";
import { reporter as markdown } from "../../reporters/markdown.js";
import { reporter as pretty } from "../../reporters/pretty.js";
import type { ChangesGiven, CoverageModel } from "../../src/core/model/coverage.js";
import { changedCoverage } from "../../src/core/model/coverage/changed.js";
import { missedRows, percentOf, totalCounts } from "../../src/core/model/coverage/counts.js";
import { CoverageTable } from "../../src/core/model/coverage/table.js";
import type { RunEvent } from "../../src/core/events.js";
import { reduce } from "../../src/core/model/reduce.js";
import { judge } from "../../src/core/verdict.js";
import { scratch } from "../cli/run.js";
import { nodesOf, parseXml } from "../oracles/xml.js";
import { coveredRun } from "./covered.js";
import { render } from "./render.js";
import { greenRun } from "./samples.js";

const DTD = fileURLToPath(new URL("../../../tests/schemas/cobertura-04.dtd", import.meta.url));
const coverageOf = (): CoverageModel | undefined => reduce(coveredRun()).coverage;

const program = (t: ExecutionContext, name: string, words: readonly string[], cwd: string): string => {
  try {
    return execFileSync(name, words, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  } catch (error) {
    const { stdout, stderr } = error as { readonly stdout?: string; readonly stderr?: string };
    return t.fail(`${name}: ${stdout ?? ""}${stderr ?? ""}`);
  }
};

/** A tree with the sources that the sample names. */
function tree(t: ExecutionContext) {
  const place = scratch(t);
  place.put("ring.c", "int x;\n".repeat(25));
  execFileSync("mkdir", ["-p", place.file("lib")]);
  place.put('lib/<odd> & "name".c', "int y;\n".repeat(3));
  return place;
}

test("the model adds up, and says what is missing", (t) => {
  const coverage = coverageOf();
  t.deepEqual(coverage === undefined ? undefined : totalCounts(coverage), {
    lines: { hit: 5, all: 10 },
    functions: { hit: 2, all: 4 },
    branches: { hit: 2, all: 4 },
  });
  t.deepEqual(
    coverage?.files.map(({ lines: all }) => missedRows(all)),
    [
      [[1, 2]],
      [
        [7, 8],
        [20, 20],
      ],
    ],
  );
  t.deepEqual(
    coverage?.cases.map((one) => one.case),
    ["keeps", "per name/1"],
  );
  t.is(percentOf({ hit: 999, all: 1000 }), "99.9");
  t.is(percentOf({ hit: 9999, all: 10_000 }), "99.9", "100 is said of nothing less");
  t.is(percentOf({ hit: 0, all: 0 }), "100.0");
});

test("boots add up, and a branch that one of them never reached takes nothing away", (t) => {
  const table = new CoverageTable();
  for (const branches of [
    [5, 0, -1, 5, 1, -1],
    [5, 0, 2, 5, 1, 0],
    [5, 0, -1, 5, 1, -1],
  ])
    table.addBoot({
      type: "coverage",
      boot: "b",
      kind: "gcc",
      files: [{ path: "a.c", lines: [5, 2], branches }],
    });
  const [file] = table.model()?.files ?? [];
  t.deepEqual([...(file?.lines ?? [])], [[5, 6]]);
  t.deepEqual(file?.branches, [5, 0, 2, 5, 1, 0]);
});

test("lcov and genhtml read it, with the cases, and have our totals", async (t) => {
  const place = tree(t);
  place.put("run.info", await render(lcov, coveredRun()));
  const summary = program(t, "lcov", ["--summary", "run.info", "--rc", "lcov_branch_coverage=1"], place.path);
  t.regex(summary, /lines\.+: 50\.0% \(5 of 10 lines\)/);
  t.regex(summary, /functions\.+: 50\.0% \(2 of 4 functions\)/);
  t.regex(summary, /branches\.+: 50\.0% \(2 of 4 branches\)/);
  const words = ["run.info", "--show-details", "--branch-coverage", "-o", "html"];
  t.regex(program(t, "genhtml", words, place.path), /lines\.+: 50\.0% \(5 of 10 lines\)/);
  const files = program(t, "find", ["html", "-name", "ring.c.gcov*.html"], place.path).trim().split("\n");
  t.true(files.length > 0);
  // The records of a source add up to what the boot ran.
  const ring = (await render(lcov, coveredRun()))
    .split("end_of_record")
    .filter((one) => one.includes("SF:ring.c"));
  const sum = (line: number) =>
    ring.reduce(
      (all, one) => all + Number(new RegExp(`^DA:${String(line)},(\\d+)$`, "m").exec(one)?.[1] ?? 0),
      0,
    );
  t.deepEqual([3, 5, 6, 7, 9, 14].map(sum), [4, 4, 1, 0, 3, 2]);
  t.deepEqual(
    ring.map((one) => /^TN:(.*)$/m.exec(one)?.[1]),
    ["outside_of_cases", "ring__keeps", "ring__per_name_1"],
  );
});

test("Cobertura's XML is valid, and escapes what names hold", async (t) => {
  const place = scratch(t);
  const text = await render(cobertura, coveredRun());
  // The document names its DTD by an address, which is not fetched.
  place.put("run.xml", Buffer.from(text).toString("latin1"));
  program(t, "xmllint", ["--nonet", "--noout", "--dtdvalid", DTD, place.file("run.xml")], place.path);
  const root = parseXml(text);
  t.is(root.attributes["line-rate"], "0.5000");
  t.is(root.attributes["lines-valid"], "10");
  t.deepEqual(
    nodesOf(parseXml(text), "class").map(({ attributes }) => attributes["filename"]),
    ['lib/<odd> & "name".c', "ring.c"],
  );
  const branch = nodesOf(parseXml(text), "line").filter(({ attributes }) => attributes["branch"] === "true");
  t.deepEqual(
    branch.map(({ attributes }) => attributes["condition-coverage"]),
    ["100% (2/2)", "0% (0/2)"],
  );
  place.put("broken.xml", text.replace('complexity="0"', ""));
  t.throws(() =>
    execFileSync("xmllint", ["--nonet", "--noout", "--dtdvalid", DTD, place.file("broken.xml")], {
      stdio: "pipe",
    }),
  );
  t.true(readFileSync(DTD, "utf8").includes("coverage"));
});

test("the terminal, logs and job summaries name what did not run", async (t) => {
  const terminal = await render(pretty, coveredRun());
  t.regex(terminal, /coverage \(gcc\)/);
  t.regex(terminal, /ring\.c +62\.5 % +66\.6 % +50\.0 % {2}7-8, 20/);
  t.regex(terminal, /2 sources +50\.0 %/);
  const log = await render(lines, coveredRun());
  t.regex(log, /^MISSED ring\.c {2}62\.5 % {2}7-8, 20$/m);
  t.regex(log, /^COVERAGE lines=50\.0% \(5\/10\) functions=50\.0% \(2\/4\) branches=50\.0% \(2\/4\) gcc$/m);
  const page = await render(markdown, coveredRun());
  t.regex(page, /### Coverage \(50\.0 % of the lines\)/);
  t.regex(page, /<code>ring\.c<\/code>[^]*7-8, 20/);
  t.false(page.includes("<odd>"));
  const { coverage } = JSON.parse(await render(json, coveredRun())) as {
    readonly coverage: Record<string, unknown>;
  };
  t.deepEqual([coverage["kinds"], coverage["lines"]], [["gcc"], { hit: 5, all: 10 }]);
  t.deepEqual((coverage["files"] as readonly unknown[])[1], {
    ...{
      path: "ring.c",
      lines: { hit: 5, all: 8 },
      functions: { hit: 2, all: 3 },
      branches: { hit: 2, all: 4 },
    },
    missed: [
      [7, 8],
      [20, 20],
    ],
  });
  for (const reporter of [pretty, lines, markdown, json])
    t.notRegex(await render(reporter, greenRun()), /coverage/i, reporter.name);
  t.is(await render(lcov, greenRun()), "");
});

test("less than what is wanted is red, in words", (t) => {
  const verdictOf = (coverageMinimum: { readonly lines?: number; readonly file?: number }) =>
    judge(reduce(coveredRun({ ubsan: "fail", coverageMinimum })));
  t.is(verdictOf({ lines: 50 }).verdict, "passed");
  t.deepEqual(verdictOf({ lines: 50.1 }).reasons, ["50.0 % of the lines ran, and 50.1 % are wanted"]);
  t.is(verdictOf({ file: 0 }).verdict, "passed");
  const { exitCode, reasons } = verdictOf({ file: 60 });
  t.is(exitCode, 1);
  t.regex(reasons.join(), /^1 source below 60 % of the lines \(.*odd.*: 0\.0 %\)$/);
  const none = judge(
    reduce(
      greenRun().map((e) =>
        e.type === "run-started"
          ? { ...e, policy: { ubsan: "fail", coverageMinimum: { lines: 1 } } as const }
          : e,
      ),
    ),
  );
  t.deepEqual(none.reasons, ["no coverage was measured, and some is wanted"]);
});

const since = (
  files: ChangesGiven["files"],
  coverageMinimum?: { readonly changed: number },
): readonly RunEvent[] =>
  coveredRun({ ubsan: "fail", ...(coverageMinimum !== undefined && { coverageMinimum }) }).flatMap(
    (event): readonly RunEvent[] =>
      event.type === "run-started" ? [event, { type: "changes", base: "main", files } as const] : [event],
  );

test("changed lines that did not run are named, and may be red", async (t) => {
  const files = [
    { path: "/home/dev/app/ring.c", lines: [6, 9, 30, 31] },
    { path: "README.md", lines: [1, 2 ** 31 - 1] },
  ];
  const events = since(files);
  t.deepEqual(changedCoverage(reduce(events)), {
    base: "main",
    lines: { hit: 2, all: 4 },
    missed: [{ path: "/home/dev/app/ring.c", rows: [[7, 8]] }],
  });
  const words = "50.0 % (2 of 4) of the lines that have changed since main";
  t.regex(
    await render(lines, events),
    new RegExp(`^UNTESTED ring\\.c {2}7-8\nCHANGED ${words.replace(/[()]/g, "\\$&")}$`, "m"),
  );
  for (const reporter of [pretty, markdown]) {
    const text = await render(reporter, events);
    t.true(text.includes(words), text);
    t.regex(text, /ring\.c[^]*7-8/);
  }
  t.regex(
    await render(github, events),
    /^::warning file=ring\.c,line=7,title=changed and not tested::lines 7 to 8 have changed/m,
  );
  t.is(judge(reduce(since(files, { changed: 50 }))).verdict, "passed");
  t.deepEqual(judge(reduce(since(files, { changed: 51 }))).reasons, [
    "50.0 % of the lines that have changed since main ran, and 51 % are wanted",
  ]);
  const none = since([{ path: "README.md", lines: [1, 2] }], { changed: 100 });
  t.is(judge(reduce(none)).verdict, "passed");
  t.regex(await render(lines, none), /^CHANGED no line with code has changed since main$/m);
});
