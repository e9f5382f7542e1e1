/**
 * The house keeps its own rules: the table of rooms, the manners a machine can see, the C rows, the manifest. The second
 * half feeds each rule a made-up tree that breaks it, because a check that cannot fail checks nothing.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import test from "ava";
import { circlesOf } from "./architecture/circles.js";
import { includeBreachesOf } from "./architecture/c-includes.js";
import { foldersSeenBy } from "./architecture/c-needs.js";
import { type Manifest, manifestBreaches } from "./architecture/packages.js";
import {
  ALLOWED_PAIRS,
  ALLOWED_USES,
  ROOMS,
  FILE_SINK,
  MAX_FILES,
  PROGRAM,
  SINK,
} from "./architecture/rooms.js";
import { breachesOf, roomOf, scriptsOf, type Tree } from "./architecture/rules.js";
import { readTree } from "./architecture/tree.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const tree = readTree(ROOT, ["src", "runner", "reporters", "bench", "tests", "guest", "suites"]);
const textOf = (path: string): string => readFileSync(join(ROOT, path), "utf8");
const docs = (): readonly string[] =>
  readdirSync(join(ROOT, "docs"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`);
const manifest = JSON.parse(textOf("package.json")) as Manifest;

test("the code keeps the table of rooms and the manners", (t) => {
  t.true([...tree.keys()].filter((path) => roomOf(path) !== undefined).length > 80, "the tree was read");
  t.deepEqual(breachesOf(tree), []);
});

const HEADER = "/** Says what it is. */\n";
const PROGRAMS = /^(?:src|runner|reporters)\//;

test("no circle of imports, types included", (t) => {
  t.deepEqual(circlesOf(new Map([...scriptsOf(tree)].filter(([path]) => PROGRAMS.test(path)))), []);
  const made = (files: Readonly<Record<string, string>>): readonly string[] =>
    circlesOf(scriptsOf(new Map(Object.entries(files).map(([path, text]) => [path, HEADER + text]))));
  const importing = (name: string, word = "import"): string => `${word} { x } from "./${name}.js";\n`;
  t.deepEqual(made({ "src/a.ts": importing("b"), "src/b.ts": importing("c"), "src/c.ts": "" }), []);
  t.deepEqual(made({ "src/a.ts": importing("b"), "src/b.ts": importing("a", "import type") }), [
    "src/a.ts -> src/b.ts -> src/a.ts",
  ]);
  t.is(
    made({
      "src/a.ts": importing("b"),
      "src/b.ts": 'export const f = () => import("./c.js");\n',
      "src/c.ts": importing("a", "export type"),
    }).length,
    1,
  );
});

/** Words of our own for what the field has a term for; each came back once. */
const OUR_WORDS =
  /\bbehind (?:the|it|them|a|an|each|every|that|this|all|its|their|any)\b|\bcannot be meant\b|\bwrong use\b|\bthe rig failed\b|\b(?:was|were|is|are) told\b/i;

test("plain words: what the field has a term for is called by it", (t) => {
  const texts = [...tree, ...["README.md", ...docs()].map((path) => [path, textOf(path)] as const)];
  const found = texts.flatMap(([path, text]) =>
    path.startsWith("tests/")
      ? []
      : text
          .split("\n")
          .flatMap((line, at) => (OUR_WORDS.test(line) ? [`${path}:${String(at + 1)}: ${line.trim()}`] : [])),
  );
  t.deepEqual(found, []);
  t.regex("a message that stands behind the last point", OUR_WORDS);
  t.notRegex("no emulator stays behind; the run leaves nothing behind.", OUR_WORDS);
});

test("no folder of the program has more files than one looks through", (t) => {
  const counts = new Map<string, number>();
  for (const path of [...tree.keys()].filter((one) => PROGRAM.some((root) => one.startsWith(`${root}/`)))) {
    const folder = path.slice(0, path.lastIndexOf("/"));
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  t.deepEqual(
    [...counts].filter(([, count]) => count > MAX_FILES),
    [],
  );
});

test("suites and libraries of the guest kit include what they may", (t) => {
  t.true(tree.has("guest/lib/uktest/include/uk/test.h"), "the headers were read");
  t.deepEqual(includeBreachesOf(tree, foldersSeenBy(textOf("uktest.config.json"))), []);
});

test("the manifest names what the code needs, in one version each, and nothing else", (t) => {
  const words = [
    "eslint.config.js",
    "build/bundle.mjs",
    "tests/coverage/run.mjs",
    "tests/coverage/instrument.mjs",
    "tests/docs/package.test.ts",
    // Opens a page of its package, and imports nothing.
    "tests/browser/speedscope.test.ts",
  ]
    .map(textOf)
    .join(" ");
  t.deepEqual(manifestBreaches(manifest, scriptsOf(tree), words), []);
});

test("every exception of the table is in use", (t) => {
  const scripts = scriptsOf(tree);
  for (const [from, , why] of ALLOWED_PAIRS) t.true((scripts.get(from)?.imports.length ?? 0) > 0, why);
  for (const [path, name, why] of ALLOWED_USES)
    t.true(scripts.get(path)?.uses.some((use) => use.name === name) === true, why);
  t.true(scripts.has(SINK));
});

/** Files that made-up files import. */
const AROUND = [
  "src/core/events.ts",
  "src/core/segment.ts",
  "src/text/xml.ts",
  "src/serial/lines.ts",
  "src/image/plan.ts",
  "src/config/load.ts",
  "src/record/events.ts",
  "src/trace/kept.ts",
  "src/coverage/gcda.ts",
  "src/profile/folded.ts",
  "src/rsp/framing.ts",
  "src/mi/records.ts",
  "src/debug/session.ts",
  "src/dap/adapter.ts",
  "src/dialects/tap.ts",
  "src/dialects/tap/lines.ts",
  "src/faults/unikraft/families.ts",
  "src/faults/unikraft/kasan.ts",
  "src/faults/unikraft/with-screen.ts",
  "src/faults/facts/ubsan-checks.ts",
  "src/console/reader.ts",
  "src/history/known.ts",
  "src/delivery/sink.ts",
  "src/run/project.ts",
  "src/cli/report.ts",
  "reporters/json.ts",
  "reporters/junit/body.ts",
  "reporters/view/line.ts",
  "runner/clock.ts",
  "tests/console.ts",
  "bench/parse.ts",
];

/** The breaches of one made-up file among innocent ones. */
function breachesIn(path: string, code: string): readonly string[] {
  const made: Tree = new Map([...AROUND.map((file) => [file, HEADER] as const), [path, HEADER + code]]);
  return breachesOf(made);
}

const up = (path: string): string => "../".repeat(path.split("/").length - 1) || "./";
const importing = (path: string, target: string): string =>
  `import { x } from "${up(path)}${target.replace(/\.ts$/, ".js")}";\n`;

/** Who may import whom, spelled out once more and by hand: rows import columns. */
const COLUMNS: readonly (readonly [string, string])[] = [
  ["core", "src/core/events.ts"],
  ["text", "src/text/xml.ts"],
  ["serial", "src/serial/lines.ts"],
  ["image", "src/image/plan.ts"],
  ["config", "src/config/load.ts"],
  ["record", "src/record/events.ts"],
  ["trace", "src/trace/kept.ts"],
  ["coverage", "src/coverage/gcda.ts"],
  ["profile", "src/profile/folded.ts"],
  ["rsp", "src/rsp/framing.ts"],
  ["mi", "src/mi/records.ts"],
  ["dialects", "src/dialects/tap.ts"],
  ["faults", "src/faults/unikraft/kasan.ts"],
  ["console", "src/console/reader.ts"],
  ["history", "src/history/known.ts"],
  ["delivery", "src/delivery/sink.ts"],
  ["run", "src/run/project.ts"],
  ["debug", "src/debug/session.ts"],
  ["dap", "src/dap/adapter.ts"],
  ["cli", "src/cli/report.ts"],
  ["reporters", "reporters/json.ts"],
  ["runner", "runner/clock.ts"],
  ["tests", "tests/console.ts"],
  ["bench", "bench/parse.ts"],
];
const ROWS: Readonly<Record<string, string>> = {
  "src/core": "core",
  "src/text": "text",
  "src/serial": "serial",
  "src/dialects": "core",
  "src/faults": "core",
  "src/marker": "core",
  "src/image": "core image",
  "src/config": "core config",
  "src/record": "core record",
  reporters: "core text",
  "src/rsp": "rsp",
  "src/mi": "mi",
  runner: "core image config rsp mi runner",
  "src/console": "core text serial dialects faults console",
  "src/history": "core text serial config record history",
  "src/delivery": "core text reporters delivery",
  "src/run": "core text config image record console history trace coverage profile run runner",
  "src/debug": "core text image rsp run debug runner",
  "src/dap": "core text mi debug dap runner",
  "src/trace": "core text trace",
  "src/coverage": "core text coverage",
  "src/profile": "core text profile",
  "src/library": "core library",
  "src/index.ts": "core library history run",
  "src/cli": "core text image config record console history trace profile delivery run debug dap cli runner",
};

for (const [room, allowed] of Object.entries(ROWS)) {
  test(`${room} imports ${allowed} and nothing else`, (t) => {
    for (const [name, target] of COLUMNS) {
      const path = `${room}/made-up.ts`;
      const found = breachesIn(path, importing(path, target));
      t.is(found.length, allowed.split(" ").includes(name) ? 0 : 1, `${name}: ${found.join("; ")}`);
      for (const breach of found) t.true(breach.startsWith(`${path}:2: may not import ${target}`), breach);
    }
  });
}

test("every room of the table has its row above", (t) => {
  t.deepEqual(Object.keys(ROWS).sort(), Object.keys(ROOMS).sort());
});

test("what a room may use: modules, names, packages", (t) => {
  const reads = 'import { readFileSync } from "node:fs";\n';
  const uses: readonly (readonly [code: string, rooms: string])[] = [
    [
      reads,
      "src/image src/config src/record src/history src/delivery src/run src/debug src/dap runner src/cli",
    ],
    ['import { spawn } from "node:child_process";\n', "runner"],
    ['import { connect } from "node:net";\n', "runner"],
    [
      'import { join } from "node:path";\n',
      "src/config src/history src/delivery src/run src/debug runner src/cli",
    ],
    ['import { env } from "node:process";\n', "runner"],
    ['import { setTimeout as later } from "node:timers/promises";\n', "runner"],
    ['import { performance as p } from "node:perf_hooks";\n', "runner"],
    ["export const now = Date.now();\n", "runner"],
    ["export const now = performance.now();\n", "runner"],
    ["setTimeout(() => {}, 1);\n", "runner"],
    ["setInterval(() => {}, 1);\n", "runner"],
    ["setImmediate(() => {});\n", "runner"],
    ["export const late = (x: Date) => x;\n", "runner"],
    ["export const env = process.env;\n", "src/history src/delivery runner src/cli"],
    ["export const t = process.hrtime();\n", "runner"],
    ['void fetch("http://localhost");\n', "runner"],
    ['new WebSocket("ws://localhost");\n', "runner"],
    ["export const here = import.meta.url;\n", "src/delivery runner src/cli"],
    [
      'export const b = Buffer.from("x");\n',
      "src/serial src/rsp src/mi src/image src/history src/run src/dap src/cli runner",
    ],
    ['import * as v from "valibot";\n', "src/config src/record src/trace src/coverage"],
    ['import { Parser } from "tap-parser";\n', "src/dialects"],
    ['import { Ansis } from "ansis";\n', "reporters"],
    ['import b from "junit-report-builder";\n', "reporters"],
    ['import pm from "picomatch";\n', "src/run src/coverage runner"],
    ['import { Handles } from "@vscode/debugadapter";\n', "src/dap"],
    ['import yargs from "yargs";\n', "src/cli"],
    ['import { parse } from "jsonc-parser";\n', "src/cli"],
    ['import { x } from "@scope/unheard/of";\n', ""],
    ['import fs from "fs";\n', ""],
  ];
  for (const [code, rooms] of uses)
    for (const room of Object.keys(ROOMS)) {
      const found = breachesIn(`${room}/made-up.ts`, code);
      t.is(found.length, rooms.split(" ").includes(room) ? 0 : 1, `${room}: ${code}${found.join("; ")}`);
    }
});

test("every way to import counts", (t) => {
  const path = "src/core/made-up.ts";
  const ways = [
    'import "../text/xml.js";',
    'import x from "../text/xml.js";',
    'import * as x from "../text/xml.js";',
    'import { type X } from "../text/xml.js";',
    'import type { X } from "../text/xml.js";',
    'export * from "../text/xml.js";',
    'export { x } from "../text/xml.js";',
    'export type { X } from "../text/xml.js";',
    'export const x = await import("../text/xml.js");',
    "export const x = await import(`../text/xml.js`);",
    'export type X = import("../text/xml.js").X;',
    'import x = require("../text/xml.js");',
    'export const f = () => { if (f) return import("../text/xml.js"); };',
    'import { x } from "./../core/../text/xml.js";',
  ];
  for (const way of ways)
    t.deepEqual(breachesIn(path, `${way}\n`), [`${path}:2: may not import src/text/xml.ts`], way);
  for (const hidden of [
    "export const f = (name: string) => import(name);",
    'export const f = () => import("../te" + "xt/xml.js");',
    'const x = require("../text/xml.js");',
    'import { createRequire } from "node:module";',
    '/// <reference path="../text/xml.ts" />',
  ])
    t.is(breachesIn(path, `${hidden}\n`).length, 1, hidden);
  t.is(breachesIn(path, 'import { x } from "./gone.js";\n').length, 1);
});

test("what only looks like an import or a use is none", (t) => {
  const innocent = [
    '// import { x } from "../text/xml.js";',
    "export const text = \"import x from '../text/xml.js'; console.log(process.env)\";",
    "export const text = `setTimeout(${1}) Date.now() console.log()`;",
    "export const f = (a: { Date: number; process: string }) => a.Date + a.process;",
    "export const o = { console: 1, fetch() { return 2; } };",
    "export const r = /process.stdout.write/;",
    "/* console.log(Date.now()) */",
    "interface Row { performance: number; setTimeout(): void }",
  ];
  for (const code of innocent) t.deepEqual(breachesIn("src/core/made-up.ts", `${code}\n`), [], code);
});

test("serial sees the contract of a segment; dialects and faults see serial's types only", (t) => {
  t.deepEqual(
    breachesIn("src/serial/made-up.ts", importing("src/serial/made-up.ts", "src/core/segment.ts")),
    [],
  );
  for (const room of ["src/dialects", "src/faults"]) {
    const path = `${room}/made-up.ts`;
    t.deepEqual(breachesIn(path, 'import type { X } from "../serial/lines.js";\n'), []);
    t.deepEqual(breachesIn(path, 'import { type X } from "../serial/lines.js";\n'), []);
    t.is(breachesIn(path, 'import { type X, y } from "../serial/lines.js";\n').length, 1);
    t.is(breachesIn(path, 'import y, { type X } from "../serial/lines.js";\n').length, 1);
    t.is(breachesIn(path, 'export * from "../serial/lines.js";\n').length, 1);
  }
});

test("plug-ins do not know each other, only their own parts and what the table shares", (t) => {
  const cases: readonly (readonly [path: string, target: string, breaches: number])[] = [
    ["src/dialects/made-up.ts", "src/dialects/tap.ts", 1],
    ["src/dialects/made-up.ts", "src/dialects/tap/lines.ts", 1],
    ["src/dialects/tap/made-up.ts", "src/dialects/tap/lines.ts", 0],
    ["src/dialects/tap.ts", "src/dialects/tap/lines.ts", 0],
    ["src/faults/made-up.ts", "src/faults/unikraft/kasan.ts", 1],
    ["src/faults/made-up.ts", "src/faults/unikraft/families.ts", 1],
    ["src/faults/made-up.ts", "src/faults/unikraft/with-screen.ts", 1],
    ["src/faults/unikraft/families.ts", "src/faults/unikraft/kasan.ts", 0],
    ["src/faults/unikraft/ubsan.ts", "src/faults/facts/ubsan-checks.ts", 0],
    ["src/faults/made-up.ts", "src/faults/facts/ubsan-checks.ts", 0],
    ["reporters/made-up.ts", "reporters/json.ts", 1],
    ["reporters/made-up.ts", "reporters/junit/body.ts", 1],
    ["reporters/junit.ts", "reporters/junit/body.ts", 0],
    ["reporters/made-up.ts", "reporters/view/line.ts", 0],
    ["reporters/junit/made-up.ts", "reporters/view/line.ts", 0],
    ["reporters/view/made-up.ts", "reporters/view/line.ts", 0],
    ["reporters/view/made-up.ts", "reporters/json.ts", 1],
  ];
  for (const [path, target, breaches] of cases)
    t.is(breachesIn(path, importing(path, target)).length, breaches, `${path} -> ${target}`);
});

test("only the sink writes, to streams and to files", (t) => {
  const prints = [
    'process.stdout.write("x");',
    'process["stderr"].write("x");',
    'process.stdout.end("x");',
    "const { stdout } = process;",
    "const p = process;",
    'const s = process.stdout; s.write("x");',
    'const s = true ? process.stderr : process.stdout; s.end("x");',
    'console.log("x");',
    'const c = console; c.error("x");',
    'globalThis.console.log("x");',
    'import { writeFileSync } from "node:fs";',
    'import { rename as move } from "node:fs/promises";',
    'import * as fs from "node:fs";',
    'import fs from "node:fs";',
  ];
  for (const code of prints) {
    t.is(breachesIn("src/delivery/destinations.ts", `${code}\n`).length, 1, code);
    t.true(breachesIn("src/cli/made-up.ts", `${code}\n`).length >= 1, code);
  }
  t.deepEqual(breachesIn(SINK, 'process.stdout.write("x");\n'), []);
  t.deepEqual(breachesIn(FILE_SINK, 'import { writeFileSync } from "node:fs";\n'), []);
  t.is(breachesIn(SINK, "console.log(1);\n").length, 1);
  t.deepEqual(
    breachesIn(
      "src/delivery/destinations.ts",
      "const s = streamSink(process.stdout); s.write(process.stderr.isTTY);\n",
    ),
    [],
  );
  t.is(breachesIn("src/cli/made-up.ts", "export const tty = process.stdout.isTTY;\n").length, 1);
});

test("names, sizes, headers, homes", (t) => {
  for (const name of ["utils", "helpers", "common", "misc", "util", "Helpers", "common.test"])
    for (const path of [
      `src/core/${name}.ts`,
      `tests/${name}.ts`,
      `src/core/${name}/x.ts`,
      `guest/lib/${name}.c`,
    ])
      t.is(breachesIn(path, "").length, 1, path);
  t.deepEqual(breachesIn("src/core/utility-bill.ts", ""), []);
  const long = (lines: number): string => "export {};\n".repeat(lines - 1);
  for (const path of [
    "src/core/x.ts",
    "runner/x.ts",
    "reporters/x.ts",
    "bench/x.ts",
    "guest/lib/x.c",
    "suites/x.c",
  ]) {
    t.deepEqual(breachesIn(path, long(350)), [], path);
    t.is(breachesIn(path, long(351)).length, 1, path);
  }
  t.deepEqual(breachesIn("tests/x.ts", long(500)), []);
  t.is(breachesIn("src/elsewhere/x.ts", "").length, 1);
  t.is(breachesIn("src/x.ts", "").length, 1);
  const headless = breachesOf(new Map([["src/core/x.ts", "export {};\n"]]));
  t.deepEqual(headless, ["src/core/x.ts: has no header"]);
});

test("no escape from a check, in whatever comment", (t) => {
  // Written in two parts, so that this file does not hold what it looks for.
  for (const word of [
    "@ts-" + "ignore",
    "@ts-" + "expect-error",
    "@ts-" + "nocheck",
    "eslint-" + "disable",
  ]) {
    for (const comment of [`// ${word}`, `/* ${word} x */`, `/**\n * ${word}-next-line\n */`])
      for (const path of ["src/core/x.ts", "tests/x.ts", "bench/x.ts"])
        t.is(
          breachesIn(path, `${comment}\nexport const x = 1; ${comment}\n`).length,
          2,
          `${path} ${comment}`,
        );
    t.deepEqual(breachesIn("src/core/x.ts", `export const x = "${word}";\n`), []);
  }
  t.is(breachesIn("src/core/x.ts", "export const f = (x: any) => x;\n").length, 1);
  t.is(breachesIn("tests/x.ts", "export const f = (x: unknown) => x as any;\n").length, 1);
  t.is(breachesIn("src/core/x.ts", "export enum E { a }\n").length, 1);
});

const VFSCORE = ["guest/lib/vfscore/include"];

test("C: a suite sees the headers of its libraries and its own folder", (t) => {
  const kit = (path: string, code: string): readonly string[] =>
    includeBreachesOf(
      new Map([
        ["guest/include/uk/list.h", ""],
        ["guest/lib/uktest/include/uk/test.h", ""],
        ["guest/lib/vfscore/include/vfscore/vnode.h", ""],
        ["guest/arch/arm64/trap.h", ""],
        ["guest/plat/pc/serial.h", ""],
        ["guest/lib/ubsan/report.h", ""],
        ["guest/lib/uktest/own.h", ""],
        ["suites/list/own.h", ""],
        ["suites/other/theirs.h", ""],
        [path, code],
      ]),
      (home) => ["guest/lib/uktest/include", ...(home === "suites/files" ? VFSCORE : []), "guest/include"],
    );
  const rows: readonly (readonly [path: string, directive: string, breaches: number])[] = [
    ["suites/list/a.c", "#include <uk/test.h>", 0],
    ["suites/list/a.c", "#include <uk/list.h>", 0],
    ["suites/files/a.c", "#include <vfscore/vnode.h>", 0],
    ["suites/list/a.c", "#include <vfscore/vnode.h>", 1],
    ["guest/lib/uktest/a.c", "#include <vfscore/vnode.h>", 1],
    ["suites/list/a.c", '#include "../../guest/lib/vfscore/include/vfscore/vnode.h"', 1],
    ["suites/list/a.c", '#include "uk/test.h"', 0],
    ["suites/list/a.c", "#include <stdint.h>", 0],
    ["suites/list/a.c", '#include "own.h"', 0],
    ["suites/list/a.c", '#include "../../guest/include/uk/list.h"', 0],
    ["suites/list/a.c", '#include "../other/theirs.h"', 1],
    ["suites/list/a.c", '#include "../../guest/lib/ubsan/report.h"', 1],
    ["suites/list/a.c", '#include "../../guest/arch/arm64/trap.h"', 1],
    ["suites/list/a.c", "#include <../arch/arm64/trap.h>", 1],
    ["suites/list/a.c", "#include <stdio.h>", 1],
    ["suites/list/a.c", "#include HEADER", 1],
    ["suites/a.c", "#include <uk/gone.h>", 1],
    ["guest/lib/uktest/a.c", "#include <uk/test.h>", 0],
    ["guest/lib/uktest/a.c", '#include "own.h"', 0],
    ["guest/lib/uktest/a.c", '#include "../ubsan/report.h"', 1],
    ["guest/lib/uktest/a.c", '#include "../../plat/pc/serial.h"', 1],
    ["guest/lib/uktest/a.S", '#include "../../arch/arm64/trap.h"', 1],
    ["guest/lib/uktest/own2.h", "#  include /* x */ <serial.h> // y", 1],
    ["guest/lib/uktest/a.c", "#inc\\\nlude <serial.h>", 1],
    ["guest/lib/uktest/a.c", "/* #include <serial.h> */", 0],
    ["guest/lib/uktest/a.c", 'char *s = "/*";\n#include <serial.h>\nchar *e = "*/";', 1],
    ["guest/arch/arm64/a.c", '#include "../../plat/pc/serial.h"', 0],
  ];
  for (const [path, directive, breaches] of rows)
    t.is(kit(path, `${directive}\n`).length, breaches, `${path}: ${directive}`);
  t.regex(kit("suites/list/a.c", "\n\n#include <stdio.h>\n")[0] ?? "", /^suites\/list\/a\.c:3: /);
});

test("a folder on disk is read as the rules expect it", (t) => {
  const root = mkdtempSync(join(tmpdir(), "uktest-tree-"));
  t.teardown(() => rmSync(root, { recursive: true }));
  const put = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  put("suites/list/a.c", "#include <stdio.h>\n");
  put("guest/lib/x/b.S", '#include "../../plat/pc/c.h"\n');
  put("guest/plat/pc/c.h", "");
  put("src/core/deep/d.ts", "console.log(1);\n");
  const made = readTree(root, ["src", "guest", "suites", "runner"]);
  t.is(includeBreachesOf(made, () => ["guest/include"]).length, 2);
  t.deepEqual(breachesOf(made), [
    "src/core/deep/d.ts: has no header",
    "src/core/deep/d.ts:1: uses console: only the sink prints",
  ]);
});

test("the manifest's rules can fail", (t) => {
  const scripts = scriptsOf(
    new Map([
      [
        "src/cli/x.ts",
        'import yargs from "yargs";\nimport sub from "@scope/name/deep.js";\nimport { createJiti } from "jiti";\n',
      ],
      ["tests/x.ts", 'import fc from "fast-check";\n'],
    ]),
  );
  const good = {
    dependencies: { jiti: "2.7.0" },
    devDependencies: {
      yargs: "18.2.0",
      "@scope/name": "1.0.0-rc.1",
      "fast-check": "4.0.0",
      "@types/yargs": "1.0.0",
      "@types/node": "20.0.0",
      ava: "7.0.0",
    },
    scripts: { test: "npm run build && ava" },
  };
  t.deepEqual(manifestBreaches(good, scripts, ""), []);
  const broken: readonly (readonly [Manifest, string])[] = [
    [{ ...good, dependencies: {} }, "src/cli/x.ts: jiti is not among the dependencies"],
    [{ ...good, devDependencies: {} }, "src/cli/x.ts: @scope/name is declared nowhere"],
    [{ ...good, dependencies: { jiti: "^2.7.0" } }, "jiti: ^2.7.0 is not one version"],
    [
      { ...good, dependencies: { ...good.dependencies, yargs: "18.2.0" } },
      "yargs: is bundled, and need not be installed with uktest",
    ],
    [{ ...good, dependencies: { ...good.dependencies, idle: "1.0.0" } }, "idle: unused"],
    [{ ...good, dependencies: { ...good.dependencies, "fast-check": "4.0.0" } }, "fast-check: unused"],
    [{ ...good, devDependencies: { ...good.devDependencies, idle: "1.0.0" } }, "idle: unused"],
    [
      { ...good, devDependencies: { ...good.devDependencies, "@types/idle": "1.0.0" } },
      "@types/idle: unused",
    ],
    [{ ...good, devDependencies: {} }, "tests/x.ts: fast-check is declared nowhere"],
    [{ ...good, scripts: {} }, "ava: unused"],
  ];
  for (const [made, breach] of broken) t.true(manifestBreaches(made, scripts, "").includes(breach), breach);
});
