/** `uktest store`: the values of a program, as a table and as JSON, and what it says where there are none. */
import test from "ava";
import { storeTable } from "../../src/cli/store/table.js";
import { ROOT } from "../runner/kit.js";
import { uktest } from "./run.js";

test("values of a program of the project, for people and for programs", async (t) => {
  const said = await uktest(["store", "ukstore", "-m", "v86"], { cwd: ROOT });
  t.is(said.code, 0, said.stderr);
  t.regex(said.stdout, /^ukstore\n\nVALUE +ID +TYPE +ACCESS\n/);
  t.regex(said.stdout, /^ukdebug\/console_lvl +1 +u8 +read, write$/m);
  t.regex(said.stdout, /^ukalloc\/cur_mem_use +9 +s64 +read$/m);
  t.regex(said.stdout, /^app\/closed +5 +u32 +none$/m);
  const [, count] = /\n\n(\d+) values\n$/.exec(said.stdout) ?? [];
  const json = await uktest(["store", "ukstore", "-m", "v86", "--json"], { cwd: ROOT });
  const { schema, image, entries } = JSON.parse(json.stdout) as {
    readonly schema: string;
    readonly image: string;
    readonly entries: readonly object[];
  };
  t.deepEqual([schema, image, entries.length], ["uktest-store/1", "ukstore", Number(count)]);
});

test("an image without values says so, and what is no image is one error", async (t) => {
  t.is(storeTable({ image: "a\x1bb", entries: [] }).includes("\x1b"), false);
  t.regex(storeTable({ image: "a", entries: [] }), /no library of it offers values/);
  const said = await uktest(["store", "--image", "package.json"], { cwd: ROOT });
  t.is(said.code, 3);
  t.is(said.stdout, "");
  t.regex(said.stderr, /^uktest: error: package.json: not an ELF file\n/);
});
