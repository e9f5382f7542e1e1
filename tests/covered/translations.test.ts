/** What QEMU notes of code, as instructions: each form of a line, text that is cut, and text that is none. */
import { appendFileSync, writeFileSync } from "node:fs";
import test from "ava";
import fc from "fast-check";
import { objectCaseCoverage, objectCoverage, type ObjectMap } from "../../src/coverage/object.js";
import { readTranslations } from "../../src/coverage/translations.js";
import { sourceFilter } from "../../src/coverage/sources.js";
import { openTranslationLog } from "../../runner/coverage/translation-log.js";
import { amount } from "../amount.js";

const X86 = `----------------
IN: classify
0x00100010:  85 ff                    testl    %edi, %edi
0x00100012:  78 05                    js       0x100019
0x00100014:  b8 01 00 00 00           movl     $1, %eax

----------------
IN: classify
0x00100019:  c3                       retq     
0x0010001a:  eb f4                    jmp      0x100010
`;
const ARM64 = `IN: walk
0x40200000:  34000060  cbz      w0, #0x4020000c
0x40200004:  36f80040  tbz      w0, #0x1f, #0x4020000c
0x40200008:  54000041  b.ne     #0x40200010
0x4020000c:  d65f03c0  ret      
`;

test("addresses, lengths, and where a conditional branch goes", (t) => {
  t.deepEqual(
    [...readTranslations(X86).values()],
    [
      { address: 0x100010, bytes: 2 },
      { address: 0x100012, bytes: 2, target: 0x100019 },
      { address: 0x100014, bytes: 5 },
      { address: 0x100019, bytes: 1 },
      { address: 0x10001a, bytes: 2 },
    ],
  );
  t.deepEqual(
    [...readTranslations(ARM64).values()].map(({ bytes, target }) => [bytes, target]),
    [
      [4, 0x4020000c],
      [4, 0x4020000c],
      [4, 0x40200010],
      [4, undefined],
    ],
  );
});

test("a log is read in whole lines, and each of them once, wherever it was cut between two reads", (t) => {
  const log = openTranslationLog();
  t.teardown(() => {
    log.remove();
  });
  t.deepEqual(log.pieces(), [], "before QEMU has made it");
  writeFileSync(log.path, "");
  let found = 0;
  for (let at = 0; at <= X86.length; at += 1) {
    appendFileSync(log.path, X86.slice(0, at));
    const first = log.pieces();
    appendFileSync(log.path, X86.slice(at));
    const all = [...first, ...log.pieces()];
    t.is(all.join(""), X86);
    t.true(all.every((piece) => piece.endsWith("\n")));
    found += all.reduce((sum, piece) => sum + readTranslations(piece).size, 0);
  }
  t.is(found, 5 * (X86.length + 1));
});

test("whatever stands there is data", (t) => {
  fc.assert(
    fc.property(fc.string({ maxLength: 300 }), fc.nat(X86.length), (noise, at) => {
      const instructions = readTranslations(X86.slice(0, at) + noise + X86.slice(at));
      for (const { address, bytes } of instructions.values()) if (!(address >= 0 && bytes > 0)) return false;
      return true;
    }),
    { numRuns: amount(2000, 200) },
  );
  t.pass();
});

const IMAGE: ObjectMap = {
  image: {
    paths: ["a.c", "other.c"],
    ranges: [
      { low: 0x100010, high: 0x100014, file: 0, line: 3 },
      { low: 0x100014, high: 0x100019, file: 0, line: 4 },
      { low: 0x100019, high: 0x10001a, file: 0, line: 5 },
      { low: 0x10001a, high: 0x100020, file: 0, line: 6 },
      { low: 0x100020, high: 0x100030, file: 1, line: 9 },
    ],
    functions: [
      { name: "classify", address: 0x100010, sizeBytes: 16 },
      { name: "other", address: 0x100020, sizeBytes: 16 },
    ],
  },
  pathOf: (file) => (file === 0 ? "a.c" : undefined),
};

test("lines, both ways of a branch, functions; of a case what it ran", (t) => {
  const instructions = readTranslations(X86.replace(/^0x00100014.*\n/m, ""));
  t.deepEqual(objectCoverage(IMAGE, instructions), [
    {
      path: "a.c",
      lines: [3, 1, 4, 0, 5, 1, 6, 1],
      functions: [["classify", 3, 1]],
      branches: [3, 0x200024, 1, 3, 0x200025, 0],
    },
  ]);
  t.deepEqual(objectCaseCoverage(IMAGE, instructions), [{ path: "a.c", lines: [3, 1, 5, 1, 6, 1] }]);
  t.deepEqual(objectCaseCoverage(IMAGE, new Map()), []);
});

test("which sources count", (t) => {
  const place = (path: string, inTree = true) => ({ path, inTree });
  const suites = new Set(["test_a.c"]);
  const own = sourceFilter({ suites, isAnywhere: false });
  t.deepEqual([place("a.c"), place("test_a.c"), place("/kit/b.c", false)].map(own), [true, false, false]);
  t.true(sourceFilter({ suites, isAnywhere: true })(place("/kit/b.c", false)));
  const named = sourceFilter({ suites, isAnywhere: false, include: ["**/*.c"], exclude: ["lib/**"] });
  t.deepEqual([place("test_a.c"), place("lib/b.c"), place("src/b.c"), place("a.h")].map(named), [
    true,
    false,
    true,
    false,
  ]);
});
