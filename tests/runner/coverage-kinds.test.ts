/**
 * The kit's own suites, compiled without optimisation: the code that the emulator ran is of the same lines as those that gcc
 * counts, of each boot and of each case. What differs by nature is in same-lines.ts.
 * UKTEST_TEST_SUITES=all compares all green suites, which takes minutes; else those that bring most for their time.
 */
import { execFileSync } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import test from "ava";
import { findProgram } from "../../runner/process/parent-death-signal.js";
import type { RunEvent } from "../../src/core/events.js";
import { turns } from "../amount.js";
import { scratch } from "../cli/run.js";
import { ROOT } from "./kit.js";
import { compareLines, type Units, unitsIn } from "./same-lines.js";

const SUITES =
  process.env["UKTEST_TEST_SUITES"] === "all" ? [] : ["nolibc-extra", "ukargparse", "ukstore", "uktrace"];
const COMPILERS = ["gcc", "x86_64-linux-gnu-gcc", "aarch64-linux-gnu-gcc"];

/** A copy of this project: its objects are none of what other tests boot. */
function copyOfKit(path: string): void {
  for (const name of ["dist/bin", "guest", "suites"])
    cpSync(join(ROOT, name), join(path, name), { recursive: true });
  for (const name of ["package.json", "uktest.config.json"]) copyFileSync(join(ROOT, name), join(path, name));
  symlinkSync(join(ROOT, "node_modules"), join(path, "node_modules"));
}

/** A PATH with compilers that do not optimise, whatever they are asked: the kit is compiled as it is else. */
function unoptimised(folder: string): string {
  const tools = join(folder, "tools");
  mkdirSync(tools);
  for (const name of COMPILERS) {
    const found = findProgram(name);
    if (found === undefined) continue;
    const path = join(tools, name);
    writeFileSync(path, `#!/bin/sh\nexec '${found}' "$@" -O0\n`);
    chmodSync(path, 0o755);
  }
  return `${tools}:${process.env["PATH"] ?? ""}`;
}

for (const machine of turns(["qemu-x86_64", "qemu-i386", "qemu-arm64"], "runner/coverage-kinds"))
  test(`object code and gcc's counters miss the same lines of the kit's suites: ${machine}`, (t) => {
    t.timeout(600_000);
    const { path } = scratch(t);
    copyOfKit(path);
    const env = { ...process.env, PATH: unoptimised(path) };
    const ran = (kind: string): Units => {
      const words = ["dist/bin/uktest/uktest.cjs", "run", `--coverage=${kind}`, "--no-auto-reporters"];
      const args = [...words, "-m", machine, "-r", "events", ...SUITES];
      const said = execFileSync(process.execPath, args, {
        cwd: path,
        env,
        encoding: "utf8",
        maxBuffer: 1 << 28,
        stdio: "pipe",
      });
      return unitsIn(said.split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line) as RunEvent])));
    };
    const [gcc, object] = [ran("gcc"), ran("object")];
    const texts = new Map<string, readonly string[]>();
    const textOf = (name: string): readonly string[] => {
      const known = texts.get(name) ?? readFileSync(join(ROOT, name), "utf8").split("\n");
      texts.set(name, known);
      return known;
    };
    const { agreed, explained, unexplained } = compareLines(gcc, object, textOf);
    t.log(agreed, explained);
    t.deepEqual(unexplained, []);
    t.true(gcc.size >= 50, `${String(gcc.size)} boots and cases`);
    t.true(agreed > 25_000, `${String(agreed)} lines`);
  });
