/** The routines of the compiler that images are linked with, and what a build says where there are none. */
import { chmodSync, existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import test from "ava";
import { libgccFor } from "../../runner/build/libgcc.js";
import { toolchainFor } from "../../runner/build/toolchain.js";
import { scratch, uktest } from "../cli/run.js";
import { demo } from "../cli/project.js";

/** A compiler that compiles, and answers like one without a library of its own. */
const BARE = `#!/bin/sh
for word; do [ "$word" = -print-libgcc-file-name ] && echo libgcc.a && exit 0; done
PATH='${process.env["PATH"] ?? ""}' exec gcc "$@"
`;

const { signal: stop } = new AbortController();

for (const compiler of ["gcc", "clang"] as const)
  test(`${compiler} finds its library for 64 bits, and none is asked for i386`, async (t) => {
    for (const architecture of ["x86_64", "arm64"] as const) {
      const path = await libgccFor(architecture, toolchainFor(architecture, compiler), stop);
      t.true(path !== undefined && existsSync(path), `${architecture}: ${String(path)}`);
    }
    t.is(await libgccFor("i386", toolchainFor("i386", compiler), stop), undefined);
  });

test("a compiler without it is named once, with the package to install", async (t) => {
  const project = await demo(t);
  const tools = scratch(t);
  tools.put("gcc", BARE);
  chmodSync(join(tools.path, "gcc"), 0o755);
  const env = { PATH: `${tools.path}${delimiter}${process.env["PATH"] ?? ""}` };
  const said = await uktest(["run", "-m", "qemu-x86_64"], { cwd: project.path, env });
  t.is(said.code, 3, said.stderr);
  t.is(said.stderr.split("finds no libgcc for x86_64").length, 2, said.stderr);
  t.regex(said.stderr, /apt-get install gcc/);
});
