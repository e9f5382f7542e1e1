/**
 * What a program is made from, and what changed: the files that a build has told of, all of a project before, and none
 * that was written while a tool was reading it.
 */
import { mkdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import test from "ava";
import { changedSince, foldersBelow, foldersOf, pictureOf } from "../../runner/build/build-inputs.js";
import {
  freshStamp,
  isUnchanged,
  readingFrom,
  readStamp,
  stampOf,
  writeStamp,
} from "../../runner/build/stamp.js";
import { scratch } from "../cli/run.js";

/** Long ago, so that no clock is in doubt. */
const OLD = new Date("2020-01-01");

test("what is written while a tool reads counts as changed", (t) => {
  const { file, put } = scratch(t);
  const [early, late, future] = [put("early.h", "a"), put("late.h", "b"), put("future.h", "c")];
  utimesSync(early, OLD, OLD);
  utimesSync(future, new Date("2100-01-01"), new Date("2100-01-01"));
  const since = readingFrom();
  writeFileSync(late, "d");
  put("made", "");
  writeStamp(file("made"), stampOf("key", [early, future], since));
  t.truthy(freshStamp(file("made"), "key"));
  t.is(freshStamp(file("made"), "another"), undefined);
  writeStamp(file("made"), stampOf("key", [early, late], since));
  t.is(freshStamp(file("made"), "key"), undefined, "nobody knows which of both was read");
  t.false(isUnchanged(readStamp(file("made")) ?? { key: "", inputs: {} }));
  t.is(readStamp(file("nothing")), undefined);
});

test("before a build all C files count, after it those that it has read", (t) => {
  const { path, file, put } = scratch(t);
  mkdirSync(file("node_modules"));
  mkdirSync(file(".hidden"));
  mkdirSync(file("sub"));
  for (const name of ["a.c", "a.h", "other.h", "sub/b.c", "node_modules/c.c", ".hidden/d.c", "notes.txt"]) {
    writeFileSync(file(name), "x");
    utimesSync(file(name), OLD, OLD);
  }
  const made = { name: "p", sources: [file("a.c")], image: file("p.elf") };
  const before = pictureOf(made, path);
  t.deepEqual([...before.keys()].sort(), [file("a.c"), file("a.h"), file("other.h"), file("sub/b.c")]);
  t.deepEqual([...foldersOf(before)].sort(), [path, file("sub")]);
  t.deepEqual(foldersBelow(path), [path, file("sub")]);
  t.deepEqual(foldersBelow(file("gone")), [file("gone")]);
  t.deepEqual(changedSince(before, made), []);
  put("other.h", "changed");
  t.deepEqual(changedSince(before, made), [file("other.h")], "it may be one of those");
  put("p.elf", "");
  writeStamp(made.image, stampOf("key", [file("a.c"), file("a.h")], readingFrom()));
  t.deepEqual(changedSince(before, made), [], "it was not");
  const known = pictureOf(made, path);
  t.deepEqual([...known.keys()].sort(), [file("a.c"), file("a.h")]);
  put("a.h", "changed");
  t.deepEqual(changedSince(known, made), [file("a.h")]);
  t.deepEqual(changedSince(known, { ...made, sources: [file("a.c"), file("sub/b.c")] }), [
    file("a.h"),
    file("sub/b.c"),
  ]);
  rmSync(file("a.c"));
  t.deepEqual(changedSince(known, { ...made, sources: [] }), [file("a.c"), file("a.h")]);
});
