/**
 * The configuration three times: what uktest checks, the JSON schema for editors, and the page that explains both. They
 * have to say the same.
 */
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { toJsonSchema } from "@valibot/to-json-schema";
import { Ajv } from "ajv";
import test from "ava";
import { putKitObjects } from "../kit-objects.js";
import { loadConfig } from "../../src/config/load.js";
import { checkConfig, configSchema } from "../../src/config/schema.js";
import { UsageError } from "../../src/core/errors.js";
import { scratch, uktest } from "../cli/run.js";
import { ROOT } from "../runner/kit.js";

const SCHEMA_FILE = join(ROOT, "docs/uktest.config.schema.json");
const PAGE = readFileSync(join(ROOT, "docs/configuration.md"), "utf8");

/** The schema that the program's own check amounts to. Pipes end with what has a shape; their first part refuses arrays. */
const made = toJsonSchema(configSchema, { target: "draft-07", typeMode: "output" });

const text = `${JSON.stringify({ $id: "uktest.config.schema.json", title: "uktest.config", ...made }, null, 2)}\n`;
// The file is not written by hand: UKTEST_UPDATE_GOLDEN=1 makes it, and a reader of the difference decides.
if (process.env["UKTEST_UPDATE_GOLDEN"] === "1") writeFileSync(SCHEMA_FILE, text);

test("the JSON schema is in step with the check", (t) => {
  t.deepEqual(JSON.parse(readFileSync(SCHEMA_FILE, "utf8")), JSON.parse(text));
});

const byAjv = new Ajv({ strict: true }).compile(JSON.parse(readFileSync(SCHEMA_FILE, "utf8")) as object);

/** What both say of a value; they have to agree. */
function verdictOf(value: unknown): "right" | "wrong" | "disputed" {
  let own = true;
  try {
    checkConfig(value, "uktest.config.json");
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    own = false;
  }
  return byAjv(value) !== own ? "disputed" : own ? "right" : "wrong";
}

const blocks = (language: string): readonly string[] =>
  [...PAGE.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\``, "gm"))].map(([, text = ""]) => text);

test("the configurations of this repository and of the page are right for both", (t) => {
  const files = [
    "uktest.config.json",
    "examples/ring/uktest.config.json",
    "examples/rust/uktest.config.json",
  ];
  const all = [...files.map((file) => readFileSync(join(ROOT, file), "utf8")), ...blocks("json")];
  t.true(all.length >= 7);
  for (const text of all) t.is(verdictOf(JSON.parse(text)), "right", text);
});

const SUITES = { a: { sources: ["a.c"] } };

test("wrong configurations are wrong for both", (t) => {
  const wrong: readonly unknown[] = [
    ...[null, 1, "text", true, [], [SUITES], {}],
    ...[[], null, "a", 1, [{ sources: ["a.c"] }]].map((suites) => ({ suites })),
    ...[{}, [], null, "a.c", { sources: [] }, { sources: "a.c" }, { sources: [""] }, { sources: [1] }].map(
      (a) => ({
        suites: { a },
      }),
    ),
    { suites: { "": { sources: ["a.c"] } } },
    { suites: { a: { sources: ["a.c"], source: ["a.c"] } } },
    { suites: { a: { sources: ["a.c"], onlyByName: "yes" } } },
    { suites: { a: { sources: ["a.c"], include: "include" } } },
    { suites: SUITES, suite: SUITES },
    ...[0, -1, 1.5, "20", null, 1e400].flatMap((ms) => [
      { suites: SUITES, timeoutMs: ms },
      { suites: SUITES, silenceMs: ms },
    ]),
    ...["", null, 1, []].map((machine) => ({ suites: SUITES, machine })),
    ...[[], { fast: [] }, { "": {} }, { fast: { flag: [] } }, { fast: { sanitize: 0 } }, { fast: null }].map(
      (profiles) => ({ suites: SUITES, profiles }),
    ),
    ...["flags", "include", "libraries"].flatMap((key) =>
      [null, "x", [""], [1], {}].map((value) => ({ suites: SUITES, [key]: value })),
    ),
    { suites: SUITES, $schema: 1 },
    ...[0, "1", 1.5].map((caseTimeoutMs) => ({ suites: SUITES, caseTimeoutMs })),
    ...[[], [5], { "a.b": 0 }, { "a.b": "1" }, { "": 1 }, 5].map((caseTimeouts) => ({
      suites: SUITES,
      caseTimeouts,
    })),
    ...[
      ...[[], null, "x", { before: ["x"] }, { timeoutMs: 0 }],
      ...[[], "x y", [[]], ["x", ["y"]], [1], [""], null, {}].map((beforeRun) => ({ beforeRun })),
    ].map((hooks) => ({ suites: SUITES, hooks })),
  ];
  for (const value of wrong) t.is(verdictOf(value), "wrong", JSON.stringify(value));
  const right: readonly unknown[] = [
    { suites: {} },
    { suites: SUITES, profiles: {}, flags: [], include: [], libraries: [], $schema: "", timeoutMs: 1 },
    { suites: SUITES, profiles: { fast: {} } },
    { suites: SUITES, caseTimeoutMs: 1, caseTimeouts: { "a.b": 1, "c*": 2 }, hooks: {} },
    { suites: SUITES, hooks: { beforeRun: ["x", "y"], afterSuite: [["x"], ["y", "z"]], timeoutMs: 1 } },
  ];
  for (const value of right) t.is(verdictOf(value), "right", JSON.stringify(value));
});

test("the words for a wrong one name file, key and what belongs there", (t) => {
  const said = (value: unknown): string =>
    t.throws(() => checkConfig(value, "/home/me/c.json"), { instanceOf: UsageError }).message;
  t.is(said([]), "/home/me/c.json: the whole file has to be Object, and is Array");
  t.is(said({}), "/home/me/c.json: suites is missing");
  t.is(said({ suites: { a: {} } }), "/home/me/c.json: suites.a.sources is missing");
  t.is(said(null), "/home/me/c.json: the whole file has to be Object, and is null");
  t.is(said({ suites: [] }), "/home/me/c.json: suites has to be Object, and is Array");
  t.is(
    said({ suites: SUITES, profiles: { fast: [] } }),
    "/home/me/c.json: profiles.fast has to be Object, and is Array",
  );
  t.is(
    said({ suites: { ring: { sources: ["a.c"], source: [] } } }),
    "/home/me/c.json: suites.ring.source is not a known key",
  );
  t.is(said({ suites: SUITES, timeoutMs: 0 }), "/home/me/c.json: timeoutMs has to be >=1, and is 0");
});

interface Shape {
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly additionalProperties?: Shape | false;
  readonly description?: string;
}

/** Keys of an object, without those of the objects in it. */
const keysOf = (shape: Shape): readonly string[] => Object.keys(shape.properties ?? {}).sort();

test("the page has a row for every key, and every key a description", (t) => {
  const root = made as Shape;
  const inside = (key: string): Shape => root.properties?.[key]?.additionalProperties || {};
  const rowsBelow = (heading: string): readonly string[] =>
    [...(PAGE.split(`### ${heading}\n`)[1]?.split("\n#")[0] ?? "").matchAll(/^\| `(.*?)`/gm)].map(
      ([, key = ""]) => key,
    );
  const rows: readonly (readonly [string, Shape])[] = [
    ["At the top", root],
    ["In a suite folder", inside("suites")],
    ["In a profile", inside("profiles")],
    ["In hooks", root.properties?.["hooks"] ?? {}],
  ];
  for (const [heading, shape] of rows) {
    t.deepEqual([...rowsBelow(heading)].sort(), keysOf(shape), heading);
    for (const [key, { description = "" }] of Object.entries(shape.properties ?? {}))
      t.regex(description, /\S\.$|…$/, `${heading}: ${key}`);
  }
});

test.serial("every configuration of the page builds and runs", async (t) => {
  const { path, put } = scratch(t);
  await putKitObjects(path);
  for (const name of ["ring.c", "ring.h", "test_ring.c"])
    cpSync(join(ROOT, "examples/ring", name), join(path, name));
  for (const text of blocks("json")) {
    put("uktest.config.json", text);
    for (const profile of [
      undefined,
      ...Object.keys((JSON.parse(text) as { profiles?: object }).profiles ?? {}),
    ]) {
      const options = profile === undefined ? [] : ["--profile", profile];
      const { suites, matrix } = JSON.parse(text) as {
        readonly suites: object;
        readonly matrix?: { readonly profiles: readonly string[] };
      };
      const names = Object.keys(suites);
      const cells = profile === undefined ? (matrix?.profiles.length ?? 1) : 1;
      const programs = names.length * cells;
      const { code, stdout, stderr } = await uktest(["run", ...names, "-m", "v86", ...options], {
        cwd: path,
      });
      t.is(code, 0, `${text}\n${stdout}${stderr}`);
      t.regex(stdout, new RegExp(`^COUNTS suites=${String(programs)} cases=${String(3 * programs)} `, "m"));
    }
  }
});

test.serial("the program of the page is a configuration", async (t) => {
  const { put } = scratch(t);
  const [program = ""] = blocks("ts");
  const { config } = await loadConfig(put("uktest.config.ts", program));
  t.deepEqual(config, { suites: { ring: { sources: ["ring.c", "test_ring.c"] } } });
});

test("the package ships the page and the schema", (t) => {
  const { files } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
    files: readonly string[];
  };
  t.true(files.includes("docs"));
});
