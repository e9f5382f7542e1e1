/**
 * What a report is made from: files, standard input, several logs, records; and what is wrong with them.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { reporter as events } from "../../reporters/events.js";
import { some } from "../amount.js";
import { BANNER, generations } from "../console.js";
import { render } from "../reporters/render.js";
import { redRun } from "../reporters/samples.js";
import { casesIn, codesIn, documentOf } from "./document.js";
import { LOGS, scratch, uktest } from "./run.js";

const GREEN = "v0.17-x86_64-all-suites-pass.log";
const RED = "slide-vfscore.log";
const log = (name: string): string => join(LOGS, name);
const now = generations["0.11-0.20 with time"];

test.serial("standard input is read like a file", async (t) => {
  const piped = await uktest(["report", "-", "-r", "json"], { input: readFileSync(log(GREEN)) });
  const filed = await uktest(["report", log(GREEN), "-r", "json"]);
  t.deepEqual([piped.code, piped.stderr, filed.code], [0, "", 0]);
  t.is(piped.stdout.replaceAll("standard input", log(GREEN)), filed.stdout);
});

test.serial("the exit code says what happened", async (t) => {
  const { path, put } = scratch(t);
  put("empty.log", "");
  put("noise.log", "hello\nworld\n");
  put("skipped.log", "TAP version 14\nok 1 - a # SKIP not here\n1..1\n");
  const codes = async (args: readonly string[], input = ""): Promise<number | string | null> =>
    (await uktest(["report", ...args], { cwd: path, input })).code;
  t.deepEqual(
    await Promise.all([
      codes([log(GREEN)]),
      codes([log(RED)]),
      codes(["empty.log"]),
      codes(["noise.log"]),
      codes(["-"]),
      codes(["skipped.log"]),
      codes([log(GREEN), "empty.log"]),
    ]),
    [0, 1, 4, 4, 4, 4, 1],
  );
  t.is(await codes([log(GREEN), "--image", "no-such-image"]), 3);
  t.is(await codes([log(GREEN), "--image", "noise.log"]), 3);
  t.is(await codes(["/proc/self/mem"]), 3);
});

test.serial("several logs are several boots of one run", async (t) => {
  const { path, put } = scratch(t);
  put("second.log", now.header("alpha", "one") + now.passed("expected `x` to be true") + BANNER);
  const { code, stdout } = await uktest(["report", log(GREEN), "-", "second.log", "-r", "json"], {
    cwd: path,
    input: readFileSync(log(RED)),
  });
  t.is(code, 1);
  const document = documentOf(stdout);
  t.deepEqual(document.sources, [log(GREEN), "standard input", "second.log"]);
  t.true(casesIn(document).includes("vfscore_stat_testsuite.vfscore_test_stat failed"));
  t.is(casesIn(document).at(-1), "alpha.one passed");
});

test.serial(
  "a log that is named like a record is a log, and a record is known by what is in it",
  async (t) => {
    const { path, put } = scratch(t);
    put("log.jsonl", readFileSync(log(GREEN)));
    put("record.log", await render(events, redRun()));
    t.is((await uktest(["report", "log.jsonl"], { cwd: path })).code, 0);
    const { code, stdout } = await uktest(["report", "record.log", "-r", "events"], { cwd: path });
    t.is(code, 1);
    t.is(stdout, await render(events, redRun()));
    const piped = await uktest(["report", "-", "-r", "events"], { input: await render(events, redRun()) });
    t.is(piped.stdout, stdout);
  },
);

test.serial("a record does not go with logs, other records or an image", async (t) => {
  const { path, put } = scratch(t);
  put("run.jsonl", await render(events, redRun()));
  for (const [args, words] of [
    [["run.jsonl", log(GREEN)], /run\.jsonl is a record of a whole run/],
    [[log(GREEN), "run.jsonl"], /run\.jsonl is a record of a whole run/],
    [["run.jsonl", "run.jsonl"], /one record at a time/],
  ] as const) {
    const { code, stdout, stderr } = await uktest(["report", ...args], { cwd: path });
    t.deepEqual([code, stdout], [2, ""]);
    t.regex(stderr, words);
  }
});

test.serial("a cut record is never green, wherever it is cut, and its reports are whole", async (t) => {
  const { path, put, text } = scratch(t);
  await uktest(["report", log(GREEN), "-r", "events=whole.jsonl"], { cwd: path });
  const lines = text("whole.jsonl").split(/(?<=\n)/);
  const places = [1, 2, 3, 4, 10, Math.floor(lines.length / 2), lines.length - 3, lines.length - 1];
  const cuts = some(places, 3).flatMap((n) => [
    lines.slice(0, n).join(""),
    `${lines.slice(0, n).join("")}${(lines[n] ?? "").slice(0, -5)}`,
  ]);
  const said = await Promise.all(
    cuts.map((cut, n) =>
      uktest(["report", "-", "-r", `tap=${String(n)}.tap`, "-r", "json"], { cwd: path, input: cut }),
    ),
  );
  said.forEach(({ code, stdout, stderr }, n) => {
    const document = documentOf(stdout);
    t.deepEqual([document.verdict, stderr], ["failed", ""], String(n));
    t.is(code, document.exitCode);
    t.true(code === 1 || (code === 4 && casesIn(document).length === 0), String(n));
    t.deepEqual(codesIn(document), ["incomplete-run"]);
    t.regex(text(`${String(n)}.tap`), /^1\.\.\d+/m);
  });
  const first = await uktest(["report", "-"], { input: lines[0]?.slice(0, 60) ?? "" });
  t.is(first.code, 3);
  t.regex(first.stderr, /^uktest: error: standard input: the record is cut in its first line\n/);
  t.is((await uktest(["report", put("no-lf.jsonl", lines.join("").trimEnd())])).code, 0);
});

test.serial(
  "a damaged record is the rig's failure: one line says where, and reports are whole and red",
  async (t) => {
    const { path, put } = scratch(t);
    const record = await render(events, redRun());
    const lines = record.trimEnd().split("\n");
    const without = (type: string): string =>
      lines.filter((_, n) => n !== lines.findIndex((line) => line.includes(`"type":"${type}"`))).join("\n");
    const damages: readonly (readonly [name: string, text: string, words: RegExp])[] = [
      [
        "no JSON",
        record.replace('{"type":"suite-started"', '{"type":suite-started"'),
        /:6: not a line of JSON/,
      ],
      ["unknown event", record.replace('"suite-started"', '"suite-begun"'), /:6: type: /],
      ["unknown key", record.replace('"suite-started",', '"suite-started","extra":1,'), /:6: extra: /],
      [
        "inherited key",
        record.replace('"suite-started",', '"suite-started","toString":1,'),
        /:6: toString: /,
      ],
      [
        "prototype key",
        record.replace('"suite-started",', '"suite-started","__proto__":{},'),
        /:6: __proto__: /,
      ],
      ["wrong type", record.replace(/"line":\d+/, '"line":"7"'), /:2: origin\.line: /],
      ["infinite", record.replace(/"line":\d+/, '"line":1e999'), /:2: origin\.line: /],
      ["negative", record.replace(/"line":\d+/, '"line":-1'), /:2: origin\.line: /],
      ["another schema", record.replace("uktest-events/1", "uktest-events/2"), /:1: schema: /],
      ["not an object", `${lines[0] ?? ""}\n[]\n`, /:2: /],
      ["null", `${lines[0] ?? ""}\nnull\n`, /:2: /],
      ["two runs", record + record, /run-started: something follows the end of the run/],
      ["a lost start of a case", without("case-started"), /which is not open/],
      ["a lost end of a case", without("case-finished"), /has no end/],
      ["a lost end of a suite", without("suite-finished"), /has no end/],
      ["a lost start of a suite", without("suite-started"), /which is not open/],
      ["a lost end of a boot", without("boot-finished"), /has no end/],
      [
        "a line twice",
        record.replace(/^.*"suite-started".*\n/m, "$&$&"),
        /suite-started: the suite .* has no end/,
      ],
      ["a hostile line", `${lines[0] ?? ""}\n\x1b[31m::error::x\n`, /:2: not a line of JSON/],
    ];
    const said = await Promise.all(
      damages.map(([name, text], n) => {
        put(`${String(n)}.jsonl`, Buffer.from(text));
        t.not(text, record, name);
        return uktest(["report", `${String(n)}.jsonl`, "-r", "json"], { cwd: path });
      }),
    );
    said.forEach(({ code, stdout, stderr }, n) => {
      const [name = "", , words = /./] = damages[n] ?? [];
      t.is(code, 3, name + stderr);
      t.regex(stderr, /^uktest: error: [^\n]+\n {8}[^\n]+\n$/, name);
      t.regex(stderr, words, name);
      t.false(stderr.includes("\x1b"));
      if (stdout !== "") t.is(documentOf(stdout).verdict, "failed", name);
    });
  },
);
