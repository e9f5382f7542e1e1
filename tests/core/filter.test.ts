/** Filters of cases, against an oracle that evaluates the same expressions as a tree; and what is no expression. */
import test from "ava";
import fc from "fast-check";
import { UsageError } from "../../src/core/errors.js";
import { type FilteredCase, filterOf, matchesGlob } from "../../src/core/plan/filter.js";

type Tree =
  | { readonly kind: "term"; readonly key: string; readonly glob: string }
  | { readonly kind: "not"; readonly inner: Tree }
  | { readonly kind: "and" | "or"; readonly left: Tree; readonly right: Tree };

const piece = fc.constantFrom("net", "slow", "vfs", "a", "b", "*", "n*t", "?", "v?s", "*s*");
const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.record({
      kind: fc.constant("term" as const),
      key: fc.constantFrom("", "tag", "name", "suite", "case", "file"),
      glob: piece,
    }),
    fc.record({ kind: fc.constant("not" as const), inner: tie("tree") }),
    fc.record({
      kind: fc.constantFrom("and" as const, "or" as const),
      left: tie("tree"),
      right: tie("tree"),
    }),
  ),
}));

const word = fc.constantFrom("net", "slow", "vfs", "a", "b", "nat");
const someCase = fc.record({ suite: word, name: word, file: word, tags: fc.array(word, { maxLength: 3 }) });

/** As people write it: with words or signs, and parentheses around everything that has parts. */
function written(one: Tree, style: number): string {
  const of = (inner: Tree): string =>
    inner.kind === "term" ? written(inner, style) : `(${written(inner, style)})`;
  switch (one.kind) {
    case "term":
      return one.key === "" ? one.glob : `${one.key}:${one.glob}`;
    case "not":
      return style % 2 === 0 ? `!${of(one.inner)}` : `not ${of(one.inner)}`;
    case "and":
      return `${of(one.left)} ${["&", "and", "&&"][style % 3] ?? "&"} ${of(one.right)}`;
    case "or":
      return `${of(one.left)} ${["|", "or", "||"][style % 3] ?? "|"} ${of(one.right)}`;
  }
}

const asRegExp = (glob: string): RegExp =>
  new RegExp(`^${glob.replaceAll("*", "[^]*").replaceAll("?", "[^]")}$`);

function oracle(one: Tree, value: FilteredCase): boolean {
  switch (one.kind) {
    case "not":
      return !oracle(one.inner, value);
    case "and":
      return oracle(one.left, value) && oracle(one.right, value);
    case "or":
      return oracle(one.left, value) || oracle(one.right, value);
    case "term": {
      const { suite, name, file, tags } = value;
      const all = {
        "": tags,
        tag: tags,
        name: [`${suite}.${name}`],
        suite: [suite],
        case: [name],
        file: [file],
      };
      return all[one.key as keyof typeof all].some((text) => asRegExp(one.glob).test(text));
    }
  }
}

test("random expressions mean what an oracle makes of them", (t) => {
  fc.assert(
    fc.property(tree, fc.nat(5), fc.array(someCase, { minLength: 1, maxLength: 8 }), (one, style, cases) => {
      const filter = filterOf(written(one, style));
      for (const value of cases) t.is(filter(value), oracle(one, value), written(one, style));
    }),
    { numRuns: 1000 },
  );
});

test("and binds closer than or, not closer than both; blanks are free", (t) => {
  const tagged = (...tags: readonly string[]): FilteredCase => ({ suite: "s", name: "c", file: "f.c", tags });
  const filter = filterOf("a|b&!c");
  t.true(filter(tagged("a", "c")));
  t.true(filter(tagged("b")));
  t.false(filter(tagged("b", "c")));
  t.false(filterOf(" ( a or b ) and not c ")(tagged("a", "c")));
  t.true(filterOf("name:s.c & suite:s & case:c & file:*.c")(tagged()));
});

test("a glob takes no longer than both lengths together say", (t) => {
  t.true(matchesGlob("*a*a*a*a*a*a*b*", `${"a".repeat(20_000)}b`));
  t.false(matchesGlob("*a*a*a*a*a*a*b", "a".repeat(20_000)));
  t.true(matchesGlob("", ""));
  t.false(matchesGlob("", "a"));
});

test("what is no expression is an error that says why", (t) => {
  for (const [text, why] of [
    ["", /something is missing at its end/],
    ["a &", /something is missing at its end/],
    ["& a", /"&" stands for nothing/],
    ["(a", /a parenthesis is not closed/],
    ["a)", /"\)" is too much/],
    ["a b", /"b" is too much/],
    ["colour:red", /"colour" is none of tag, name, suite, case, file/],
    ["file:", /file: names nothing/],
    ["!".repeat(200), /nested too deep/],
  ] as const) {
    const error = t.throws(() => filterOf(text), { instanceOf: UsageError });
    t.regex(error.message, why, text);
  }
});
