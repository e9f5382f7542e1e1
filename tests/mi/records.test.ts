/** Lines of gdb's machine interface: any value comes back as it was written, and no line makes the reader throw. */
import test from "ava";
import fc from "fast-check";
import { type MiTuple, type MiValue, recordOf } from "../../src/mi/records.js";
import { quoted, textIn } from "../../src/mi/text.js";
import { numberOf, textOf, textsOf, tupleOf, tuplesOf } from "../../src/mi/values.js";

/** A text as gdb writes it: what is no printable ASCII is octal bytes. */
const written = (text: string): string =>
  `"${[...Buffer.from(text, "utf8")]
    .map((byte) => {
      const letter = String.fromCharCode(byte);
      if (letter === '"' || letter === "\\") return `\\${letter}`;
      if (letter === "\n") return "\\n";
      return byte >= 0x20 && byte < 0x7f ? letter : `\\${byte.toString(8).padStart(3, "0")}`;
    })
    .join("")}"`;

const isList = (value: MiValue): value is readonly MiValue[] => Array.isArray(value);

const valueWritten = (value: MiValue): string => {
  if (typeof value === "string") return written(value);
  if (isList(value)) return `[${value.map(valueWritten).join(",")}]`;
  return `{${resultsWritten(value)}}`;
};
const resultsWritten = (values: MiTuple): string =>
  Object.entries(values)
    .map(([name, value]) => `${name}=${valueWritten(value)}`)
    .join(",");

const text = fc.string({ unit: "grapheme", maxLength: 20 });
const name = fc.stringMatching(/^[a-z][a-z_-]{0,9}$/).filter((one) => one !== "constructor");
const { value } = fc.letrec<{ value: MiValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    text,
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(name, tie("value"), { maxKeys: 4, noNullPrototype: true }),
  ),
}));
const tuple = fc.dictionary(name, value, { maxKeys: 4, noNullPrototype: true });

test("any values come back as they were written", (t) => {
  fc.assert(
    fc.property(fc.option(fc.nat(), { nil: undefined }), tuple, (token, values) => {
      const tail = Object.keys(values).length === 0 ? "" : `,${resultsWritten(values)}`;
      t.deepEqual(recordOf(`${token === undefined ? "" : String(token)}^done${tail}`), {
        ...{ kind: "result", name: "done", values },
        ...(token !== undefined && { token }),
      });
      t.deepEqual(recordOf(`*stopped${tail}`), { kind: "exec", name: "stopped", values });
    }),
  );
});

test("any text of a stream comes back, and a word of a command is read as it was meant", (t) => {
  fc.assert(
    fc.property(text, (one) => {
      t.deepEqual(recordOf(`@${written(one)}`), { kind: "target", text: one });
      const word = quoted(one);
      t.false(word.includes("\n"));
      t.deepEqual(textIn(word, 0), { value: one, end: word.length });
    }),
  );
});

test("no line makes it throw, and what is cut is kept as text", (t) => {
  fc.assert(
    fc.property(fc.string({ maxLength: 60 }), (line) => {
      t.truthy(recordOf(line).kind);
    }),
  );
  fc.assert(
    fc.property(tuple, fc.nat(), (values, cut) => {
      const line = `^done,${resultsWritten(values)}`;
      const part = line.slice(0, 6 + (cut % Math.max(line.length - 6, 1)));
      const record = recordOf(part);
      if (record.kind === "other") t.is(record.text, part);
      else t.is(record.kind, "result");
    }),
  );
  t.is(recordOf(`^done,a=${"[".repeat(100_000)}`).kind, "other");
});

test("what gdb 13 has said", (t) => {
  const stop = recordOf(
    '*stopped,reason="breakpoint-hit",disp="keep",bkptno="1",frame={addr="0x0000000000108bd1",func="f",args=[{name="a",value="1"}],line="86"},thread-id="1",stopped-threads="all"',
  );
  t.is(stop.kind, "exec");
  const values = stop.kind === "exec" ? stop.values : {};
  t.is(textOf(values, "reason"), "breakpoint-hit");
  t.is(numberOf(values, "bkptno"), 1);
  t.is(numberOf(tupleOf(values, "frame"), "addr"), 0x108bd1);
  t.deepEqual(tuplesOf(tupleOf(values, "frame"), "args"), [{ name: "a", value: "1" }]);
  const stack = recordOf('12^done,stack=[frame={level="0",func="f"},frame={level="1",func="g"}]');
  t.deepEqual(
    tuplesOf(stack.kind === "result" ? stack.values : {}, "stack").map((frame) => textOf(frame, "func")),
    ["f", "g"],
  );
  t.deepEqual(recordOf('^done,names=["rax","","rip"]'), {
    ...{ kind: "result", name: "done", values: { names: ["rax", "", "rip"] } },
  });
  t.deepEqual(textsOf({ names: ["rax", ["x"], "rip"] }, "names"), ["rax", "rip"]);
  t.deepEqual(recordOf('7^error,msg="No symbol \\"x\\" in current context."'), {
    ...{ kind: "result", token: 7, name: "error" },
    values: { msg: 'No symbol "x" in current context.' },
  });
  t.deepEqual(recordOf('=breakpoint-modified,bkpt={number="1"},{number="1.1"}').kind, "other");
  t.deepEqual(recordOf("(gdb) "), { kind: "prompt" });
  t.is(numberOf({ a: "" }, "a"), undefined);
  t.deepEqual(tupleOf({ a: "x" }, "a"), {});
});
