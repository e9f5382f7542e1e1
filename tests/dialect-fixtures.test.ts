/**
 * Logs of guests in the dialects that are line grammars: KIND-what.log in our own words, KIND-what.expect with what must
 * be concluded. What is put around a log changes nothing, and what is taken from it makes no verdict better.
 */
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import test from "ava";
import { dialectNames } from "../src/console/dialects.js";
import { judge } from "../src/core/verdict.js";
import { some } from "./amount.js";
import { CONSOLE_CHANGES } from "./console-changes.js";
import { TESTS, conclusions, read, readChunks } from "./reading.js";

const FOLDER = new URL("fixtures/dialects/", TESTS);
/** Every dialect has a log of each. */
const KINDS = ["green", "red", "crash", "hang", "cut", "forged"];

const dialects = readdirSync(FOLDER).sort();
const logsOf = (dialect: string): readonly string[] =>
  readdirSync(new URL(`${dialect}/`, FOLDER))
    .filter((name) => name.endsWith(".log"))
    .sort();
const isGreen = (text: string): boolean => judge(read(text)).verdict === "passed";
/** The cases of a log with their results. */
const casesOf = (text: string): readonly string[] =>
  conclusions(read(text)).filter((line) => line.startsWith("case "));

test("every dialect but Unikraft's and TAP, which have folders of their own, has logs here", (t) => {
  const own = dialectNames.filter((name) => !["auto", "unikraft", "tap", "marker"].includes(name));
  t.deepEqual(dialects, own.sort());
});

test("the page on dialects has a row for each", (t) => {
  const page = readFileSync(new URL("../docs/dialects.md", TESTS), "utf8");
  const rows = [...page.matchAll(/^\| `([\w-]+)` +\| [^|]+ \| [^|]+ \|$/gm)].map(([, name = ""]) => name);
  for (const name of dialectNames) if (name !== "auto") t.true(rows.includes(name), name);
});

for (const dialect of dialects) {
  const names = logsOf(dialect);

  test(`${dialect} has logs of every kind, and only the green ones are green`, (t) => {
    for (const kind of KINDS)
      t.true(
        names.some((name) => name.startsWith(`${kind}-`)),
        kind,
      );
    for (const name of names) {
      const text = readFileSync(new URL(`${dialect}/${name}`, FOLDER), "latin1");
      // A forged line may also be one that a green run has to survive.
      if (!name.startsWith("forged-")) t.is(isGreen(text), name.startsWith("green-"), name);
    }
  });

  for (const name of names) testLog(dialect, name, new URL(`${dialect}/${name}`, FOLDER));
}

function testLog(dialect: string, name: string, url: URL): void {
  const text = readFileSync(url, "latin1");
  const title = `${dialect} ${name}`;

  test(`${title} is judged right, by itself and by name`, (t) => {
    const file = new URL(url.href.replace(/\.log$/, ".expect"));
    const found = `${conclusions(read(text)).join("\n")}\n`;
    if (process.env["UKTEST_UPDATE_GOLDEN"] === "1") writeFileSync(file, found);
    t.true(existsSync(file), `${file.pathname} is missing: every log needs its expectations`);
    t.is(found, readFileSync(file, "utf8"));
    t.is(`${conclusions(read(text, { dialect })).join("\n")}\n`, found);
  });

  test(`${title} through what stands around a console: same conclusions`, (t) => {
    for (const [change, apply] of CONSOLE_CHANGES)
      t.deepEqual(conclusions(read(apply(text))), conclusions(read(text)), change);
  });

  test(`${title} byte by byte: same events`, (t) => {
    const bytes = Buffer.from(text, "latin1");
    t.deepEqual(readChunks(Array.from(bytes, (byte) => Uint8Array.of(byte))), readChunks([bytes]));
  });

  test(`${title} cut anywhere is green only with all its cases`, (t) => {
    const wrong: string[] = [];
    for (const end of cutsOf(text))
      if (!isHonest(name, text, text.slice(0, end))) wrong.push(`up to byte ${String(end)}`);
    t.deepEqual(wrong, []);
  });

  if (!name.startsWith("green-")) return;
  test(`${title} without a line, or without its first ones, is green only with all its cases`, (t) => {
    const wrong: string[] = [];
    const lines = text.split("\n");
    for (let at = 0; at < lines.length; at += 1) {
      if (!isHonest(name, text, lines.slice(at).join("\n"))) wrong.push(`from line ${String(at + 1)}`);
      if (!isHonest(name, text, lines.toSpliced(at, 1).join("\n")))
        wrong.push(`without line ${String(at + 1)}`);
    }
    t.deepEqual(wrong, []);
  });
}

/** Places to cut a log at: all of them, or by hand both sides of each line's end, the last bytes, and one of eight others. */
function cutsOf(text: string): readonly number[] {
  const ends = Array.from(text, (_, end) => end);
  const special = ends.filter(
    (end) => text[end] === "\n" || text[end - 1] === "\n" || end > text.length - 40,
  );
  return [...new Set([...special, ...some(ends, 8)])];
}

/**
 * True where a part of a log is not green, or lacks none of its cases. A log of several programs may end with one, and what
 * makes a late one red comes after its end.
 */
function isHonest(name: string, whole: string, part: string): boolean {
  if (!isGreen(part) || /-(?:several|late)-/.test(name)) return true;
  return isGreen(whole) && casesOf(part).length === casesOf(whole).length;
}
