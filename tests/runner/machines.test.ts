/**
 * `uktest run` as a user types it: the same suites on every machine, patterns, a project of one's own, builds that fail,
 * crashes of each kind.
 */
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import test, { type ExecutionContext } from "ava";
import { amount, turns } from "../amount.js";
import { putKitObjects } from "../kit-objects.js";
import { machines } from "../../runner/machines.js";
import { scratch, type Said, uktest } from "../cli/run.js";
import { documentOf, type JsonDocument, MACHINES, ROOT, runKit } from "./kit.js";

test("the table of machines has one entry for each file of the folder", async (t) => {
  const folder = fileURLToPath(new URL("../../runner/machines/", import.meta.url));
  // A board has no name before the user gives it one.
  const files = readdirSync(folder).filter((name) => name.endsWith(".js") && name !== "serial.js");
  const names = (await machines()).map(({ name }) => name);
  t.deepEqual(names, files.map((name) => name.replace(".js", "")).sort());
  t.deepEqual([...MACHINES].sort(), names);
});

test("machines are listed, ready or with what to install", async (t) => {
  const { code, stdout } = await uktest(["machines"]);
  t.is(code, 0);
  for (const name of MACHINES) t.regex(stdout, new RegExp(`^${name} +ready`, "m"));
  const bare = await uktest(["machines"], { env: { PATH: "/nonexistent" } });
  t.regex(bare.stdout, /^qemu-arm64 +missing .*apt-get install qemu-system-arm$/m);
  t.regex(bare.stdout, /^v86 +ready, auto/m);
});

/** What a processor has of its own: its traps and instructions, how many registers a call keeps, how wide its numbers are. */
const OF_PROCESSORS =
  /^(?:ukgdb_(?:next|traps)\.|nolibc_posix\.numbers_of_devices |ukctx_switch\.registers_that_a_call_keeps |ukpaging_decide\.there_is_one_table )/;

const casesIn = (document: JsonDocument): readonly string[] =>
  document.suites
    .flatMap(({ name, cases }) =>
      cases.map((one) => `${name}.${one.name} ${one.status} ${String(one.assertions.length)}`),
    )
    .filter((one) => !OF_PROCESSORS.test(one))
    .sort();

test.serial("every machine gives the same results, case by case, and no case keeps memory", async (t) => {
  const [first, ...others] = MACHINES;
  const run = await runKit("-m", first, "--max-leak", "0", "-r", "json");
  t.is(run.code, 0, run.stderr);
  const wanted = documentOf(run);
  t.is(wanted.evidence, "memory");
  t.true(casesIn(wanted).length > 150, String(casesIn(wanted).length));
  for (const machine of turns(others, "runner/machines, same results")) {
    const other = await runKit("-m", machine, "--max-leak", "0", "-r", "json");
    t.is(other.code, 0, other.stderr);
    t.deepEqual(casesIn(documentOf(other)), casesIn(wanted), machine);
  }
});

test.serial("patterns choose folders, suites and cases", async (t) => {
  const chosen = async (...patterns: readonly string[]): Promise<readonly string[]> =>
    casesIn(documentOf(await runKit(...patterns, "-r", "json"))).map((one) => one.split(" ")[0] ?? "");
  const whole = await chosen("ukargparse");
  t.true(whole.length > 5);
  t.deepEqual(await chosen("ukargparse_*"), whole);
  t.deepEqual(
    await chosen("ukargparse_w"),
    whole.filter((name) => name.startsWith("ukargparse_words")),
  );
  t.deepEqual(await chosen("ukargparse_words_testsuite.words_quotes"), [
    "ukargparse_words_testsuite.words_quotes",
  ]);
  t.deepEqual(await chosen("*.words_q*", "vfscore_stat_testsuite.stat_umask"), [
    "ukargparse_words_testsuite.words_quotes",
    "vfscore_stat_testsuite.stat_umask",
  ]);
});

/** Where a crash is: in a function, and in a line that only this text is in. */
interface Spot {
  readonly function: string;
  readonly file: string;
  readonly code: string;
}

const spot = (name: string, file: string, code: string): Spot => ({
  function: name,
  file: `suites/ukdebug/${file}`,
  code,
});
const caseOf = (suite: string, name: string): string => `_uk_testsuite_ukdebug_${suite}_case_${name}`;

/** What each kind of crash is called, on every architecture, and where it is. */
const CRASHES: readonly (readonly [suite: string, status: string, title: RegExp, where?: Spot])[] = [
  [
    "ukdebug_assertion",
    "crashed",
    /^assertion failure: three == 4$/,
    spot(caseOf("assertion", "fails"), "on_purpose.c", "UK_ASSERT(three == 4)"),
  ],
  [
    "ukdebug_crash",
    "crashed",
    /^Could not initialize the scheduler, 3 tries$/,
    spot(caseOf("crash", "with_a_message"), "on_purpose.c", 'UK_CRASH("Could not'),
  ],
  [
    "ukdebug_abort",
    "crashed",
    /^abort called$/,
    spot(caseOf("abort", "is_called"), "on_purpose.c", "\tabort();"),
  ],
  [
    "ukdebug_null_read",
    "crashed",
    /page fault at 0x0 \(read|data abort .*read from 0x0/,
    spot("read_from", "memory.c", "return *(const volatile int *)pointer;"),
  ],
  [
    "ukdebug_null_write",
    "crashed",
    /page fault at 0x0 \(write|data abort .*write to 0x0/,
    spot("write_to", "memory.c", "*(volatile int *)pointer = 42;"),
  ],
  [
    "ukdebug_wild_jump",
    "crashed",
    /page fault at 0x7ead0000|jump to 0x0*7ead0000/,
    spot("call", "memory.c", "\tfunction();"),
  ],
  [
    "ukdebug_undefined_instruction",
    "crashed",
    /invalid opcode|undefined instruction/,
    spot(caseOf("undefined_instruction", "in_a_case"), "instructions.c", ""),
  ],
  ["ukdebug_stack_overflow", "crashed", /page fault at 0x|data abort/, spot("descend", "memory.c", "")],
  ["ukdebug_exit", "crashed", /^exit\(3\) was called inside the case$/],
  ["ukdebug_halt", "crashed", /halted inside the case/],
  [
    "ukdebug_endless",
    "timed-out",
    /^stopped after 2 s of silence in ukdebug_endless\.loop: hung in \w+ at suites\/ukdebug\/ending\.c:39$/,
  ],
];

/** The line of a file that a text is in; undefined for no text. */
function lineOf({ file, code }: Spot): number | undefined {
  if (code === "") return undefined;
  const lines = readFileSync(join(ROOT, file), "utf8").split("\n");
  const found = lines.flatMap((text, index) => (text.includes(code) ? [index + 1] : []));
  if (found.length !== 1) throw new Error(`${file} has "${code}" ${String(found.length)} times`);
  return found[0];
}

/** Same crash, same fingerprint, whatever the machine. */
const fingerprints = new Map<string, string | undefined>();

for (const machine of MACHINES)
  test.serial(`a crash of each kind is named, placed and charged on ${machine}`, async (t) => {
    // Both ways of looking where a guest hangs, by hand: the monitor of QEMU, and the embedded machine.
    const hangs = amount(true, ["qemu-arm64", "v86"].includes(machine));
    const kinds = CRASHES.filter(([, status]) => hangs || status !== "timed-out");
    const names = kinds.map(([suite]) => suite);
    const run = await runKit(...names, "-m", machine, "-r", "json", "--silence", "2");
    t.is(run.code, 1, run.stderr);
    const { suites, faults } = documentOf(run);
    t.is(faults.length, kinds.length);
    const again = / again: uktest run (.*)/.exec(run.stderr)?.[1] ?? "";
    for (const [suite, status, title, where] of kinds) {
      t.deepEqual(
        suites.filter(({ name }) => name === suite).flatMap(({ cases }) => cases.map((one) => one.status)),
        [status],
        suite,
      );
      const charged = faults.filter((one) => one.suite === suite);
      t.is(charged.length, 1, suite);
      const [fault] = charged;
      t.regex(fault?.title ?? "", title, suite);
      t.true(
        again.split(" ").some((word) => word.startsWith(`${suite}.`)),
        run.stderr,
      );
      t.is(fault?.fingerprint, fingerprints.get(suite) ?? fault?.fingerprint, suite);
      fingerprints.set(suite, fault?.fingerprint);
      if (where === undefined) continue;
      const own = fault?.callTrace.find((one) => one.function !== undefined && one.machinery === undefined);
      const line = lineOf(where) ?? own?.line;
      t.like(own, { function: where.function, file: where.file, line }, suite);
      t.like(fault, { file: where.file, line }, suite);
      t.true(
        fault?.source?.texts[line === undefined ? 0 : line - fault.source.firstLine]?.includes(where.code),
      );
      t.regex(fault?.fingerprint ?? "", new RegExp(`^(?:trap|assertion|crash): ${where.function}(?: <|$)`));
      const outer = fault?.callTrace.at(-1);
      if (suite !== "ukdebug_stack_overflow") t.is(outer?.machinery, "boot", suite);
    }
  });

/** A project with a library of its own. */
async function project(t: ExecutionContext): Promise<string> {
  const folder = scratch(t);
  cpSync(join(ROOT, "examples/ring"), folder.path, { recursive: true });
  await putKitObjects(folder.path);
  return folder.path;
}

const inProject = (cwd: string, ...args: readonly string[]): Promise<Said> =>
  uktest(["run", "-m", "v86", ...args], { cwd });

test.serial("a project of one's own: green, a seeded bug, a build that fails, nothing changed", async (t) => {
  const cwd = await project(t);
  const green = await inProject(cwd, "-r", "json");
  t.is(green.code, 0, green.stderr + green.stdout);
  t.regex(green.stderr, /built ring/);
  t.false((await inProject(cwd)).stderr.includes("built"));
  t.is(
    (await uktest(["run", "-m", "v86"], { cwd: mkdir(cwd, "deeper") })).code,
    0,
    "found from a folder below",
  );

  const source = join(cwd, "ring.c");
  const good = readFileSync(source, "utf8");
  writeFileSync(source, good.replace("ring->used--;", "ring->used -= 2;"));
  const red = await inProject(cwd, "-r", "github", "-r", "json=out.json");
  t.is(red.code, 1);
  t.regex(red.stdout, /^::error [^\n]*file=test_ring\.c,line=\d+/m);
  const document = JSON.parse(readFileSync(join(cwd, "out.json"), "utf8")) as JsonDocument;
  t.true(document.suites[0]?.cases.some(({ status }) => status === "failed"));

  writeFileSync(source, good.replace("ring->used--;", "ring->used--"));
  const broken = await inProject(cwd, "-r", "github", "-r", "json=out.json");
  t.is(broken.code, 1, broken.stderr);
  t.regex(broken.stdout, /^::error [^\n]*file=ring\.c,line=\d+/m);
  const failed = JSON.parse(readFileSync(join(cwd, "out.json"), "utf8")) as JsonDocument;
  t.is(failed.faults[0]?.kind, "build");
  t.regex(failed.faults[0]?.title ?? "", /^ring does not build: ring\.c:\d+: expected ';'/);

  writeFileSync(source, good);
  writeFileSync(join(cwd, "ring.h"), `${readFileSync(join(cwd, "ring.h"), "utf8")}\n/* touched */\n`);
  const again = await inProject(cwd);
  t.is(again.code, 0, again.stderr);
  t.regex(again.stderr, /built ring/, "a header counts too");
});

function mkdir(cwd: string, name: string): string {
  mkdirSync(join(cwd, name));
  return join(cwd, name);
}

test.serial("a pattern that means nothing names what there is", async (t) => {
  const cwd = await project(t);
  for (const command of ["run", "list"]) {
    const { code, stdout, stderr } = await uktest([command, "no_such_suite", "-m", "v86"], { cwd });
    t.is(code, 2);
    t.is(stdout, "");
    t.regex(
      stderr,
      /^uktest: error: nothing is named "no_such_suite"\n {8}there are: ring, ring_testsuite\n$/,
    );
  }
});

test.serial("a configuration that is wrong names its key", async (t) => {
  const cwd = await project(t);
  const file = join(cwd, "uktest.config.json");
  const says = async (text: string): Promise<string> => {
    writeFileSync(file, text);
    const { code, stderr } = await inProject(cwd);
    t.is(code, 2, stderr);
    return stderr;
  };
  t.regex(await says("{"), /uktest\.config\.json: no JSON: line 1, column 2/);
  t.regex(await says("{}"), /suites/);
  t.regex(await says('{"suites":{"ring":{"sources":[]}}}'), /suites\.ring\.sources/);
  t.regex(
    await says('{"suites":{"ring":{"sources":["*.c"],"libs":[]}}}'),
    /suites\.ring\.libs is not a known key/,
  );
  t.regex(await says('{"suites":{"ring":{"sources":["no.c"]}}}'), /no file no\.c/);
  t.regex(await says('{"suites":{"ring":{"sources":["*.c"],"libraries":["vfs"]}}}'), /no library "vfs"/);
});

test.serial("configurations in every language", async (t) => {
  const cwd = await project(t);
  const json = readFileSync(join(cwd, "uktest.config.json"), "utf8");
  rmSync(join(cwd, "uktest.config.json"));
  for (const ending of ["mjs", "js", "ts"]) {
    const file = join(cwd, `uktest.config.${ending}`);
    const lead = ending === "ts" ? "const config: object = " : "const config = ";
    writeFileSync(file, `${lead}${json};\nexport default config;\n`);
    const run = await inProject(cwd);
    t.is(run.code, 0, `${ending}: ${run.stderr}`);
    rmSync(file);
  }
});

test.serial("without a compiler the package to install is named", async (t) => {
  const { code, stderr } = await uktest(["run", "-m", "v86"], {
    cwd: await project(t),
    env: { PATH: "/nonexistent" },
  });
  t.is(code, 3, stderr);
  t.regex(stderr, /ld is not installed.*\n +apt-get install binutils/);
});

test.serial("an image that is there already, and what is kept of a run", async (t) => {
  const cwd = await project(t);
  await inProject(cwd);
  const image = join(cwd, ".uktest/build/i386-gcc/ring.elf");
  const run = await uktest(["run", "--image", image, "--keep", "-r", "json"], { cwd });
  t.is(run.code, 0, run.stderr);
  t.is(documentOf(run).evidence, "memory");
  const log = /, (\S+) \(its console\)/.exec(run.stderr)?.[1] ?? "";
  t.regex(readFileSync(log, "latin1"), /uktest:end cases=\d+ failed=0/);
  const wrong = await uktest(["run", "--image", image, "-m", "qemu-arm64"], { cwd });
  t.is(wrong.code, 2);
  t.regex(wrong.stderr, /qemu-arm64 runs arm64, and the image is i386/);
});
