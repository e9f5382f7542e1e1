/** The pictures of the README are what this program prints for two recorded runs of tests/fixtures/pictures. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { SaxesParser } from "saxes";
import { ROOT } from "../ci/checkout.js";
import { uktest } from "../cli/run.js";
import { withoutColours } from "../oracles/terminal.js";
import { svgOf } from "./svg.js";

const PICTURES = [
  {
    name: "red",
    command: "npx uktest run",
    title: "A red run: a failed case, undefined behaviour, a crash with its frames",
    code: 1,
  },
  { name: "green", command: "npx uktest run", title: "A green run, proved from the guest's memory", code: 0 },
] as const;

for (const { name, command, title, code } of PICTURES)
  test(`docs/pictures/${name}.svg is what is printed, and well formed`, async (t) => {
    const record = join(ROOT, `tests/fixtures/pictures/${name}.jsonl`);
    const said = await uktest(["report", record, "-r", "pretty", "--color", "always"]);
    t.is(said.code, code, said.stderr);
    const made = svgOf(title, command, said.stdout);
    const path = join(ROOT, `docs/pictures/${name}.svg`);
    if (process.env["UKTEST_UPDATE_GOLDEN"] === "1") writeFileSync(path, made);
    t.is(readFileSync(path, "utf8"), made);
    let text = "";
    const parser = new SaxesParser();
    parser.on("text", (piece) => (text += piece));
    parser.on("error", (error) => t.fail(error.message));
    parser.write(made).close();
    const bare = (from: string): string => from.replaceAll(/\s+/g, "");
    t.true(
      bare(text).includes(bare(withoutColours(said.stdout))),
      "every word of the output is in the picture",
    );
    t.notRegex(made, /href|<script|<image|url\(/);
  });

test("what nobody draws is an error, and blanks in front of a word are not lost", (t) => {
  t.throws(() => svgOf("t", "c", "\x1b[38;5;1mx"), { message: /nobody draws/ });
  t.regex(
    svgOf("t", "c", "   <x> & y"),
    /<text x="41\.2" y="80" textLength="58\.8">&lt;x&gt; &amp; y<\/text>/,
  );
});
