/**
 * Inputs without end: they finish, in bounded memory, and are never green.
 */
import { closeSync, openSync, writeSync } from "node:fs";
import test from "ava";
import { BANNER, HEAD, generations } from "../console.js";
import { amount } from "../amount.js";
import { documentOf } from "./document.js";
import { type Scratch, scratch, uktest } from "./run.js";

const now = generations["0.11-0.20 with time"];
const pass = now.passed("expected `x` to be true");
const CRASH =
  "[    0.2] CRIT: [libkvmplat] <trap.c @   90> Unhandled Trap 13 (general protection), error code=0x0\r\n";

/** Writes a piece many times over, without holding all of it. */
function flood({ file }: Scratch, head: string, piece: string, times: number, tail = ""): void {
  const many = Math.max(Math.floor(1_000_000 / piece.length), 1);
  const block = Buffer.from(piece.repeat(many), "latin1");
  const out = openSync(file("flood.log"), "w");
  writeSync(out, head, null, "latin1");
  for (let written = 0; written < times; written += many)
    writeSync(out, block, 0, Math.min(many, times - written) * piece.length);
  writeSync(out, tail, null, "latin1");
  closeSync(out);
}

/** By hand each flood is smaller, above all limits still, and so is the memory that it may take. */
const SMALLER = amount(1, 4);

const FLOODS: readonly (readonly [
  name: string,
  head: string,
  piece: string,
  times: number,
  tail: string,
  wanted: { readonly code: number; readonly problem: string },
])[] = [
  ["one endless line", "", "x", 30_000_000, "", { code: 4, problem: "line-too-long" }],
  ["NULs without a line end", "", "\0", 30_000_000, "", { code: 4, problem: "line-too-long" }],
  ["carriage returns", now.header("a", "b"), "\r", 30_000_000, "", { code: 1, problem: "line-too-long" }],
  ["empty lines", HEAD + now.header("a", "b"), "\n", 5_000_000, BANNER, { code: 0, problem: "" }],
  ["escapes that never end", "", "\x1b[", 10_000_000, "", { code: 4, problem: "line-too-long" }],
  [
    "a million passed results",
    HEAD + now.header("a", "b"),
    pass,
    1_000_000,
    BANNER,
    { code: 0, problem: "details-capped" },
  ],
  [
    "a million passed results without an end",
    now.header("a", "b"),
    pass,
    1_000_000,
    "",
    { code: 1, problem: "" },
  ],
  [
    "console without end in a case",
    now.header("a", "b"),
    "[x] hello\n",
    300_000,
    "",
    { code: 1, problem: "details-capped" },
  ],
  ["half a million headers", "", now.header("a", "b"), 500_000, BANNER, { code: 1, problem: "cases-capped" }],
  ["a hundred thousand crash screens", now.header("a", "b"), CRASH, 100_000, "", { code: 1, problem: "" }],
];

for (const [name, head, piece, times, tail, wanted] of FLOODS)
  test.serial(`${name}: bounded`, async (t) => {
    const folder = scratch(t);
    flood(folder, head, piece, Math.ceil(times / SMALLER), tail);
    const NODE_OPTIONS = `${process.env["NODE_OPTIONS"] ?? ""} --max-old-space-size=${String(128 / amount(1, 2))}`;
    const { code, stdout, stderr } = await uktest(
      ["report", "flood.log", "-r", "json", "-r", "junit=x.xml"],
      {
        cwd: folder.path,
        env: { NODE_OPTIONS },
      },
    );
    t.deepEqual([code, stderr], [wanted.code, ""]);
    t.true(stdout.length < 20_000_000);
    const { problems } = documentOf(stdout);
    if (wanted.problem !== "")
      t.true(
        problems.some((one) => one.code === wanted.problem),
        JSON.stringify(problems),
      );
  });
