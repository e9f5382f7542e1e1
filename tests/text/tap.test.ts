import test from "ava";
import fc from "fast-check";
import { Parser, type Result } from "tap-parser";
import { tapComment, tapDescription, tapYaml } from "../../src/text/tap.js";
import { visibleLine } from "../../src/text/visible.js";
import { defang } from "../../src/text/workflow.js";
import { EVERYTHING, hostileText } from "../oracles/hostile.js";

/** The points a consumer sees, and whether it accepts the stream. */
function read(tap: string): { results: Result[]; ok: boolean; extra: string } {
  const results: Result[] = [];
  let ok = false;
  let extra = "";
  const parser = new Parser((final) => (ok = final.ok));
  parser.on("result", (result: Result) => results.push(result));
  parser.on("extra", (text: string) => (extra += text));
  parser.end(tap);
  return { results, ok, extra };
}

/** What a description must read as: the spelled brace is the one thing that does not come back. */
const expected = (text: string): string => {
  const line = defang(visibleLine(text)).trim();
  return (line.endsWith("{") ? `${line.slice(0, -1)}\\x7b` : line) || "(no name)";
};

test("a description comes back and is never a directive, a subtest or a second point", (t) => {
  const check = (text: string): void => {
    const { results, ok, extra } = read(
      `TAP version 14\n1..2\nok 1 - ${tapDescription(text)}\nnot ok 2 - ${tapDescription(text)}\n`,
    );
    t.deepEqual([results.length, ok, extra], [2, false, ""]);
    for (const result of results) {
      t.is(result.name.replace(/\s+/g, " "), expected(text).replace(/\s+/g, " ").trim());
      t.deepEqual([result.skip, result.todo, result.time], [false, false, null]);
    }
    t.deepEqual(
      results.map((result) => result.ok),
      [true, false],
    );
  };
  check(EVERYTHING);
  for (const text of [
    "",
    "{",
    "a {",
    "a{ ",
    "\\",
    "\\#",
    "##[error]",
    "# SKIP x",
    "a # TODO",
    "x # time=3ms",
  ])
    check(text);
  fc.assert(fc.property(hostileText(), check));
});

test("the comment in front of a subtest names what its point names", (t) => {
  const check = (text: string): void => {
    const { results, ok, extra } = read(
      `TAP version 14\n1..1\n# Subtest: ${tapComment(text)}\n    1..1\n    ok 1 - a\nok 1 - ${tapDescription(text)}\n`,
    );
    // The parser leaves the closing point out only when both names are one.
    t.deepEqual([results.length, ok, extra], [1, true, ""]);
  };
  check(EVERYTHING);
  fc.assert(fc.property(hostileText(), check));
});

test("a reason after a directive stays a reason", (t) => {
  fc.assert(
    fc.property(hostileText(), (text) => {
      const { results } = read(`TAP version 14\n1..1\nok 1 - a # SKIP ${tapDescription(text)}\n`);
      t.is(results.length, 1);
      t.truthy(results[0]?.skip);
    }),
  );
});

test("YAML scalars come back through a YAML parser", (t) => {
  const check = (text: string): void => {
    const { results, extra } = read(
      `TAP version 14\n1..1\nnot ok 1 - a\n  ---\n  message: ${tapYaml(text)}\n  at:\n    file: ${tapYaml(text)}\n  ...\n`,
    );
    t.is(extra, "");
    t.deepEqual(results[0]?.diag, { message: defang(text), at: { file: defang(text) } });
  };
  check(EVERYTHING);
  fc.assert(fc.property(hostileText(), check));
});
