/** When a file counts as made from what is there now. */
import { rmSync, utimesSync } from "node:fs";
import test from "ava";
import { freshStamp, stampOf, writeStamp } from "../../runner/build/stamp.js";
import { scratch } from "../cli/run.js";

test("fresh: untouched, and touched with the same content, as in a checkout beside a cache", (t) => {
  const folder = scratch(t);
  const input = folder.put("a.c", "int a;\n");
  const made = folder.put("a.o", "object");
  writeStamp(made, stampOf("gcc", [input], Number.POSITIVE_INFINITY));
  t.not(freshStamp(made, "gcc"), undefined);
  t.is(freshStamp(made, "clang"), undefined);
  utimesSync(input, 1_000_000, 1_000_000);
  t.not(freshStamp(made, "gcc"), undefined);
  // The stamp was renewed: it has the new time.
  t.regex(folder.text("a.o.stamp"), /:1000000000:/);
});

test("not fresh: other content of the same size, another size, no input, no product, a torn stamp", (t) => {
  const folder = scratch(t);
  const input = folder.put("a.c", "int a;\n");
  const made = folder.put("a.o", "object");
  writeStamp(made, stampOf("gcc", [input], Number.POSITIVE_INFINITY));
  for (const content of ["int b;\n", "int ab;\n"]) {
    folder.put("a.c", content);
    utimesSync(input, 2_000_000, 2_000_000);
    t.is(freshStamp(made, "gcc"), undefined, content);
  }
  rmSync(input);
  t.is(freshStamp(made, "gcc"), undefined);
  // One that was not there matters as soon as it is, and not before.
  writeStamp(made, stampOf("gcc", [input], Number.POSITIVE_INFINITY));
  t.not(freshStamp(made, "gcc"), undefined);
  folder.put("a.c", "int a;\n");
  t.is(freshStamp(made, "gcc"), undefined);
  writeStamp(made, stampOf("gcc", [input], Number.POSITIVE_INFINITY));
  rmSync(made);
  t.is(freshStamp(made, "gcc"), undefined);
  folder.put("a.o", "object");
  folder.put("a.o.stamp", '{"key":');
  t.is(freshStamp(made, "gcc"), undefined);
});
