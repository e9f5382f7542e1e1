/** Where code returns, byte by byte. */
import test from "ava";
import { findReturn, findReturnOfZero } from "../../src/image/select/machine-code.js";

const bytes = (hex: string): Buffer => Buffer.from(hex.replaceAll(" ", ""), "hex");

test("on x86 any byte that returns will do", (t) => {
  for (const architecture of ["i386", "x86_64"] as const) {
    t.is(findReturn(bytes("90 e8 00 c3 00 00"), architecture), 3);
    t.is(findReturn(bytes("90 90"), architecture), undefined);
    t.is(findReturnOfZero(bytes("90 31 c0 90 33 c0 c3"), architecture), 4);
    t.is(findReturnOfZero(bytes("31 c0 5d c3"), architecture), undefined);
  }
});

test("on arm64 an instruction stands at a multiple of four", (t) => {
  t.is(findReturn(bytes("00000000 c0035fd6"), "arm64"), 4);
  t.is(findReturn(bytes("0000 c0035fd6 0000"), "arm64"), undefined);
  t.is(findReturnOfZero(bytes("0000 00008052 c0035fd6 0000"), "arm64"), undefined);
  t.is(findReturnOfZero(bytes("00008052 00000000 000080d2 c0035fd6"), "arm64"), 8);
  t.is(findReturnOfZero(bytes("20008052 c0035fd6"), "arm64"), undefined, "1 is not 0");
});

test("on arm64 a return after a landing pad comes before all others", (t) => {
  t.is(findReturn(bytes("c0035fd6 5f2403d5 c0035fd6"), "arm64"), 4);
  t.is(findReturn(bytes("c0035fd6 5f2403d5 00000000"), "arm64"), 0);
});
