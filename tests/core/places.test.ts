/**
 * Guest file names to places: only what is surely below the root is the user's own.
 */
import { posix } from "node:path";
import test from "ava";
import fc from "fast-check";
import { amount } from "../amount.js";
import { place, type PlaceRules } from "../../src/core/places.js";

const RULES: PlaceRules = { root: "/home/tree", stripPrefixes: ["/build/app", "./gen/", "/opt/x//"] };
const own = (path: string) => ({ path, inTree: true });
const foreign = (path: string) => ({ path, inTree: false });

const ROWS: readonly (readonly [file: string, where: ReturnType<typeof own>])[] = [
  ["main.c", own("main.c")],
  ["lib/a.c", own("lib/a.c")],
  ["./lib//a.c", own("lib/a.c")],
  ["lib/../lib/a.c", own("lib/a.c")],
  ["/home/tree/lib/a.c", own("lib/a.c")],
  ["/build/app/lib/a.c", own("lib/a.c")],
  ["./gen/a.c", own("a.c")],
  ["/opt/x/a.c", own("a.c")],
  ["dir with space/ü.c", own("dir with space/ü.c")],
  ["..data/a.c", own("..data/a.c")],
  ["", foreign("")],
  [".", foreign(".")],
  ["..", foreign("..")],
  ["../a.c", foreign("../a.c")],
  ["lib/../../a.c", foreign("lib/../../a.c")],
  ["/home/tree", foreign("/home/tree")],
  ["/home/tree/", foreign("/home/tree/")],
  ["/home/tree/../a.c", foreign("/home/tree/../a.c")],
  ["/home/tree//etc/passwd", foreign("/home/tree//etc/passwd")],
  ["/home/treehouse/a.c", foreign("/home/treehouse/a.c")],
  ["/build/app/../../etc/passwd", foreign("/build/app/../../etc/passwd")],
  ["/build/application/a.c", foreign("/build/application/a.c")],
  ["/etc/passwd", foreign("/etc/passwd")],
  ["//etc/passwd", foreign("//etc/passwd")],
  ["C:\\a.c", foreign("C:\\a.c")],
  ["C:/a.c", foreign("C:/a.c")],
  ["..\\a.c", foreign("..\\a.c")],
  ["lib\\..\\..\\a.c", foreign("lib\\..\\..\\a.c")],
  ["<built-in>", foreign("<built-in>")],
  ["a\n.c", foreign("a\n.c")],
  ["a\x1b[31m.c", foreign("a\x1b[31m.c")],
  ["a\0.c", foreign("a\0.c")],
];

for (const [file, where] of ROWS)
  test(`${JSON.stringify(file)} is ${where.inTree ? where.path : "not ours"}`, (t) => {
    t.deepEqual(place(file, RULES), where);
  });

test("the first prefix that fits is taken off, the root is the last to be tried", (t) => {
  const rules = { root: "/home/tree", stripPrefixes: ["/home/tree/build", "/home"] };
  t.deepEqual(place("/home/tree/build/a.c", rules), own("a.c"));
  t.deepEqual(place("/home/tree/a.c", rules), own("tree/a.c"));
  t.deepEqual(place("/a.c", { root: "/", stripPrefixes: [] }), own("a.c"));
});

test("whatever a guest calls its file, an annotation stays below the root", (t) => {
  const parts = fc.constantFrom(
    "..",
    ".",
    "",
    "a",
    "b.c",
    "home",
    "tree",
    "build",
    "app",
    "\\",
    "~",
    "C:",
    "\n",
  );
  fc.assert(
    fc.property(fc.array(parts, { maxLength: 8 }), fc.boolean(), (names, absolute) => {
      const file = (absolute ? "/" : "") + names.join("/");
      const { path, inTree } = place(file, RULES);
      if (!inTree) t.is(path, file);
      else {
        t.true(posix.join(RULES.root, path).startsWith(`${RULES.root}/`), file);
        t.is(posix.normalize(path), path);
        t.notRegex(path, /[\\\n]|^\/|(?:^|\/)\.\.(?:\/|$)/);
      }
    }),
    { numRuns: amount(3000, 500) },
  );
});
