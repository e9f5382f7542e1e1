/**
 * The picture of docs/debugging.md: from a red run to the broken value, on a terminal, with a real gdb. What it shows is kept with its
 * colours in tests/fixtures/pictures/debug.txt, is drawn from there, and is what the commands print now, but for times and
 * addresses. Colours are not compared: they are those of one gdb.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { ROOT } from "../ci/checkout.js";
import { MAIN, scratch, startProgram, uktest } from "../cli/run.js";
import { putKitObjects } from "../kit-objects.js";
import { withoutColours } from "../oracles/terminal.js";
import { until } from "../runner/processes.js";
import { shellWord } from "../../src/text/shell-word.js";
import { stepsOf } from "./pages.js";
import { svgOf } from "./svg.js";

const TITLE = "From a red run to the broken value: a case in gdb, in its frame, with its variables";
const SHOWN = join(ROOT, "tests/fixtures/pictures/debug.txt");
const PICTURE = join(ROOT, "docs/pictures/debug.svg");
const PAGE = join(ROOT, "docs/debugging.md");
const isUpdate = process.env["UKTEST_UPDATE_GOLDEN"] === "1";

/** What is asked in gdb, and the end of what it answers. */
const QUESTION = "print values[1] > found";
const ANSWER = /\$1 = 0\r?\n.*\(gdb\) $/s;

const prompt = (command: string): string => `\x1b[2m$\x1b[22m \x1b[1m${command}\x1b[22m`;

/** A text of a terminal as lines without what only moves the cursor, and with blanks for tabs. */
const linesOf = (text: string): readonly string[] =>
  text
    .replaceAll(/\x1b\[\?\d+[hl]|\r/g, "")
    .split("\n")
    .map((line) => {
      let column = 0;
      return line.replaceAll(/\x1b\[[\d;]*m|\t|[^\x1b\t]+/g, (piece) => {
        if (piece.startsWith("\x1b")) return piece;
        const shown = piece === "\t" ? " ".repeat(8 - (column % 8)) : piece;
        column += shown.length;
        return shown;
      });
    });

/** The project that the page puts in place. */
async function project(t: ExecutionContext): Promise<string> {
  const { path, put } = scratch(t);
  for (const step of stepsOf(readFileSync(PAGE, "utf8")))
    if (step.kind === "file" && /largest|config/.test(step.name)) put(step.name, step.text);
  await putKitObjects(path);
  return path;
}

/** A session in gdb on a terminal, up to its second prompt. */
async function session(t: ExecutionContext, cwd: string, words: readonly string[]): Promise<string> {
  const command = [process.execPath, MAIN, ...words].map(shellWord).join(" ");
  const env = { TERM: "xterm-256color", COLUMNS: "100", LINES: "50", HOME: scratch(t).path };
  const { child, end } = startProgram("script", ["-qec", `exec ${command}`, "/dev/null"], {
    cwd,
    input: null,
    env,
  });
  t.teardown(() => child.kill("SIGKILL"));
  let printed = "";
  child.stdout?.on("data", (chunk: Buffer) => (printed += String(chunk)));
  t.true(await until(() => printed.includes("(gdb) ")), printed);
  child.stdin?.write(`${QUESTION}\n`);
  t.true(await until(() => ANSWER.test(printed)), printed);
  const all = printed;
  child.stdin?.write("quit\n");
  await end;
  return all;
}

/** Both commands, typed one after the other. What gdb says before its guest has begun with the case is left out. */
async function typed(t: ExecutionContext): Promise<string> {
  const cwd = await project(t);
  const run = await uktest(["run", "-r", "pretty", "--color", "always"], { cwd });
  t.is(run.code, 1, run.stderr);
  const [built = "", ...hints] = run.stderr.trim().split("\n");
  const command = hints.find((line) => line.includes("debug: "))?.replace(/^.*debug: /, "") ?? "";
  const debug = linesOf(await session(t, cwd, command.split(" ").slice(1)));
  const begins = debug.findIndex((line) => line.includes("Info: test:"));
  t.true(begins > 0, debug.join("\n"));
  return [
    ...linesOf([built, run.stdout.trim(), ...hints].join("\n")),
    "",
    prompt(command),
    "",
    "\x1b[2m…\x1b[22m",
    ...debug.slice(begins),
    "",
  ].join("\n");
}

/** Without what differs from run to run and from gdb to gdb: times, addresses, colours, where lines are broken. */
const steady = (text: string): string =>
  withoutColours(text)
    .replaceAll(/\[ *\d+\.\d+\]|[\d.]+ m?s\b/g, "")
    .replaceAll(/0x[0-9a-f]+/g, "0x")
    .replaceAll(/\s+/g, "");

test.serial("what the picture shows is what is printed", async (t) => {
  const now = await typed(t);
  if (isUpdate) writeFileSync(SHOWN, now);
  t.is(steady(readFileSync(SHOWN, "utf8")), steady(now));
});

test.serial("docs/pictures/debug.svg is drawn from that, and stands near the top of its page", (t) => {
  const shown = readFileSync(SHOWN, "utf8");
  const made = svgOf(TITLE, "uktest run", shown);
  if (isUpdate) writeFileSync(PICTURE, made);
  t.is(readFileSync(PICTURE, "utf8"), made);
  t.regex(shown, /uktest: debug: uktest debug largest_testsuite\.of_negative_numbers/);
  t.regex(withoutColours(shown), /^found = 0\n\(gdb\) print values\[1\] > found\n\$1 = 0\n\(gdb\)/m);
  t.notRegex(made, /href|<script|<image|url\(/);
  t.true(readFileSync(PAGE, "utf8").slice(0, 800).includes('<img src="pictures/debug.svg"'));
});
