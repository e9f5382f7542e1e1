/** JSON that people write: what is wrong with it, and where; whatever is right is what the engine makes of it. */
import test from "ava";
import fc from "fast-check";
import { amount } from "../amount.js";
import { NoJson, parseJson } from "../../src/config/json.js";

const ROWS: readonly (readonly [text: string, complaint: RegExp])[] = [
  ['{"a":1,}', /^line 1, column 8: a comma in front of \}$/],
  ['{\r\n  "a": [\r\n    1,\r\n  ]\r\n}', /^line 4, column 3: a comma in front of \]$/],
  ['{\n  // why\n  "a": 1\n}', /^line 2, column 3: JSON has no comments$/],
  ["{} /* end */", /^line 1, column 4: JSON has no comments$/],
  ["# no\n{}", /^line 1, column 1: JSON has no comments$/],
  ['{"a" 1}', /column 6: a colon is missing in front of 1$/],
  ["{a: 1}", /column 2: texts and keys have double quotes$/],
  ["{'a': 1}", /column 2: texts and keys have double quotes$/],
  ["['a']", /column 2: texts and keys have double quotes$/],
  ["[1 2]", /column 4: a comma or \] is missing in front of 2$/],
  ['{"a": 1 "b": 2}', /column 9: a comma or \} is missing in front of "b"$/],
  ['{"a": [1}', /column 9: a comma or \] is missing in front of \}$/],
  ['{"a": {', /column 8: "\{" is never closed$/],
  ["", /^line 1, column 1: a value is missing$/],
  [" \n", /^line 2, column 1: a value is missing$/],
  ['{"a": "x\ny"}', /column 7: a text that is never closed, or holds what has to be escaped$/],
  ['{"a": "\\x"}', /column 7: a text/],
  ['{"a": 01}', /column 7: JSON has no 01$/],
  ['{"a": NaN}', /column 7: JSON has no NaN$/],
  ['{"a": undefined}', /column 7: JSON has no undefined$/],
  ['{"a": 1}}', /column 9: nothing may come after the value, as \}$/],
  ["[,1]", /column 2: a value is missing in front of ,$/],
  ['{"a":}', /column 6: a value is missing in front of \}$/],
  ["{,}", /column 2: a key is missing in front of ,$/],
];

for (const [text, complaint] of ROWS)
  test(`${JSON.stringify(text)} is no JSON, and the place is said`, (t) => {
    const error = t.throws(() => parseJson(text), { instanceOf: NoJson });
    t.regex(error.message, complaint);
    // A byte order mark moves no column.
    t.is(t.throws(() => parseJson(`\uFEFF${text}`)).message, error.message);
  });

test("what is JSON is read, with a byte order mark and line ends of Windows too", (t) => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = JSON.stringify(value, undefined, 2);
      t.deepEqual(parseJson(text), JSON.parse(text));
      t.deepEqual(parseJson(`\uFEFF${text.replaceAll("\n", "\r\n")}`), JSON.parse(text));
    }),
    { numRuns: 200 },
  );
});

test("every text that the engine does not take is given a place", (t) => {
  const pieces = [
    '{"a":1}',
    "[1,2]",
    '"x"',
    ",",
    ":",
    "{",
    "}",
    "[",
    "]",
    "tru",
    "true",
    "-",
    "1.",
    "//",
    "'",
    "\\",
    "\u0007",
  ];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 8 }), (parts) => {
      const text = parts.join("");
      try {
        JSON.parse(text);
      } catch {
        t.throws(() => parseJson(text), { instanceOf: NoJson }, text);
      }
    }),
    { numRuns: amount(2000, 333) },
  );
});

test("brackets without end cost no stack", (t) => {
  t.throws(() => parseJson("[".repeat(1_000_000)), { message: /is never closed$/ });
});
