/** Lists of what is known to be red, as a user gives them: to reports, to records, through every kind of report. */
import { readFileSync, writeFileSync } from "node:fs";
import test, { type ExecutionContext } from "ava";
import { putKitObjects } from "../kit-objects.js";
import { LOGS, scratch, uktest as run } from "../cli/run.js";

const FAILS = `${LOGS}v0.17-x86_64-failures-ubsan-noise.log`;
const report = (log: string, ...words: readonly string[]) => run(["report", log, ...words]);

interface Document {
  readonly suites: readonly {
    readonly name: string;
    readonly cases: readonly { readonly name: string; readonly status: string; readonly known?: object }[];
  }[];
  readonly comparison?: Readonly<Record<string, unknown>>;
  readonly findings: readonly { readonly known?: string }[];
}

/** A record of a red log, and the names of its red cases. */
async function redRecord(t: ExecutionContext) {
  const folder = scratch(t);
  const [events, json] = [folder.file("run.jsonl"), folder.file("run.json")];
  const said = await report(FAILS, "-r", `events=${events}`, "-r", `json=${json}`);
  t.is(said.code, 1);
  const document = JSON.parse(readFileSync(json, "utf8")) as Document;
  const red = document.suites.flatMap(({ name, cases }) =>
    cases.filter(({ status }) => status === "failed").map((one) => `${name}.${one.name}`),
  );
  t.true(red.length > 0 && document.findings.length > 0);
  return { folder, events, json, red, findings: document.findings.length };
}

test("nothing of a run is new beside itself; the record of that replays the same", async (t) => {
  const { folder, events, json } = await redRecord(t);
  for (const baseline of [events, json]) {
    t.is((await report(FAILS, "--baseline", baseline)).code, 1);
    const kept = folder.file("kept.jsonl");
    const out = folder.file("out.json");
    const said = await report(
      FAILS,
      "--baseline",
      baseline,
      "--only-new",
      "-r",
      `events=${kept}`,
      "-r",
      `json=${out}`,
    );
    t.is(said.code, 0, said.stdout);
    t.regex(said.stdout, /^KNOWN \S+ .*baseline: red in/m);
    t.regex(said.stdout, /^COMPARED with .*still broken$/m);
    t.is((await report(kept)).code, 0);
    const { comparison, findings } = JSON.parse(readFileSync(out, "utf8")) as Document;
    t.deepEqual(comparison?.["newlyBroken"], []);
    t.true(findings.every(({ known }) => known !== undefined));
  }
});

test("beside a green run everything red is newly broken, and counts", async (t) => {
  const { folder } = await redRecord(t);
  const green = folder.file("green.jsonl");
  await report(`${LOGS}v0.17-x86_64-all-suites-pass.log`, "-r", `events=${green}`);
  const said = await report(FAILS, "--baseline", green, "--only-new");
  t.is(said.code, 1);
  t.regex(said.stdout, /^NEWLY-BROKEN /m);
});

test("a quarantined case is known in every report, and its findings still count", async (t) => {
  const { folder, red } = await redRecord(t);
  const entries = red.map((name) => ({ case: name, reason: "flaps <&>", owner: "ann", until: "2999-12-31" }));
  const list = folder.put("quarantine.json", JSON.stringify(entries));
  const [junit, tap, github] = [folder.file("o.xml"), folder.file("o.tap"), folder.file("o.txt")];
  const said = await report(
    FAILS,
    "--quarantine",
    list,
    "-r",
    `junit=${junit}`,
    "-r",
    `tap=${tap}`,
    "-r",
    `github=${github}`,
  );
  t.is(said.code, 1);
  t.regex(said.stdout, /VERDICT failed: \d+ UBSAN findings?$/m);
  t.is((await report(FAILS, "--quarantine", list, "--ubsan", "warn")).code, 0);
  t.regex(
    folder.text("o.xml"),
    /<skipped message="failed, and known \(quarantine: flaps &lt;&amp;(?:&gt;|>) \(owner ann/,
  );
  t.notRegex(folder.text("o.xml"), /<failure/);
  t.regex(folder.text("o.tap"), /^ +not ok \d+ - \S+ # TODO quarantine: flaps/m);
  t.regex(folder.text("o.txt"), /^::notice .*title=known%3A/m);
  const formats = ["sarif", "ctrf", "teamcity", "markdown", "html"] as const;
  await report(
    FAILS,
    "--quarantine",
    list,
    ...formats.flatMap((name) => ["-r", `${name}=${folder.file(name)}`]),
  );
  t.is((folder.text("sarif").match(/"suppressions":/g) ?? []).length > 0, true);
  t.regex(folder.text("ctrf"), /"status":"other","duration":\d+,"suite":\[[^\]]*\],"rawStatus":"failed"/);
  t.regex(folder.text("teamcity"), /testIgnored name='[^']*' message='failed, and known \(quarantine: flaps/);
  t.regex(folder.text("markdown"), /### Known, and not counted \(\d+\)/);
  t.notRegex(folder.text("markdown"), /### Failed/);
  t.regex(folder.text("html"), /"reason":"known, and not counted \(quarantine: flaps \\u003c&>/);
  t.regex(folder.text("html"), />\d+ known and not counted</);
  const pretty = await report(FAILS, "--quarantine", list, "-r", "pretty");
  t.regex(pretty.stdout, /KNOWN +1 red case that does not count|KNOWN +\d+ red cases that do not count/);
});

test("entries that nothing needs are told, and count for nothing", async (t) => {
  const { folder, red } = await redRecord(t);
  const [first = ""] = red;
  const suite = first.slice(0, first.indexOf("."));
  const list = folder.put(
    "q.json",
    JSON.stringify([
      { case: first, reason: "old", until: "2020-01-01" },
      { case: `${suite}.no_such_case`, reason: "typo" },
      { case: "elsewhere.*", reason: "its suite did not run" },
    ]),
  );
  const { stdout, code } = await report(FAILS, "--quarantine", list);
  // The project's own file needs no option.
  folder.put("uktest.quarantine.json", JSON.stringify([{ case: first, reason: "of the project" }]));
  t.regex((await run(["report", FAILS], { cwd: folder.path })).stdout, /quarantine: of the project/);
  t.is(code, 1);
  t.regex(stdout, new RegExp(`known-expired +quarantine is over, and counts no more: ${first}$`, "m"));
  t.regex(stdout, new RegExp(`known-unused +quarantined, and no such case ran: ${suite}.no_such_case$`, "m"));
  t.notRegex(stdout, /elsewhere/);
});

test.serial("a quarantined case that passes again and again is told", async (t) => {
  const folder = scratch(t);
  await putKitObjects(folder.path);
  folder.put(
    "a.c",
    "#include <uk/test.h>\nUK_TESTCASE(mended, one)\n{\n\tUK_TEST_EXPECT(1);\n}\nuk_testsuite_register(mended, NULL);\n",
  );
  folder.put("uktest.config.json", '{ "suites": { "mended": { "sources": ["a.c"] } }, "machine": "v86" }');
  folder.put("uktest.quarantine.json", '[{ "case": "mended.*", "reason": "flapped" }]');
  for (let nth = 1; nth <= 10; nth += 1) {
    const { stdout, code } = await run(["run"], { cwd: folder.path });
    t.is(code, 0);
    t.is(/quarantined, and passed 10 times in a row: mended\.\*/.test(stdout), nth === 10, String(nth));
  }
});

test("the ratchet: write down, pass, notice what is gone, take it out", async (t) => {
  const { folder, events, findings } = await redRecord(t);
  const file = folder.file("uktest.ubsan.json");
  const settings = { cwd: folder.path };
  const bare = await run(["ubsan", "update", events], settings);
  t.is(bare.code, 2);
  t.regex(bare.stderr, /new findings? needs? a reason/);
  const made = await run(
    ["ubsan", "update", events, "--reason", "issue 7", "--until", "2999-01-01"],
    settings,
  );
  t.is(made.code, 0, made.stderr);
  t.regex(made.stdout, /^\+ \S+ /m);
  const entries = JSON.parse(readFileSync(file, "utf8")) as object[];
  t.true(entries.length > 0 && entries.length <= findings);
  const again = await run(["ubsan", "update", events], settings);
  t.is(again.code, 0);
  t.regex(again.stdout, /0 added, 0 removed/);
  // The project's own file needs no option.
  const said = await run(["report", FAILS], settings);
  t.notRegex(said.stdout, /VERDICT.*UBSAN/);
  t.regex(said.stdout, /known: issue 7/);

  const green = folder.file("green.jsonl");
  const quiet = await run(
    ["report", `${LOGS}v0.17-x86_64-all-suites-pass.log`, "-r", `events=${green}`],
    settings,
  );
  t.is(quiet.code, 0);
  t.regex(quiet.stdout, /known finding that did not occur/);
  const pruned = await run(["ubsan", "prune", green], settings);
  t.regex(pruned.stdout, /: 0 known, 0 added, \d+ removed/);
  t.deepEqual(JSON.parse(readFileSync(file, "utf8")), []);
});

test("lists that are wrong name the file, the entry and the key", async (t) => {
  const folder = scratch(t);
  let files = 0;
  const q = (content: string) => ["--quarantine", folder.put(`${String((files += 1))}-q.json`, content)];
  const u = (content: string) => ["--known-findings", folder.put(`${String((files += 1))}-u.json`, content)];
  const rows: readonly (readonly [readonly string[], RegExp])[] = [
    [q("{"), /q\.json: no JSON/],
    [q("{}"), /has to be a JSON list/],
    [q('[{"case":"a.b"}]'), /entry 1 \(a\.b\): reason is missing/],
    [q('[{"case":"ab","reason":"x"}]'), /entry 1 \(ab\): case has to be suite\.case/],
    [
      q('[{"case":"a.b","reason":"x"},{"case":"a.c","reason":"x","until":"2026-02-30"}]'),
      /entry 2 \(a\.c\): until has to be a day/,
    ],
    [q('[{"case":"a.b","reason":"x","untill":"2026-02-03"}]'), /untill is not a known key/],
    [q('[{"case":"a.b","reason":""}]'), /reason must not be empty/],
    [q("[3]"), /entry 1: /],
    [u('[{"check":"bounds","file":"a.c","reason":"x"}]'), /entry 1: message is missing/],
    [u('[{"kind":"frob","suite":"a","reason":"x"}]'), /entry 1: kind has to be .*"kasan"/],
    [u('[{"kind":"fault","reason":"x"}]'), /entry 1: .*suite is missing/],
    [u('[{"kind":"kasan","reason":"x"}]'), /entry 1: .*does not say which finding it means/],
    [u('[{"kind":"kasan","check":"double-free","reason":"x"}]'), /does not say which finding it means/],
    [["--quarantine", folder.file("gone.json")], /gone\.json cannot be read/],
    [["--only-new"], /--only-new goes with --baseline/],
    [["--baseline", FAILS], /neither a record of a run nor a report/],
    [["--baseline", folder.path], /is a folder, and holds no record/],
    [["--baseline", ""], /--baseline is empty/],
  ];
  for (const [words, message] of rows) {
    const said = await report(FAILS, ...words);
    t.is(said.code, 2, words.join(" "));
    t.regex(said.stderr, message, words.join(" "));
  }
  const wrong: readonly (readonly [readonly string[], RegExp])[] = [
    [["ubsan", "update", FAILS], /is no record/],
    [["ubsan", "shrink", FAILS], /action/],
    [["ubsan", "update", ""], /name of the record is empty/],
    [["ubsan", "update", "x.jsonl", "--until", "soon"], /--until has to be a day/],
  ];
  for (const [words, message] of wrong) {
    const said = await run(words);
    t.is(said.code, 2, words.join(" "));
    t.regex(said.stderr, message);
  }
});

test("findings of other kinds and wanted faults are listed, updated and pruned", async (t) => {
  const folder = scratch(t);
  const lines = [
    "KTAP version 1",
    "1..1",
    "    KTAP version 1",
    "    # Subtest: kasan",
    "    1..2",
    "BUG: KASAN: double-free in frob_put+0x1/0x2",
    "==================================================================",
    "    ok 1 a",
    "BUG: kernel NULL pointer dereference, address: 0000000000000008",
    "RIP: 0010:frob_get+0x1/0x2",
    "---[ end trace 0000000000000000 ]---",
    "    ok 2 b",
    "ok 1 kasan",
  ];
  const log = folder.put("run.log", lines.map((line) => `${line}\n`).join(""));
  const events = folder.file("run.jsonl");
  t.is((await report(log, "-r", `events=${events}`)).code, 1);
  const settings = { cwd: folder.path };
  const updated = await run(["ubsan", "update", events, "--reason", "issue 9"], settings);
  t.regex(updated.stdout, /\+ kasan {2}double-free {2}frob_put/);
  const file = folder.file("uktest.ubsan.json");
  const entry = { kind: "kasan", check: "double-free", function: "frob_put", reason: "issue 9" };
  t.deepEqual(JSON.parse(readFileSync(file, "utf8")), [entry]);
  const unused = { suite: "gone", kind: "fault", reason: "nothing needs it" };
  const wanted = { suite: "kasan", kind: "fault", reason: "provoked" };
  writeFileSync(file, JSON.stringify([entry, wanted, unused]));
  const said = await report(log, "--known-findings", file, "-r", "lines");
  t.is(said.code, 0, said.stdout);
  t.regex(said.stdout, /KNOWN kasan\.b .*known fault: provoked/);
  t.regex(said.stdout, /known-unused .*fault in suite gone/);
  await run(["ubsan", "prune", events], settings);
  t.deepEqual(JSON.parse(readFileSync(file, "utf8")), [entry, wanted]);
});
