/**
 * Messages of the guest as the command line asks for them: whatever their prefix and the level of the console, a run says the
 * same; and the parts of a crash screen, which are the same in each architecture. How a message looks otherwise is what
 * suites/ukprint has.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { turns } from "../amount.js";
import { scratch } from "../cli/run.js";
import { documentOf, type JsonDocument, MACHINES, runKit } from "../runner/kit.js";

const FIELDS = "uktest.print=time,thread,caller,source,color";
const QUIET = "uktest.level=none";

/** What a run says, without what a clock or the length of a line decides, nor in which order boots side by side have ended. */
const resultsOf = ({ verdict, exitCode, evidence, suites, findings, faults, problems }: JsonDocument) => ({
  ...{ verdict, exitCode, evidence, problems: problems.map(({ code, message }) => `${code}: ${message}`) },
  cases: suites
    .flatMap(({ name, cases }) =>
      cases.map(({ name: one, status, reason, assertions }) => [
        `${name}.${one}: ${status} ${reason ?? ""}`,
        ...assertions.map(
          ({ status: is, message, file, line }) => `${is} ${message} ${String(file)}:${String(line)}`,
        ),
      ]),
    )
    .sort(),
  findings: findings
    .map(({ check, file, line, occurrences }) => `${file}:${String(line)} ${check} ${String(occurrences)}`)
    .sort(),
  faults: faults
    .map(({ kind, suite, file, line, callTrace }) => JSON.stringify({ suite, kind, file, line, callTrace }))
    .sort(),
});

const runWith = async (append: readonly string[], ...words: readonly string[]): Promise<JsonDocument> =>
  documentOf(await runKit(...words, "-r", "json", ...append.flatMap((one) => ["--append", one])));

for (const machine of turns(MACHINES, "guest/messages, levels"))
  test(`${machine}: fields, colours and levels change no result`, async (t) => {
    const suites = ["uktest-fails", "ubsan", "ukevent-crash", "-m", machine];
    const plain = resultsOf(await runWith([], ...suites));
    t.is(plain.exitCode, 1);
    t.true(plain.findings.length > 20 && plain.faults.length > 0);
    t.deepEqual(resultsOf(await runWith([FIELDS, QUIET], ...suites)), plain);
  });

/** The console of a run of one boot. */
async function consoleOf(t: ExecutionContext, ...words: readonly string[]): Promise<string> {
  const { path } = scratch(t);
  await runKit(...words, "--record", path);
  const logs = join(path, "run-0001", "logs");
  const [boot = ""] = readdirSync(logs);
  return readFileSync(join(logs, boot), "latin1");
}

const countOf = (text: string, part: string): number => text.split(part).length - 1;

test("the log is printed again with what was hidden, and nothing in it is counted twice", async (t) => {
  const text = await consoleOf(t, "ukprint", "-m", "qemu-x86_64");
  t.is(countOf(text, "shown at once"), 2);
  t.is(countOf(text, "shown later"), 1);
  t.is(countOf(text, "shown once"), 1);
  t.is(countOf(text, "> an error"), 0);
});

test("a prefix has its fields in Unikraft's order, with its colours", async (t) => {
  const text = await consoleOf(t, "ukprint_warnings", "-m", "qemu-x86_64", "--append", FIELDS);
  const escape = "\u001b";
  t.regex(
    text.replaceAll(escape, "␛"),
    /\n␛\[0m␛\[32m\[ {4}\d\.\d{6}\] ␛\[0m␛\[1m␛\[33mWarn:␛\[0m ␛\[0m␛\[34m<worker> ␛\[0m␛\[31m\{r:0x[0-9a-f]+,f:0x[0-9a-f]+\} ␛\[0m␛\[33m\[app\] ␛\[0m␛\[36m<messages\.c @ {2}\d+> ␛\[0mCondition warning: one == 1\r\n/,
  );
});

test("a thread may have any name, and none makes or hides a result", async (t) => {
  for (const machine of turns(["qemu-x86_64", "v86", "qemu-arm64"], "guest/messages, console")) {
    const run = await runKit(
      "ukprint_threads",
      "ukprint_lines",
      "-m",
      machine,
      "--append",
      FIELDS,
      "-r",
      "json",
    );
    t.is(run.code, 0, run.stderr);
    const { verdict, evidence, problems, suites } = documentOf(run);
    t.deepEqual([verdict, evidence, problems.map(({ code }) => code)], ["passed", "memory", []], machine);
    const [one] = suites.find(({ name }) => name === "ukprint_threads")?.cases ?? [];
    t.is(one?.assertions.length, 4, machine);
  }
});

test("a word that is not known is said, and changes nothing", async (t) => {
  const words = ["ukprint_lines", "-m", "qemu-x86_64"];
  const text = await consoleOf(t, ...words, "--append", "uktest.print=time,tread uktest.level=loud");
  t.regex(text, /\] ERR: {2}\[libukdebug\] <settings\.c @ +\d+> uktest\.print=tread: no such field\r\n/);
  t.regex(text, /\] ERR: {2}\[libukdebug\] <settings\.c @ +\d+> uktest\.level=loud: no such level\r\n/);
  t.regex(text, /\] Info: \[libuktest\] uktest:plan /);
});

/** Parts of a crash screen, by what a line of each looks like. */
const PARTS: readonly (readonly [part: string, line: RegExp])[] = [
  ["title", /^Unikraft crash - /],
  ["stack", /^Stack:$|^ [0-9a-f]{8,16} {2}(?:[0-9a-f]{2} ){8} \|.{8}\|$/],
  ["trace", /^Call Trace:$|^ \[0x[0-9a-f]{16}\] \w+\+[0-9a-f]+$/],
  ["registers", /^[A-Z0-9]+ *: ?[0-9a-f]{4,}/],
];

/** The lines of a crash screen: the parts that they belong to, in their order. */
function partsOf(screen: readonly string[]): readonly string[] {
  const parts = screen.map((line) => PARTS.find(([, pattern]) => pattern.test(line))?.[0] ?? line);
  return parts.filter((part, at) => part !== parts[at - 1]);
}

test("a crash screen has the same parts in the same order everywhere", async (t) => {
  for (const machine of turns(MACHINES, "guest/messages, assertion")) {
    const { faults } = documentOf(await runKit("ukdebug_assertion", "-m", machine, "-r", "json"));
    const screen = (faults[0]?.excerpt ?? []).map(({ text }) =>
      text.replace(/^.*?CRIT: (?:\[\w+\] )?(?:<.*?> )?/, ""),
    );
    t.deepEqual(
      partsOf(screen.slice(screen.findIndex((line) => line.startsWith("Unikraft crash")))),
      ["title", "registers", "stack", "trace"],
      machine,
    );
  }
});
