/** Output of the application between the lines of a green capture changes no case of it. */
import test from "ava";
import { bytesOf, conclusions, read } from "../reading.js";

/** One byte per character, so that a change of text is a change of bytes. */
const textOf = (name: string): string => bytesOf(name).toString("latin1");
const linesOf = (text: string): readonly string[] => text.split("\n");

test("output of the application between the lines changes no case of a green log", (t) => {
  const noise = [
    "hello",
    "[ FAILED ]",
    "[ PASSED ]",
    "test: a->b",
    "\texpected `x` to be 0 and was 0 .................................................. [ FAILED ]",
    "    :\texpected `x` to be 0 and was 0 .................................................. [ FAILED ]",
    "FAILED",
    "Undefined behavior at main.c:1:2: shift of 1 by 40 out of bounds for type 'int'",
    "::error::x",
    "ok 1 - not a test",
    "0000000 00000000 0000000 12345678",
    "[1/2] 50% 1.000000 done",
    "\x01\x02\xff\xfe binary",
    "\x1b]0;never ended",
  ];
  for (const name of ["v0.17-x86_64-all-suites-pass.log", "v0.17-x86_64-ansi-thread-caller.log"]) {
    const lines = linesOf(textOf(name));
    const expected = conclusions(read(bytesOf(name))).filter((line) => !line.startsWith("problem"));
    for (const line of noise) {
      const noisy = lines.flatMap((own, index) => (index % 5 === 4 ? [own, `${line}\r`] : [own])).join("\n");
      const model = read(noisy);
      t.deepEqual(
        conclusions(model).filter((text) => !text.startsWith("problem")),
        expected,
        line,
      );
      t.deepEqual(
        model.problems.filter(({ grade }) => grade === "error"),
        [],
        line,
      );
    }
  }
});
