/** What stands in front of a message is cut, and its indentation is not. */
import test from "ava";
import { cutLead } from "../../src/core/fault/lead.js";

const LEADS = [
  "[    1.234567] ",
  "[  566.230190][T22160] ",
  "[   87.733076][ T3479] ",
  "[   12.345678][    C4] ",
  "<6>[    1.234567] ",
  "<3>",
  "[    T1] ",
  "2018/01/09 14:28:48 ",
  "2026-01-01T00:00:00.0000000Z ",
  "2025-12-18T10:30:09.000000Z 00O ",
  "[2026-04-29T13:03:20.000Z] ",
  "12:00:01.250 ",
  "Mar 05 12:00:01 ",
  "Mar  5 12:00:01 host kernel: [    1.234567] ",
  "kern  :err   : [    1.234567] ",
  "kernel: ",
  "guest-1  | ",
  "ERROR   - DEVICE: ",
];

for (const lead of LEADS)
  test(`"${lead}" is cut`, (t) => {
    for (const text of ["BUG: KASAN: x in f", "    ok 1 case", "", "[ INFO: suspicious RCU usage. ]"])
      t.is(cutLead(lead + text), text);
  });

test("a message is no lead", (t) => {
  for (const text of [
    "[drm] frob",
    "  [<ffffffff81d91149>] f+0x1/0x2",
    "Marathon 12:00",
    "1..2",
    "ok 1",
    "a | b",
  ])
    t.is(cutLead(text), text);
});

test("leads in front of leads end", (t) => {
  const text = "<6>".repeat(100_000);
  t.is(cutLead(text).length, text.length - 15);
});
