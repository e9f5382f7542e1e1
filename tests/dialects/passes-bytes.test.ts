/**
 * The fast way over passed results counts a line only if lead, column and status are those of the one it learned from:
 * a change of any byte that must stay ends the run in front of that line.
 */
import test from "ava";
import { passedRun, passedShape, type PassedShape } from "../../src/dialects/unikraft/passes.js";
import { segmentsOf } from "../faults/segments.js";

const message = (text: string): string => `${text} ${".".repeat(80 - text.length)}`;
const line = (time: string, text: string): string => `[    ${time}] Info: \t${message(text)} [ PASSED ]\r\n`;
const LEARNED = line("0.105800", "expected `x` to be 1 and was 1");
const NEXT = line("7.123456", "expected `another` to be 22 and was 22");

function shapeOfLearned(): PassedShape {
  const [segment] = segmentsOf(LEARNED);
  const shape = segment === undefined ? undefined : passedShape(LEARNED.slice(0, -1), segment);
  if (shape === undefined) throw new Error("nothing was learned");
  return shape;
}

const shape = shapeOfLearned();
const count = (
  text: string,
  most = Number.POSITIVE_INFINITY,
): { readonly count: number; readonly end: number } => passedRun(Buffer.from(text, "latin1"), 0, shape, most);

test("lines of the shape are counted, up to the first of another", (t) => {
  t.deepEqual(count(LEARNED + NEXT + NEXT), { count: 3, end: 3 * LEARNED.length });
  t.deepEqual(count(LEARNED + NEXT, 1), { count: 1, end: LEARNED.length });
  t.deepEqual(count(`${LEARNED}${NEXT.replace("PASSED", "FAILED")}${NEXT}`), {
    count: 1,
    end: LEARNED.length,
  });
  t.deepEqual(count(LEARNED.slice(0, -1)), { count: 0, end: 0 });
  t.deepEqual(count(""), { count: 0, end: 0 });
});

test("a change of any byte that must stay ends the run", (t) => {
  const tab = LEARNED.indexOf("\t");
  for (let at = 0; at < LEARNED.length; at += 1) {
    const isMessage = at > tab && at < tab + 81;
    // Digits of the time vary, and nobody judges by them.
    const isDigit = at >= 1 && at < LEARNED.indexOf("]") && LEARNED[at] !== ".";
    for (const byte of isDigit ? ["\n"] : ["Z", "\x1b", "~"]) {
      const damaged = NEXT.slice(0, at) + byte + NEXT.slice(at + 1);
      t.is(count(LEARNED + damaged).count, isMessage ? 2 : 1, `${String(at)}: ${JSON.stringify(damaged)}`);
    }
  }
});

test("a line feed anywhere in front of its place ends the run: no other line hides in a message", (t) => {
  for (let at = 0; at < NEXT.length - 1; at += 1)
    t.is(count(LEARNED + NEXT.slice(0, at) + "\n" + NEXT.slice(at + 1)).count, 1, String(at));
});
