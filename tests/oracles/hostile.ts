/**
 * Strings a hostile guest would print: every separator, directive, command and escape of every format we write,
 * mixed with ordinary text and with each other.
 */
import fc from "fast-check";

const FRAGMENTS = [
  ..."\x00 \x07 \x08 \x1b \x1b[ \x1b[31m \x1b[2J \x1b]0;title\x07 \x1b]8;;http://e.example\x1b\\ \x9b \x9b31m \x9d \x85".split(
    " ",
  ),
  ...["\r", "\n", "\r\n", "\t", " ", "\u2028", "\u202e", "\u2066", "\ufeff", "\u200b", "\ud800", "\udc00"],
  ...[
    "::error::x",
    "::error file=a.c,line=1::x",
    "::add-mask::ok",
    "::stop-commands::t",
    "::",
    ":",
    "%0A",
    "%25",
  ],
  ...["##[error]x", "##[group]", "##[", "##", "[error]", "##vso[task.complete]", "##teamcity[x]", "#"],
  ...[
    "\n::error::y",
    "\r::warning::y",
    "\u00a0::error::z",
    "\x85::error::z",
    "]]>",
    "<![CDATA[",
    "</testcase>",
  ],
  ...["<failure/>", "&", "&amp;", '"', "'", "<!--", "\ufffe", "\uffff", "\u{1f600}", "\u0301", "\u6f22"],
  ...["ok 1", "not ok 2", "\nok 1 - x", "1..0", "1..9", "\n1..5", "# SKIP", "# TODO", "#skip", " # time=1ms"],
  ...[
    "Bail out!",
    "\nBail out!",
    "TAP version 13",
    "pragma +strict",
    "---",
    "...",
    "\n  ...",
    "    ok 1",
    "{",
    " {",
  ],
  ...["\\", "\\\\", "\\#", "!error", "&a", "*a", "foo: bar", "[[ATTACHMENT|/etc/passwd]]", "at x (e.c:1:1)"],
  ...["<script>window.taken=1</script>", "</script><script>window.taken=1</script>", "<!--<script>", "-->"],
  ...[
    "<img src=x onerror=window.taken=1>",
    "</title>",
    "</style>",
    "</noscript>",
    "<svg/onload=window.taken=1>",
  ],
  ...[
    "javascript:window.taken=1",
    '" onclick=window.taken=1 "',
    "<style>*{}",
    "&#60;b&#62;",
    "<base href=//e.example>",
  ],
  ...["```", "|", "@user", "__proto__", "constructor", "a", "main.c", "/../", "abc def"],
];

/** Half surrogates are not among the code points, as in `fc.string({ unit: "binary" })`. */
const HALVES = { from: 0xd800, count: 0x800 };
const codePoint = fc
  .nat({ max: 0x10ffff - HALVES.count })
  .map((at) => String.fromCodePoint(at < HALVES.from ? at : at + HALVES.count));
const KEYS_OF_OBJECTS = ["__proto__", "constructor", "prototype", "toString", "valueOf", "hasOwnProperty"];

/** Any text. What fast-check has for it makes a map of all code points in each process, which takes a second. */
export const anyText = (limits: { readonly maxLength?: number } = {}): fc.Arbitrary<string> => {
  const { maxLength = Infinity } = limits;
  const keys = KEYS_OF_OBJECTS.filter((key) => key.length <= maxLength);
  const text = fc.array(codePoint, limits).map((points) => points.join(""));
  return keys.length === 0
    ? text
    : fc.oneof({ arbitrary: text, weight: 15 }, { arbitrary: fc.constantFrom(...keys), weight: 1 });
};

/** One hostile string, short enough for hundreds of runs. */
export const hostileText = (): fc.Arbitrary<string> =>
  fc
    .array(fc.oneof(fc.constantFrom(...FRAGMENTS), fc.constantFrom(...FRAGMENTS), anyText()), {
      maxLength: 8,
    })
    .map((parts) => parts.join(""));

/** Everything at once, for example-based tests. */
export const EVERYTHING = FRAGMENTS.join(" ") + FRAGMENTS.join("");
