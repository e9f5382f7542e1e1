/**
 * Undefined-behaviour reports of all generations: check, place, message; damaged and forged ones.
 */
import test from "ava";
import { readFinding, type Finding } from "../../src/faults/unikraft/ubsan.js";
import { checkOf } from "../../src/faults/facts/ubsan-checks.js";
import { segmentOf } from "./segments.js";

const PREFIX = "[    0.241234] ERR:  [libubsan] <ubsan.c @  282> ";
const read = (body: string, prefix = PREFIX): Finding | undefined => readFinding(segmentOf(prefix + body));

test("0.8 and later: place, check, message", (t) => {
  t.deepEqual(
    read(
      "Undefined behavior at /home/dev/b_ub/main.c:49:37: signed integer overflow: 2147483647 + 1 cannot be represented in type 'int'",
    ),
    {
      check: "signed-integer-overflow",
      message: "signed integer overflow: 2147483647 + 1 cannot be represented in type 'int'",
      file: "/home/dev/b_ub/main.c",
      line: 49,
      column: 37,
      fatal: false,
    },
  );
});

test("0.6 and 0.7: no space in front of the message, always fatal", (t) => {
  t.deepEqual(
    read(
      "Undefined behavior at lib/a.c:7:3:addition overflow",
      "[    0.100000] CRIT: [libubsan] <ubsan.c @   81> ",
    ),
    {
      check: "signed-integer-overflow",
      message: "addition overflow",
      file: "lib/a.c",
      line: 7,
      column: 3,
      fatal: true,
    },
  );
});

test("every wording has the compiler's name of its check", (t) => {
  const wordings: readonly (readonly [string, string])[] = [
    [
      "unsigned integer overflow: 1 - 2 cannot be represented in type 'unsigned int'",
      "unsigned-integer-overflow",
    ],
    ["signed integer overflow: ? * F? cannot be represented in type 'int'", "signed-integer-overflow"],
    ["negation of -2147483648 cannot be represented in type 'int'", "signed-integer-overflow"],
    ["division by zero", "integer-divide-by-zero"],
    ["load from null pointer of type 'int'", "null"],
    ["access of null pointer of type 'struct x'", "null"],
    [
      "store to misaligned address 0x11ec1 for type 'volatile int', which requires 4 byte alignment",
      "alignment",
    ],
    ["load from address 0x10f3c with insufficient space for an object of type 'volatile int'", "object-size"],
    ["pointer index expression with base 0x10 overflowed to 0xfffffffffffffff0", "pointer-overflow"],
    ["index 7 out of bounds for type 'int [4]'", "bounds"],
    ["shift of 1 by 40 out of bounds for type 'int'", "shift-exponent"],
    ["shift of 1 by -1 out of bounds for type 'int'", "shift-exponent"],
    ["shift of -1 by 3 out of bounds for type 'int'", "shift-base"],
    ["shift of 3 by 40 out of bounds for type 'long int'", "shift-base"],
    ["shift of ? by ? out of bounds for type '__int128'", "shift-exponent"],
    ["shift of 1 by 100 out of bounds for type '__int128'", "shift-base"],
    ["variable length array bound evaluates to non-positive value 0", "vla-bound"],
    ["load of value 7, which is not a valid value for type '_Bool'", "bool"],
    ["load of value 7, which is not a valid value for type 'bool'", "bool"],
    ["load of value 7, which is not a valid value for type 'enum color'", "enum"],
    ["null pointer passed as argument 1, which is declared to never be null", "nonnull-attribute"],
    ["null pointer returned from function declared to never return null", "returns-nonnull-attribute"],
    ["execution reached unreachable program point", "unreachable"],
    ["execution reached end of value-returning function without returning a value", "return"],
    ["calling __builtin_ctz with zero", "builtin"],
    // 0.6 and 0.7
    ["type mismatch", "object-size"],
    ["null pointer access", "null"],
    ["unaligned access", "alignment"],
    ["multiplication overflow", "signed-integer-overflow"],
    ["pointer overflow", "pointer-overflow"],
    ["subtraction overflow", "signed-integer-overflow"],
    ["negation overflow", "signed-integer-overflow"],
    ["division remainder overflow", "integer-divide-by-zero"],
    ["index out of bounds", "bounds"],
    ["shift out of bounds", "shift-exponent"],
    ["null argument", "nonnull-attribute"],
    ["negative variable array length", "vla-bound"],
    ["invalid value load", "bool"],
    ["control flow integrity check failure during indirect call", "cfi-icall"],
    ["null return", "returns-nonnull-attribute"],
    ["function type mismatch", "function"],
    ["float cast overflow", "float-cast-overflow"],
    ["reached unreachable", "unreachable"],
    ["missing return", "return"],
    // the compilers' own runtime
    ["shift exponent 40 is too large for 32-bit type 'int'", "shift-exponent"],
    ["left shift of 1 by 31 places cannot be represented in type 'int'", "shift-base"],
    ["execution reached an unreachable program point", "unreachable"],
    ["member call on address 0x1 which does not point to an object of type 'X'", "vptr"],
    ["call to function f through pointer to incorrect function type 'void ()'", "function"],
    ["-1 is outside the range of representable values of type 'unsigned char'", "float-cast-overflow"],
    ["singed integer overflow", "unknown"],
    ["", "unknown"],
  ];
  for (const [message, check] of wordings) t.is(checkOf(message), check, message);
});

test("places: unknown, with colons, with spaces", (t) => {
  const place = (text: string): unknown => {
    const finding = read(`Undefined behavior at ${text}: division by zero`);
    return finding && [finding.file, finding.line, finding.column];
  };
  t.deepEqual(place("<unknown file>:0:0"), ["<unknown file>", 0, 0]);
  t.deepEqual(place("C:\\work dir\\main.c:49:37"), ["C:\\work dir\\main.c", 49, 37]);
  t.deepEqual(place("/a:b/c:7.c:1:2"), ["/a:b/c:7.c", 1, 2]);
});

test("whatever libubsan prints as an error is a finding, however damaged", (t) => {
  for (const body of [
    "Undefined behavior at /home/de",
    "ned behavior at x.c:1:2: division by zero",
    "",
    "\x7f",
  ]) {
    const finding = read(body);
    t.is(finding?.check, "unknown", body);
    t.is(finding?.file, "<unknown file>");
    t.is(finding?.line, 0);
    t.not(finding?.message, "");
  }
  t.is(read("Undefined behavior at a.c:1:2:")?.message, "undefined behavior");
  t.is(read("Undefined behavior at a.c:1:2: sign")?.check, "unknown");
  t.is(read("Undefined behavior at a.c:1:2", "[    0.100000] CRIT: ")?.fatal, true);
  t.is(read("Undefined behavior at a.c:99999999999:2: division by zero")?.line, 0);
});

test("a message longer than the print buffer ends where the buffer does", (t) => {
  const long = `Undefined behavior at /${"d".repeat(100)}/main.c:37:5: store to misaligned address 0x11ec1 for type 'volatile int', which requires 4 byte alignment`;
  const cut = long.slice(0, 191);
  const finding = read(`${cut}\0 46\0stale\0`);
  t.is(finding?.check, "alignment");
  t.true(cut.endsWith(finding?.message ?? "?"));
  // Other NULs are noise.
  t.is(read("\0Undefined behavior at a.c:1:2: division\0 by zero\0")?.message, "division by zero");
});

test("an application forges nothing, neither bare nor through its own library", (t) => {
  const body = "Undefined behavior at a.c:1:2: division by zero";
  t.is(read(body, ""), undefined);
  t.is(read(body, "[    0.100000] ERR:  [appuktest] <main.c @    1> "), undefined);
  t.is(read(body, "[    0.100000] Info: [libubsan] <ubsan.c @    1> "), undefined);
  t.is(read("an error line", "[    0.136088] ERR:  [appuktest] <main.c @   16> "), undefined);
  t.is(read("an error line", "[    0.136088] ERR:  "), undefined);
});

test("the library field may be off at build time", (t) => {
  t.is(read("Undefined behavior at a.c:1:2: division by zero", "ERR:  ")?.check, "integer-divide-by-zero");
});

test("a boot without prefixes prints the bare line, or that of the compiler's runtime", (t) => {
  const bare = (line: string): Finding | undefined => readFinding(segmentOf(line), { allowBare: true });
  t.is(bare("Undefined behavior at a.c:1:2: division by zero")?.check, "integer-divide-by-zero");
  t.deepEqual(bare("src/file.c:3:5: runtime error: index 7 out of bounds for type 'int [4]'"), {
    check: "bounds",
    message: "index 7 out of bounds for type 'int [4]'",
    file: "src/file.c",
    line: 3,
    column: 5,
    fatal: false,
  });
  t.is(bare("so: Undefined behavior at a.c:1:2: division by zero"), undefined);
  t.is(bare("Undefined behavior at "), undefined);
});
