/**
 * Wrong use: one line that names it, at most one hint, exit 2, nothing on stdout and no file. And what is asked of the
 * command itself: help and version.
 */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { some } from "../amount.js";
import { LOGS, type Scratch, scratch, uktest } from "./run.js";

const LOG = join(LOGS, "slide-vfscore.log");

async function refused(
  t: Parameters<typeof scratch>[0],
  { path }: Scratch,
  args: readonly string[],
): Promise<string> {
  const { code, stdout, stderr } = await uktest(args, { cwd: path });
  const said = JSON.stringify(args);
  t.is(code, 2, said + stderr);
  t.is(stdout, "", said);
  t.regex(stderr, /^uktest: error: [^\n]+\n(?: {8}[^\n]+\n)?$/, said);
  return stderr;
}

/** Arguments, what the error names, and what the hint says. */
const WRONG: readonly (readonly [args: readonly string[], names: RegExp, hint: RegExp])[] = [
  [[], /no command/, /uktest --help/],
  [["reprot", LOG], /unknown command "reprot"/, /did you mean "report"/],
  [
    ["frobnicate"],
    /unknown command "frobnicate"/,
    /one of: run, debug, report, merge, ubsan, list, machines/,
  ],
  [["dcotor"], /unknown command "dcotor"/, /did you mean "doctor"/],
  [["wathc"], /unknown command "wathc"/, /did you mean "watch"/],
  [["completion"], /no shell given/, /uktest completion --help/],
  [["completion", "bahs"], /bahs: unknown value/, /did you mean "bash"/],
  [["init", "x", "--nam", "y"], /nam/, /did you mean "--name"/],
  [["two\nlines\x1b[31m"], /unknown command "two\\nlines"/, /./],
  [["--bogus"], /bogus/, /--help/],
  [["report"], /no log given/, /uktest report --help/],
  [["report", "no-such.log"], /no such log: no-such\.log/, /standard input/],
  [["report", "no\nsuch"], /no\\nsuch/, /./],
  [["report", "/"], /\/ is a folder/, /./],
  [["report", ""], /name of a log is empty/, /./],
  [["report", "-", "-"], /standard input is given twice/, /./],
  [["report", "--", "--odd"], /no such log: --odd/, /./],
  [["report", LOG, "--reportr", "json"], /reportr/, /did you mean "--reporter"/],
  [["report", LOG, "--xyz"], /xyz/, /uktest report --help/],
  [["report", LOG, "--no-color"], /no-color$/m, /./],
  [["report", LOG, "--constructor=1"], /constructor/, /./],
  [["report", LOG, "-r"], /--reporter needs a value/, /./],
  [["report", LOG, "-r", "junt"], /unknown reporter "junt"/, /did you mean "junit"/],
  [["report", LOG, "-r", "constructor"], /unknown reporter "constructor"/, /one of: cobertura, codequality/],
  [["report", LOG, "-r", "JSON=x"], /not of the form/, /^$/],
  [["report", LOG, "-r", "json="], /file name is missing/, /^$/],
  [["report", LOG, "-r", ""], /--reporter is empty/, /./],
  [["report", LOG, "-r", "junit=x.xml,dialekt=jenkins"], /no option "dialekt"/, /did you mean "dialect"/],
  [["report", LOG, "-r", "junit=x.xml,Dialect=jenkins"], /no option "Dialect"/, /did you mean "dialect"/],
  [["report", LOG, "-r", "junit=x.xml,dialect=hudson"], /unknown value/, /one of: .*jenkins/],
  [["report", LOG, "-r", "json=x.json,__proto__=1"], /no option "__proto__"/, /it has none/],
  [["report", LOG, "-r", "json=x", "-r", "tap=./x"], /two reporters write/, /./],
  [["report", LOG, "-r", `json=${LOG}`], /would overwrite/, /./],
  [["report", LOG, "--ubsan", "maybe"], /--ubsan maybe: unknown value/, /one of: fail, warn, off/],
  [["report", LOG, "--ubsan", "wran"], /--ubsan wran/, /did you mean "warn"/],
  [["report", LOG, "--ubsan", "off", "--ubsan", "fail"], /--ubsan is given 2 times/, /once/],
  [["report", LOG, "--dialect", "ktap"], /unknown dialect "ktap"/, /did you mean "tap"/],
  [["report", LOG, "--color", "blue"], /--color blue/, /one of: auto, always, never/],
  [["report", LOG, "--image"], /--image needs a value/, /./],
  [["report", LOG, "--root", ""], /--root is empty/, /./],
  [["report", LOG, "--strip-prefix="], /--strip-prefix is empty/, /./],
  [["run", "vfscore", ""], /a pattern is empty/, /variable/],
  [["run"], /there is no uktest\.config\.json here or above/, /uktest init/],
  [["run", "--image", "no-such-image"], /no such image: no-such-image/, /./],
  [["run", "--last-failed", "--image", "x"], /--last-failed goes without --image/, /./],
  [["run", "--changed", "--image", "x"], /--changed goes without --image/, /./],
  [["run", "--changed", "--last-failed"], /--changed goes without --last-failed/, /./],
  [["run", "--changed="], /--changed is empty/, /./],
  [["run", "--symbols", "x"], /--symbols goes with --image/, /./],
  [["run", "vfscore", "--machine", "vax"], /there is no machine "vax"/, /one of: auto, .*v86/],
  [["run", "--machin", "v86"], /machin/, /did you mean "--machine"/],
  [["run", "--timeout", "0"], /--timeout has to be a positive number/, /it is 0/],
  [["run", "--silence", "soon"], /--silence has to be a positive number/, /./],
  [["run", "--config", "no-such.json"], /no such configuration/, /docs\/configuration\.md/],
  [["run", "vfscore", "--profile", "fast"], /has no profile "fast"/, /there are: debug, debug-stub$/],
  [["run", "--cc", "tcc"], /--cc tcc: unknown value/, /did you mean "gcc"/],
  [["machines", "extra"], /extra/, /./],
  [["list", "--image", "x", "--image", "y"], /given 2 times/, /./],
  [["list", "--image", "x", "--jsn"], /jsn/, /did you mean "--json"/],
];

test.serial("wrong use of every kind", async (t) => {
  const folder = scratch(t);
  // Eight at a time: most of the time is the start of a process.
  const rows = some(WRONG, 3);
  for (let from = 0; from < rows.length; from += 8) {
    const together = rows.slice(from, from + 8);
    const said = await Promise.all(together.map(([args]) => refused(t, folder, args)));
    together.forEach(([args, names, hint], index) => {
      const [error = "", second = ""] = (said[index] ?? "").split("\n");
      t.regex(error, names, JSON.stringify(args));
      t.regex(second.trim(), hint, JSON.stringify(args));
    });
  }
  t.deepEqual(readdirSync(folder.path), []);
});

test.serial("wrong use writes nothing, whatever was asked for beside it", async (t) => {
  const folder = scratch(t);
  folder.put("run.jsonl", '{"type":"run-started"');
  const ways = [
    ["report", LOG, "-r", "json=a.json", "-r", "nope=b"],
    ["report", LOG, "no-such.log", "-r", "json=a.json", "-r", "junit=deep/er/b.xml"],
    ["report", LOG, "run.jsonl", "-r", "json=a.json"],
    ["report", "run.jsonl", "run.jsonl", "-r", "json=a.json"],
  ];
  await Promise.all(ways.map((args) => refused(t, folder, args)));
  t.deepEqual(readdirSync(folder.path), ["run.jsonl"]);
});

test.serial("help and version", async (t) => {
  const ways = [
    ["--help"],
    ["report", "--help"],
    ["list", "--help"],
    ["-h"],
    ["report", "-h", "--bogus"],
    ["--version"],
  ];
  const said = await Promise.all(ways.map((args) => uktest(args)));
  for (const { code, stderr } of said) t.deepEqual([code, stderr], [0, ""]);
  const [help = "", report = "", list = "", short, , version] = said.map(({ stdout }) => stdout);
  t.is(short, help);
  for (const text of [help, report, list]) {
    t.regex(text, /Exit codes:/);
    t.true(text.split("\n").every((line) => line.length <= 100));
  }
  t.regex(help, /uktest report/);
  t.regex(help, /uktest list/);
  for (const option of ["image", "reporter", "ubsan", "root", "strip-prefix", "dialect", "color"])
    t.regex(report, new RegExp(`--${option}\\b`));
  for (const name of ["pretty", "lines", "tap", "tap13", "junit", "github", "json", "events"])
    t.regex(report, new RegExp(`\\b${name}\\b`));
  for (const text of [report, list]) t.regex(text, /Examples:\n {2}uktest /);
  t.regex(list, /--json/);
  t.regex(version ?? "", /^\d+\.\d+\.\d+\n$/);
});
