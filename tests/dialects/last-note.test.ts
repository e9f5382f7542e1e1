/**
 * The last note of a case is kept, whoever prints the next line: the kit's end of case, or the boot code of an unmodified
 * Unikraft, which prints none.
 */
import test from "ava";
import { RunReader } from "../../src/console/reader.js";
import { dialectsFor } from "../../src/console/dialects.js";
import { casesOf } from "../../src/core/model/counts.js";
import { reduce } from "../../src/core/model/reduce.js";

const DIALECTS = await dialectsFor("auto");
const TOOL = { name: "uktest", version: "0" } as const;
const PASSED = `\texpected \`i\` to be 1 and was 1 ${".".repeat(50)} [ PASSED ]`;

/** The console lines of the only case of a boot. */
function notesOf(lines: readonly string[]): readonly string[] {
  const reader = new RunReader({ tool: TOOL, sources: ["g"], policy: { ubsan: "fail" } }, DIALECTS);
  const text = lines.map((line, at) => `[    0.00000${String(at)}] ${line}\r\n`).join("");
  reader.open("g");
  const events = [...reader.feed(Buffer.from(text, "latin1"))];
  reader.end();
  const model = reduce([...events, ...reader.settle([]), ...reader.finish()]);
  return casesOf(model).flatMap(({ output }) => output.map((line) => line.text.trim()));
}

const NOTES = ["\tfirst", "\t  is     00000000: 61[62]", "\tthe last: 12 of 13"].map(
  (note) => `Info: ${note}`,
);

test("in front of the kit's end of case", (t) => {
  const lines = [
    "Info: [libuktest] uktest:plan build=- suites=1 cases=1",
    "Info: [libuktest] uktest:begin a",
    "Info: test:\x1b[0m a->x",
    `Info: ${PASSED}`,
    ...NOTES,
    "Info: [libuktest] uktest:case a->x passed assertions=1 failed=0 time=5",
  ];
  t.deepEqual(notesOf(lines), ["first", "is     00000000: 61[62]", "the last: 12 of 13"]);
});

test("in front of a line of the boot code, and at the end of a log", (t) => {
  const head = ["Info: [libukboot] <boot.c @  250> Unikraft constructor table at 0x1"];
  const lines = [...head, "Info: test:\x1b[0m a->x", `Info: ${PASSED}`, ...NOTES];
  const kept = ["first", "is     00000000: 61[62]", "the last: 12 of 13"];
  t.deepEqual(notesOf([...lines, "Info: [libukboot] <boot.c @  400> Calling main(1, ['app'])"]), kept);
  t.deepEqual(notesOf(lines), kept);
});
