/** Reporters of the user's own: by path, in TypeScript, by package; and what is wrong with one is named where it stands. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { LOGS, scratch, uktest } from "../cli/run.js";

const LOG = join(LOGS, "v0.17-x86_64-failures-ubsan-noise.log");
const COUNTING = [
  "export const reporter = {",
  '  name: "counting",',
  '  summary: "counts cases",',
  '  options: { style: ["short", "long"] },',
  "  async *render(events, { options }) {",
  "    let cases = 0;",
  '    for await (const { type } of events) if (type === "case-finished") cases += 1;',
  '    yield `${options.style ?? "plain"}: ${cases} cases\\n`;',
  "  },",
  "};",
].join("\n");

test("by path, with a file and an option, beside a reporter of ours", async (t) => {
  const { path, put, text } = scratch(t);
  put("mine.mjs", COUNTING);
  const words = ["report", LOG, "-r", "./mine.mjs=out.txt,style=long", "-r", "lines"];
  const said = await uktest(words, { cwd: path });
  t.is(said.code, 1, said.stderr);
  t.regex(text("out.txt"), /^long: \d+ cases\n$/);
  t.regex(said.stdout, /^VERDICT failed/m);
  const wrong = await uktest(["report", LOG, "-r", "./mine.mjs,style=wide"], { cwd: path });
  t.is(wrong.code, 2);
  t.regex(wrong.stderr, /one of: short, long/);
});

test("in TypeScript, exported by default; and as a package", async (t) => {
  const { path, put } = scratch(t);
  put(
    "typed.ts",
    `${COUNTING.replace("export const reporter =", "const one: unknown =")}\nexport default one;\n`,
  );
  const typed = await uktest(["report", LOG, "-r", "./typed.ts"], { cwd: path });
  t.regex(typed.stdout, /^plain: \d+ cases\n$/, typed.stderr);
  mkdirSync(join(path, "node_modules/uktest-counting"), { recursive: true });
  put("node_modules/uktest-counting/index.mjs", COUNTING);
  put(
    "node_modules/uktest-counting/package.json",
    '{"name":"uktest-counting","exports":{"import":"./index.mjs"}}',
  );
  const packed = await uktest(["report", LOG, "-r", "uktest-counting,style=short"], { cwd: path });
  t.regex(packed.stdout, /^short: \d+ cases\n$/, packed.stderr);
});

test("one that throws is named with its own file and line, and the others are written", async (t) => {
  const { path, put, text } = scratch(t);
  put("broken.mjs", COUNTING.replace("let cases = 0;", 'throw new TypeError("no cases today");'));
  const said = await uktest(["report", LOG, "-r", "./broken.mjs", "-r", "json=out.json"], { cwd: path });
  t.is(said.code, 3);
  t.regex(said.stderr, /the reporter \.\/broken\.mjs failed: no cases today \(.*broken\.mjs:6\)/);
  t.notRegex(said.stderr, /\n +at /);
  t.is((JSON.parse(text("out.json")) as { readonly verdict: string }).verdict, "failed");
});

test("what cannot be loaded, and what is no reporter", async (t) => {
  const { path, put } = scratch(t);
  put("syntax.mjs", "export const reporter = {\n  name: ,\n};\n");
  put("other.mjs", "export const answer = 42;\n");
  put("needs.mjs", 'import "./gone.mjs";\nexport const reporter = {};\n');
  for (const [name, words] of [
    ["./syntax.mjs", /the reporter \.\/syntax\.mjs cannot be loaded: /],
    ["./other.mjs", /\.\/other\.mjs exports no reporter\n +it has to export `reporter`/],
    ["./needs.mjs", /the reporter \.\/needs\.mjs cannot be loaded: .*gone\.mjs/],
    ["./none.mjs", /no such reporter: \.\/none\.mjs/],
    ["junitt", /unknown reporter "junitt"\n +did you mean "junit"/],
  ] as const) {
    const said = await uktest(["report", LOG, "-r", name], { cwd: path });
    t.is(said.code, 2, said.stderr);
    t.regex(said.stderr, words);
    t.is(said.stdout, "");
  }
});

test("one that never ends leaves no green run, and says so", async (t) => {
  const { path, put } = scratch(t);
  put("hang.mjs", COUNTING.replace("yield ", "await new Promise(() => undefined); yield "));
  const green = join(LOGS, "v0.17-x86_64-all-suites-pass.log");
  for (const words of [
    ["-r", "./hang.mjs"],
    ["-r", "./hang.mjs=out.txt", "-r", "lines"],
  ]) {
    const said = await uktest(["report", green, ...words], { cwd: path });
    t.is(said.code, 3);
    t.regex(said.stderr, /a reporter never ended/);
  }
});

test("one that fails where nobody waits for it, or ends the process, is never green", async (t) => {
  const green = join(LOGS, "v0.17-x86_64-all-suites-pass.log");
  const rows: readonly (readonly [code: string, said: RegExp])[] = [
    [
      'setTimeout(() => { throw new Error("late"); }, 1);',
      /stray\.mjs:5 failed outside of what it was called for: late\n$/,
    ],
    [
      'void Promise.reject(new Error("loose"));',
      /stray\.mjs:5 failed outside of what it was called for: loose\n$/,
    ],
    ["process.exit(0);", /something ended the process before the command was done/],
  ];
  for (const [code, said] of rows) {
    const { path, put } = scratch(t);
    put(
      "stray.mjs",
      `export const reporter = {\n  name: "stray",\n  summary: "strays",\n  async *render(events) {\n    ${code}\n    for await (const _ of events);\n    await new Promise((resolve) => setTimeout(resolve, 50));\n    yield "done\\n";\n  },\n};\n`,
    );
    const run = await uktest(["report", green, "-r", "./stray.mjs", "-r", "json=out.json"], { cwd: path });
    t.is(run.code, 3, run.stderr);
    t.regex(run.stderr, said);
    t.notRegex(run.stderr, /\n +at /);
    if (!code.startsWith("process.exit")) t.is(run.stdout, "done\n");
  }
});
