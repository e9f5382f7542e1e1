/**
 * Every capture through the command: all reports in one run, then the same reports from its record, byte for byte.
 */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { nodesOf, parseXml } from "../oracles/xml.js";
import { serialLogs } from "../reading.js";
import { documentOf } from "./document.js";
import { LOGS, scratch, uktest } from "./run.js";

/** Report file by what is asked for. */
const REPORTS: Readonly<Record<string, string>> = {
  pretty: "pretty.txt",
  lines: "lines.txt",
  tap: "run.tap",
  tap13: "run.tap13",
  junit: "junit.xml",
  "junit,dialect=jenkins": "jenkins.xml",
  "junit,stack=dorny": "dorny.xml",
  github: "github.txt",
  markdown: "summary.md",
  sarif: "run.sarif",
  codequality: "codequality.json",
  ctrf: "ctrf.json",
  teamcity: "teamcity.txt",
  json: "run.json",
};

/** `-r name=folder/file,option=value` for all of them. */
const wishes = (folder: string): readonly string[] =>
  Object.entries(REPORTS).flatMap(([asked, file]) => {
    const [name = "", ...options] = asked.split(",");
    return ["-r", [`${name}=${folder}/${file}`, ...options].join(",")];
  });

for (const log of serialLogs) {
  test.serial(`${log}: every report, and the same again from the record`, async (t) => {
    const { path, text } = scratch(t);
    const expected = readFileSync(join(LOGS, log.replace(/\.log$/, ".expect")), "utf8");
    const code = Number(/^verdict \w+ exit (\d+)/.exec(expected)?.[1]);
    const policy = ["--strip-prefix", "/home/dev/app", "--root", path];

    const direct = await uktest(
      ["report", join(LOGS, log), "-r", "events=run.jsonl", "-r", "lines", ...wishes("direct"), ...policy],
      { cwd: path },
    );
    t.deepEqual([direct.code, direct.stderr], [code, ""]);
    t.is(direct.stdout, text("direct/lines.txt"));

    const again = await uktest(
      ["report", "run.jsonl", "-r", "events=again.jsonl", "-r", "lines", ...wishes("again"), ...policy],
      { cwd: path },
    );
    t.deepEqual([again.code, again.stderr, again.stdout], [code, "", direct.stdout]);
    t.is(text("again.jsonl"), text("run.jsonl"));
    for (const file of Object.values(REPORTS)) {
      t.is(text(`again/${file}`), text(`direct/${file}`), file);
      t.regex(
        text(`direct/${file}`),
        /^(?:github|teamcity)\.txt$/.test(file) ? /^$|\n$/ : /\n$/,
        `${file} ends with a line end`,
      );
    }
    t.deepEqual(readdirSync(path).sort(), ["again", "again.jsonl", "direct", "run.jsonl"]);
    t.is(readdirSync(join(path, "direct")).length, Object.keys(REPORTS).length, "no temporary file is left");

    const document = documentOf(text("direct/run.json"));
    t.is(document.exitCode, code);
    t.is(document.verdict, code === 0 ? "passed" : "failed");
    const cases = document.suites.reduce((sum, suite) => sum + suite.cases.length, 0);
    t.is(expected.match(/^case /gm)?.length ?? 0, cases);
    t.true(nodesOf(parseXml(text("direct/junit.xml")), "testcase").length >= cases);
    t.true(text("direct/run.tap").startsWith("TAP version 14\n"));
    t.true(text("direct/run.tap13").startsWith("TAP version 13\n"));
  });
}
