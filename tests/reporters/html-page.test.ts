/**
 * The parts of the page that need no browser: which rows there are, links, search, colours of a console.
 */
import test from "ava";
import fc from "fast-check";
import { spansOf } from "../../reporters/html/ansi.js";
import type { CaseData, PageData } from "../../reporters/html/data.js";
import { catalogueOf, rowsOf, Search, splitAt } from "../../reporters/html/page/catalogue.js";
import type { CaseStatus } from "../../src/core/events.js";
import { hostileText } from "../oracles/hostile.js";
import { isPlain } from "../oracles/terminal.js";

const one = (name: string, status: CaseStatus = "passed", more: Partial<CaseData> = {}): CaseData => ({
  name,
  status,
  evidence: "plan",
  boot: 0,
  log: 1,
  ...more,
});

const data = (suites: PageData["suites"], machines: readonly string[] = []): PageData => ({
  verdict: "failed",
  machines,
  boots: [],
  findings: [],
  faults: [],
  problems: [],
  suites,
});

const sample = catalogueOf(
  data(
    [
      {
        name: "net",
        machine: 0,
        cases: [
          one("tcp"),
          one("udp", "failed", {
            assertions: [{ failed: true, text: "Expected X", at: "net/udp.c:9", log: 3 }],
          }),
        ],
      },
      { name: "disk", cases: [one("read", "skipped", { reason: "no disk" }), one("a b.c/d")] },
      { name: "net", machine: 1, cases: [one("tcp", "crashed"), one("tcp", "passed", { flaky: true })] },
    ],
    ["x86", "arm"],
  ),
);

const links = sample.entries.map(({ link }) => link);

test("links are unique, and lead back", (t) => {
  t.deepEqual(links, [
    "net.tcp@x86",
    "net.udp@x86",
    "disk.read",
    "disk.a%20b.c%2Fd",
    "net.tcp@arm",
    "net.tcp@arm~2",
  ]);
  for (const [index, link] of links.entries()) t.is(sample.byLink(link)?.index, index);
  t.is(sample.byLink("net.tcp"), undefined);
});

test("the same case is found on other machines", (t) => {
  const alike = (index: number): readonly string[] =>
    sample.entries[index] === undefined ? [] : sample.alike(sample.entries[index]).map(({ link }) => link);
  t.deepEqual(alike(0), ["net.tcp@x86", "net.tcp@arm", "net.tcp@arm~2"]);
  t.deepEqual(alike(1), []);
  t.deepEqual(
    sample.groups.map(({ worst }) => worst),
    ["failed", "skipped", "crashed"],
  );
  t.is(catalogueOf(data([{ name: "s", cases: [] }])).groups[0]?.worst, "not-run");
});

test("a search looks at suite, case, message, file, machine and status, for all words", (t) => {
  const search = new Search();
  const find = (query: string, ...statuses: readonly CaseStatus[]): readonly number[] =>
    search.find(sample.entries, { query, statuses: new Set(statuses) }).map(({ index }) => index);
  t.deepEqual(find(""), [0, 1, 2, 3, 4, 5]);
  t.deepEqual(find("  NET.tcp "), [0, 4, 5]);
  t.deepEqual(find("expected x"), [1]);
  t.deepEqual(find("udp.c:9"), [1]);
  t.deepEqual(find("arm tcp"), [4, 5]);
  t.deepEqual(find("no disk"), [2]);
  t.deepEqual(find("crashed"), [4]);
  t.deepEqual(find("flaky"), [5]);
  t.deepEqual(find("net", "passed"), [0, 5]);
  t.deepEqual(find("", "crashed", "skipped"), [2, 4]);
  t.deepEqual(find("nowhere"), []);
});

test("rows: a suite with what was found of it, its cases where it is open", (t) => {
  const found = sample.entries.filter(({ index }) => index !== 0);
  const rows = rowsOf(found, ({ index }) => index !== 2);
  t.deepEqual(
    rows.map((row) =>
      row.kind === "suite"
        ? `${row.group.suite.name} ${String(row.shown)} ${String(row.isOpen)}`
        : `${row.entry.one.name} ${String(row.place)}/${String(row.of)}`,
    ),
    ["net 1 true", "udp 1/1", "disk 2 true", "read 1/2", "a b.c/d 2/2", "net 2 false"],
  );
  t.deepEqual(
    rowsOf([], () => true),
    [],
  );
});

test("what two values have in common", (t) => {
  t.deepEqual(splitAt("0x10cc4", "0x10cc0"), { head: 6, tail: 0 });
  t.deepEqual(splitAt("abcd", "abXcd"), { head: 2, tail: 2 });
  t.deepEqual(splitAt("aa", "aaa"), { head: 2, tail: 0 });
  t.deepEqual(splitAt("", "x"), { head: 0, tail: 0 });
});

const E = "\x1b[";

test("colours of a console", (t) => {
  t.deepEqual(spansOf("plain", 99), ["plain"]);
  t.deepEqual(spansOf("", 99), []);
  t.deepEqual(spansOf(`${E}31mred${E}0m not`, 99), [["red", "f1"], " not"]);
  t.deepEqual(spansOf(`${E}1;4;32mx${E}22;24my${E}mz`, 99), [["x", "b u f2"], ["y", "f2"], "z"]);
  t.deepEqual(spansOf(`${E}2;3;9mx${E}23;29;22my`, 99), [["x", "d i s"], "y"]);
  t.deepEqual(spansOf(`${E}7mx${E}27my`, 99), [["x", "f16 g17"], "y"]);
  t.deepEqual(spansOf(`${E}33;44;7mx`, 99), [["x", "f4 g3"]]);
  t.deepEqual(spansOf(`${E}91;102mx${E}39;49my`, 99), [["x", "f9 g10"], "y"]);
  t.deepEqual(spansOf("\x9b31mx", 99), [["x", "f1"]]);
});

test("colours beyond sixteen become the nearest of them", (t) => {
  const first = (codes: string): unknown => spansOf(`${E}${codes}mx`, 99)[0];
  t.deepEqual(first("38;5;9"), ["x", "f9"]);
  t.deepEqual(first("38;5;196"), ["x", "f1"]);
  t.deepEqual(first("38;5;46"), ["x", "f2"]);
  t.deepEqual(first("48;5;255"), ["x", "g15"]);
  t.deepEqual(first("38;2;0;0;250"), ["x", "f4"]);
  t.deepEqual(first("38:2:250:250:250"), ["x", "f15"]);
  t.deepEqual(first("38;9;1"), ["x", "b s"]);
  t.deepEqual(first("38;5"), ["x", "f0"]);
  t.is(first("58;59;999"), "x");
});

test("what is no colour is spelled", (t) => {
  t.deepEqual(spansOf(`a\x00${E}2Jb`, 99), ["a", ["\\x00\\x1b", "ctl"], "[2Jb"]);
  t.deepEqual(spansOf(`${E}31m\x07`, 99), [["\\x07", "ctl"]]);
  t.deepEqual(spansOf("a\tb\u202e", 99), ["a b\\u202e"]);
});

test("nothing that controls a terminal is left, and nothing else is lost", (t) => {
  fc.assert(
    fc.property(hostileText(), (text) => {
      const spans = spansOf(text, 10_000);
      for (const span of spans) {
        const [shown, styles] = typeof span === "string" ? [span, ""] : span;
        t.true(isPlain(shown));
        t.regex(styles, /^[a-z0-9 ]*$/);
      }
      const words = text.match(/[a-z]{3,}/g) ?? [];
      const shown = spans.map((span) => (typeof span === "string" ? span : span[0])).join("");
      if (!text.includes("\x9b") && !text.includes("\x1b"))
        for (const word of words) t.true(shown.includes(word));
    }),
  );
});
