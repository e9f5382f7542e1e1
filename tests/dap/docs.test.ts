/**
 * What docs/debugging.md shows for the configuration of editors: the adapter is started by exactly that command, and takes exactly those words
 * of a launch. The editors themselves are not run.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { binaries } from "../ci/checkout.js";
import { launchArguments } from "../../src/cli/dap/launch-arguments.js";
import { scratch, startProgram } from "../cli/run.js";
import { ROOT } from "../runner/kit.js";
import { editorOf } from "./editor.js";

const page = readFileSync(join(ROOT, "docs/debugging.md"), "utf8");
const blockOf = (language: string): string =>
  new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\`$`, "m").exec(page)?.[1] ?? "";

interface Shown {
  readonly command: string;
  readonly args: readonly string[];
  /** Words of the launch that are none of the editor's. */
  readonly words: readonly string[];
}

const textsIn = (list: string | undefined): readonly string[] =>
  [...(list ?? "").matchAll(/"([^"]*)"/g)].map(([, text = ""]) => text);

const EDITORS: Readonly<Record<string, (block: string) => Shown>> = {
  lua: (block) => ({
    command: /\bcommand = "([^"]+)"/.exec(block)?.[1] ?? "",
    args: textsIn(/\bargs = \{([^}]*)\}/.exec(block)?.[1]),
    words: [...block.matchAll(/^ {4}(\w+) = /gm)].map(([, word = ""]) => word),
  }),
  elisp: (block) => ({
    command: /\bcommand "([^"]+)"/.exec(block)?.[1] ?? "",
    args: textsIn(/\bcommand-args \(([^)]*)\)/.exec(block)?.[1]),
    words: [...block.matchAll(/ :(\w+) /g)].map(([, word = ""]) => word),
  }),
  toml: (block) => ({
    command: /^command = "([^"]+)"/m.exec(block)?.[1] ?? "",
    args: textsIn(/^args = \[(.*)\]/m.exec(block)?.[1]),
    words: [...(/^args = \{(.*)\}/m.exec(block)?.[1] ?? "").matchAll(/(\w+) = /g)].map(
      ([, word = ""]) => word,
    ),
  }),
};
const OF_THE_EDITOR = ["name", "type", "request"];

for (const [language, read] of Object.entries(EDITORS))
  test.serial(
    `the configuration in ${language} starts the adapter, and launches with its words`,
    async (t) => {
      const { command, args, words } = read(blockOf(language));
      t.is(command, "uktest");
      t.deepEqual(args, ["dap"]);
      t.true(words.includes("pattern"));
      const { path } = scratch(t);
      const env = { PATH: `${binaries(path)}:${process.env["PATH"] ?? ""}` };
      const running = startProgram(command, args, { cwd: ROOT, env, input: null });
      const one = editorOf(t, running.child);
      const values: Readonly<Record<string, string>> = { pattern: "uktest_fails.expect", cwd: ROOT };
      const own = words.filter((word) => !OF_THE_EDITOR.includes(word));
      const launch = Object.fromEntries(own.map((word) => [word, values[word]]));
      await one.launch({ ...launch, type: "uktest", name: "uktest: a case" });
      t.is((await one.stop()).reason, "exception");
      await one.client.disconnectRequest();
      t.is(await one.left(), 0);
    },
  );

test("every word of a launch that the page names is taken, and every one that is taken is named", (t) => {
  const table = page.slice(page.indexOf("| word "), page.indexOf("Breakpoints may have"));
  const named = [...table.matchAll(/^\| ([^|]+)\|/gm)].flatMap(([, cell = ""]) =>
    [...cell.matchAll(/`(\w+)`/g)].map(([, word = ""]) => word),
  );
  t.true(named.length > 10);
  for (const word of named) {
    const error = t.throws(() => launchArguments({ [word]: {} }), undefined, word);
    t.regex(error.message, new RegExp(`^launch: "${word}" has to be `));
  }
  const source = readFileSync(join(ROOT, "src/cli/dap/launch-arguments.ts"), "utf8");
  const taken = [...source.matchAll(/^ {2}(\w+): \["[\w-]+", "/gm)].map(([, word = ""]) => word);
  t.deepEqual([...named].sort(), [...taken].sort());
});
