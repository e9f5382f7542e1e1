/** What llvm-cov prints, as hits: each kind of record, text that is cut, and text that is none. */
import test from "ava";
import fc from "fast-check";
import { RigError } from "../../src/core/errors.js";
import { readLlvmReport } from "../../src/coverage/llvm-report.js";
import { amount } from "../amount.js";

const TEXT = `SF:lib/a.c
FN:8,lib/a.c:hidden
FN:17,shown
FNDA:13,lib/a.c:hidden
FNDA:0,shown
FNF:2
FNH:1
BRDA:9,0,0,1
BRDA:9,0,1,12
BRDA:18,0,0,-
BRDA:18,0,1,-
DA:8,13
DA:9,13
DA:17,0
DA:18,0
BRF:4
LF:4
LH:2
end_of_record
SF:b.c
DA:1,18446744073709551615
LF:1
LH:1
end_of_record
`;

test("lines, functions and branches of each source", (t) => {
  t.deepEqual(readLlvmReport(TEXT), [
    {
      path: "lib/a.c",
      lines: [8, 13, 9, 13, 17, 0, 18, 0],
      functions: [
        ["hidden", 8, 13],
        ["shown", 17, 0],
      ],
      branches: [9, 0, 1, 9, 1, 12, 18, 0, -1, 18, 1, -1],
    },
    { path: "b.c", lines: [1, Number.MAX_SAFE_INTEGER], functions: [], branches: [] },
  ]);
  t.deepEqual(readLlvmReport(""), []);
});

test("what is cut, or is none of it, is an error or says less", (t) => {
  t.throws(() => readLlvmReport(TEXT.slice(0, TEXT.indexOf("LF:4"))), {
    instanceOf: RigError,
    message: /cut off/,
  });
  t.throws(() => readLlvmReport(TEXT.replace("DA:9,13", "DA:9,x")), {
    instanceOf: RigError,
    message: /"9,x"/,
  });
  fc.assert(
    fc.property(fc.nat(TEXT.length), fc.nat(TEXT.length), fc.string({ maxLength: 20 }), (from, to, noise) => {
      try {
        const files = readLlvmReport(TEXT.slice(0, from) + noise + TEXT.slice(to));
        return files.every(({ lines }) => lines.length % 2 === 0 && lines.every(Number.isSafeInteger));
      } catch (error) {
        return error instanceof RigError;
      }
    }),
    { numRuns: amount(5000, 300) },
  );
});
