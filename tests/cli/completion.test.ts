/**
 * Completion: what is answered to a shell, and what real shells make of it when Tab is pressed.
 */
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import test, { type ExecutionContext } from "ava";
import { complete } from "../../src/cli/completion/complete.js";
import { commandsOf, optionsOf } from "../../src/cli/completion/options.js";
import { typedIn } from "../../src/cli/completion/typed.js";
import { COMMANDS } from "../../src/cli/options.js";
import { type Demo, demo } from "./project.js";
import { MAIN, scratch, startProgram, uktest } from "./run.js";

/** The words that are offered; undefined where names of files are. */
async function offered(cwd: string, ...words: readonly string[]): Promise<readonly string[] | undefined> {
  const { code, stdout, stderr } = await uktest(["complete", ...words], { cwd });
  if (code !== 0 || stderr !== "") throw new Error(`${String(code)} ${stderr}`);
  return wordsIn(stdout);
}

function wordsIn(answer: string): readonly string[] | undefined {
  const [kind, ...lines] = answer.trimEnd().split("\n");
  return kind === "files" ? undefined : lines.map((line) => line.replace(/\t.*$/, ""));
}

const CASES = ["clamp_at_the_limits", "clamp_outside", "clamp_within"].map(
  (name) => `demo_testsuite.${name}`,
);

async function built(t: ExecutionContext): Promise<Demo> {
  const folder = await demo(t);
  t.is((await uktest(["run", "-m", "v86"], { cwd: folder.path })).code, 0);
  return folder;
}

test("commands, options and values", async (t) => {
  t.deepEqual(await offered(scratch(t).path, "zsh", ""), [...COMMANDS]);
  // Where no name of the project is asked for, the command adds nothing to its answer.
  const zsh = async (...words: readonly string[]) => wordsIn(await complete(["zsh", ...words]));
  t.deepEqual(await zsh(""), [...COMMANDS]);
  t.deepEqual(await zsh("re"), ["report"]);
  t.deepEqual(await zsh("--v"), ["--version"]);
  t.deepEqual(await zsh("nonsense", ""), []);
  t.deepEqual(await zsh("run", "--ma"), ["--machine", "--max-crashes", "--max-leak"]);
  t.deepEqual(await zsh("run", "-m", "qemu-i"), ["qemu-i386"]);
  t.deepEqual(await zsh("run", "--machine", ""), ["auto", "qemu-arm64", "qemu-i386", "qemu-x86_64", "v86"]);
  t.deepEqual(await zsh("run", "--ubsan=w"), ["--ubsan=warn"]);
  t.deepEqual(await zsh("run", "--keep=y"), []);
  t.deepEqual(await zsh("run", "-r", "j"), ["json", "junit"]);
  t.deepEqual(await zsh("run", "-r", "junit=a.xml,s"), ["junit=a.xml,stack=dorny", "junit=a.xml,stack=none"]);
  t.deepEqual(await zsh("run", "-r", "junit=a.xml,stack=none,"), [
    "junit=a.xml,stack=none,dialect=full",
    "junit=a.xml,stack=none,dialect=jenkins",
  ]);
  t.deepEqual(await zsh("run", "-r", "nothing=a,"), []);
  t.deepEqual(await zsh("run", "--memory", ""), []);
  for (const words of [
    ["report", ""],
    ["run", "--image", "x"],
    ["run", "--image=x"],
    ["run", "-r", "junit=o"],
    ["init", ""],
  ])
    t.is(await zsh(...words), undefined, words.join(" "));
  t.deepEqual(await zsh("completion", ""), ["bash", "zsh", "fish"]);
  t.deepEqual(await zsh("completion", "bash", ""), []);
  t.deepEqual(await zsh("machines", ""), []);
  const left = await zsh("run", "--machine", "v86", "-r", "json", "--cc=gcc", "--");
  t.false(left?.includes("--machine") === true || left?.includes("--cc") === true, "once is enough");
  t.true(left?.includes("--reporter"), "may be repeated");
  t.false((await zsh("watch", "--"))?.includes("--image"), "what a watch refuses");
});

test("every command is described, has options, and an example in its help", async (t) => {
  t.deepEqual(
    commandsOf().map(({ name }) => name),
    [...COMMANDS],
  );
  for (const name of COMMANDS) {
    const options = (await optionsOf(name)) ?? [];
    t.true(
      options.some((one) => one.name === "help"),
      name,
    );
    for (const { name: option, description } of options) t.not(description, "", `${name} --${option}`);
    const { stdout, code } = await uktest([name, "--help"]);
    t.is(code, 0);
    t.regex(stdout, new RegExp(`Examples:\\n {2}(?:uktest|qemu).*${name}`, "s"), name);
    t.is(stdout.match(/^uktest \w+/gm)?.length, 1, `${name}: one usage`);
  }
});

test("names of programs before a build, and of suites and cases after it", async (t) => {
  const folder = await demo(t);
  t.deepEqual(await offered(folder.path, "fish", "run", "d"), ["demo"]);
  t.is((await uktest(["run", "-m", "v86"], { cwd: folder.path })).code, 0);
  for (const command of ["run", "watch", "list"])
    t.deepEqual(await offered(folder.path, "fish", command, "d"), ["demo", "demo_testsuite"]);
  t.deepEqual(await offered(folder.path, "fish", "run", "demo_"), ["demo_testsuite", ...CASES]);
  t.deepEqual(await offered(folder.path, "fish", "run", "--keep", "demo_testsuite.clamp_o"), [CASES[1]]);
  t.deepEqual(await offered(folder.path, "fish", "run", "other.x"), []);
  t.deepEqual(await offered(folder.path, "fish", "run", "--", "demo_testsuite.clamp_w"), [CASES[2]]);
  mkdirSync(folder.file("below"));
  t.deepEqual(await offered(folder.file("below"), "fish", "run", "demo_testsuite.clamp_w"), [CASES[2]]);
  const elsewhere = scratch(t).path;
  const config = folder.file("uktest.config.json");
  t.deepEqual(await offered(elsewhere, "fish", "run", "--config", config, "demo_testsuite.clamp_w"), [
    CASES[2],
  ]);
  t.deepEqual(await offered(elsewhere, "fish", "run", `--config=${config}`, "demo_testsuite.clamp_w"), [
    CASES[2],
  ]);
  folder.put(
    "uktest.config.json",
    '{ "suites": { "demo": { "sources": ["*.c"] } }, "profiles": { "fast": {} } }',
  );
  t.deepEqual(await offered(folder.path, "fish", "run", "--profile", ""), ["debug", "debug-stub", "fast"]);
  // What cannot be read offers nothing, and says nothing.
  const { writeFileSync: write } = await import("node:fs");
  write(folder.file(".uktest/build/i386-gcc/demo.elf"), "no ELF");
  t.deepEqual(await offered(folder.path, "fish", "run", "d"), ["demo"]);
  folder.put("uktest.config.json", "{");
  t.deepEqual(await offered(folder.path, "fish", "run", "d"), []);
});

test("words as bash cuts and quotes them", (t) => {
  const bash = (...words: readonly string[]) => typedIn("bash", words);
  t.deepEqual(bash("run", "--reporter", "=", "junit", "=", "o").current, "--reporter=junit=o");
  t.deepEqual(bash("run", "--machine", "=").current, "--machine=");
  t.deepEqual(bash("run", "-r", "json", "=", "a", "-m", "").before, ["run", "-r", "json=a", "-m"]);
  t.is(bash("run", "--machine", "=", "v").wordFor("--machine=v86"), "v86");
  t.is(bash("run", "--machine", "=").wordFor("--machine=v86"), "v86");
  t.is(bash("run", "v").wordFor("v86"), "v86");
  t.is(bash("run", "a\\ b").current, "a b");
  t.is(bash("run", "'a b").current, "a b");
  t.deepEqual(bash("run", "'a b'", "").before, ["run", "a b"]);
  t.is(bash("run", "").wordFor("$(rm -rf ~)"), "\\$\\(rm\\ -rf\\ \\~\\)");
  t.is(bash("run", "'").wordFor("$(x)"), undefined);
  t.is(bash().current, "");
});

test("a name that a terminal or a shell would obey is never offered as it is", async (t) => {
  const folder = scratch(t);
  const names = ["a$(touch owned)", "a\x1b[31m", "a\nb", "a;b", "a b", "a'b", "a\tb"];
  const suites = Object.fromEntries(names.map((name) => [name, { sources: ["*.c"] }]));
  folder.put("uktest.config.json", JSON.stringify({ suites }));
  const { stdout } = await uktest(["complete", "bash", "run", "a"], { cwd: folder.path });
  t.is(stdout, "words\na\\$\\(touch\\ owned\\)\na\\;b\na\\ b\na\\'b\n");
});

interface Installed {
  readonly bin: string;
  readonly script: string;
}

/** A folder with the command `uktest` in it, and the script of a shell. */
async function installed(t: ExecutionContext, shell: string): Promise<Installed> {
  const { path, file } = scratch(t);
  writeFileSync(file("uktest"), `#!/bin/sh\nexec '${process.execPath}' '${MAIN}' "$@"\n`);
  chmodSync(file("uktest"), 0o755);
  const { code, stdout } = await uktest(["completion", shell]);
  t.is(code, 0);
  writeFileSync(file("script"), stdout);
  return { bin: path, script: file("script") };
}

/** A home without anything of the user's, but with the machine code that the command keeps. */
const environmentOf = (bin: string): Readonly<Record<string, string>> => ({
  PATH: `${bin}:${process.env["PATH"] ?? ""}`,
  HOME: bin,
  XDG_CACHE_HOME: process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"),
});

/**
 * Types into an interactive shell, presses Tab, and has the shell print what then stands on its line.
 */
async function tabbed(
  shell: string,
  { bin, script }: Installed,
  folder: Demo,
  typed: string,
): Promise<string> {
  const [command, setUp] =
    shell === "bash"
      ? ["bash --norc --noprofile -i", `. '${script}'`]
      : ["zsh -f -i", `bindkey -e; autoload -U compinit; compinit -u -D; . '${script}'`];
  const env = { ...environmentOf(bin), TERM: "dumb", PS1: "> " };
  const running = startProgram("script", ["-qec", command, "/dev/null"], {
    cwd: folder.path,
    input: null,
    env,
  });
  const type = (text: string): void => void running.child.stdin?.write(text);
  type(`${setUp}; echo read''y\n`);
  await running.seen("ready");
  type(`${typed}\t`);
  // The shell waits for the answer before it reads on, but a terminal throws away what comes too early.
  await pause(1500);
  // To the front of the line, and the end.
  type("\x01echo 'GO'T= \x05 E''ND\n");
  await running.seen(" END\r\n");
  type("exit\n");
  const { stdout } = await running.end;
  return /GOT= (.*?)\s+END\r?\n/s.exec(stdout)?.[1]?.trim() ?? stdout;
}

const ON_A_LINE: readonly (readonly [typed: string, becomes: string])[] = [
  ["uktest comp", "uktest completion"],
  ["uktest run demo_testsuite.clamp_w", `uktest run ${CASES[2] ?? ""}`],
  ["uktest run demo_", "uktest run demo_testsuite"],
  ["uktest run --machine=v8", "uktest run --machine=v86"],
  ["uktest run -r junit=uktest.conf", "uktest run -r junit=uktest.config.json"],
  ["uktest report uktest.conf", "uktest report uktest.config.json"],
];

for (const shell of ["bash", "zsh"])
  test.serial(`Tab in ${shell}`, async (t) => {
    const folder = await built(t);
    const command = await installed(t, shell);
    for (const [typed, becomes] of ON_A_LINE)
      t.is(await tabbed(shell, command, folder, typed), becomes, typed);
  });

test.serial("Tab in fish", async (t) => {
  const folder = await built(t);
  const { bin, script } = await installed(t, "fish");
  const env = environmentOf(bin);
  for (const [typed, becomes] of ON_A_LINE) {
    const ask = `source '${script}'; complete -C '${typed}'`;
    const { stdout, stderr } = await startProgram("fish", ["--no-config", "-c", ask], {
      cwd: folder.path,
      env,
    }).end;
    const words = stdout
      .trimEnd()
      .split("\n")
      .map((line) => line.split("\t")[0]);
    t.is(words[0], becomes.slice(becomes.lastIndexOf(" ") + 1), `${typed}: ${stdout}${stderr}`);
  }
});
