/**
 * Logs of Linux and other guests that print TAP, one for each form it comes in: NAME.log in our own words, NAME.expect
 * with what must be concluded. What is put around a log changes nothing, and a cut makes no verdict better.
 */
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import test from "ava";
import { judge } from "../src/core/verdict.js";
import { CONSOLE_CHANGES } from "./console-changes.js";
import { TESTS, conclusions, read, readChunks } from "./reading.js";

const FOLDER = new URL("fixtures/serial/ktap/", TESTS);
const names = readdirSync(FOLDER)
  .filter((name) => name.endsWith(".log"))
  .sort();
const textOf = (name: string): string => readFileSync(new URL(name, FOLDER), "latin1");
const isGreen = (text: string): boolean => judge(read(text)).verdict === "passed";

for (const name of names) {
  const text = textOf(name);

  test(`${name} is judged right`, (t) => {
    const file = new URL(name.replace(/\.log$/, ".expect"), FOLDER);
    const found = `${conclusions(read(text)).join("\n")}\n`;
    if (process.env["UKTEST_UPDATE_GOLDEN"] === "1") writeFileSync(file, found);
    t.true(existsSync(file), `${file.pathname} is missing: every log needs its expectations`);
    t.is(found, readFileSync(file, "utf8"));
  });

  for (const [change, apply] of CONSOLE_CHANGES)
    test(`${name} through ${change}: same conclusions`, (t) => {
      t.deepEqual(conclusions(read(apply(text))), conclusions(read(text)));
    });

  test(`${name} byte by byte: same events`, (t) => {
    const bytes = Buffer.from(text, "latin1");
    t.deepEqual(readChunks(Array.from(bytes, (byte) => Uint8Array.of(byte))), readChunks([bytes]));
  });

  test(`${name} without its first lines, or cut anywhere, is green only with all of its tests`, (t) => {
    const lines = text.split("\n");
    const points = (part: string): number => [...part.matchAll(/^.*\b(?:not )?ok \d+ /gm)].length;
    for (let from = 1; from < lines.length; from += 1) {
      const rest = lines.slice(from).join("\n");
      if (points(rest) < points(text) || !isGreen(text))
        t.false(isGreen(rest), `from line ${String(from + 1)}`);
    }
    for (let end = 0; end < text.length; end += 1) {
      const head = text.slice(0, end);
      if (points(`${head} `) < points(text) || !isGreen(text))
        t.false(isGreen(head), `up to byte ${String(end)}`);
    }
  });
}
