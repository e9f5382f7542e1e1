/**
 * Objects of the kit for projects that tests make, compiled once for each place and machine and copied from then on: a
 * first build is mostly the kit. What is kept is never trusted: uktest compares each object with its command and sources,
 * and compiles what differs.
 */
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { isAlive } from "../runner/process/is-alive.js";
import { uktest } from "./cli/run.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const KEPT = join(ROOT, "node_modules/.cache/uktest/kit-objects");
const digestOf = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 16);

/** The kit as it is now: objects of another one would all be compiled again, in every project. */
function stateOfKit(): string {
  const guest = join(ROOT, "guest");
  const files = readdirSync(guest, { recursive: true, encoding: "utf8" }).sort();
  return digestOf(files.map((name) => `${name} ${String(statSync(join(guest, name)).mtimeMs)}`).join("\n"));
}

const SUITE =
  "#include <uk/test.h>\nUK_TESTCASE(seed_testsuite, one)\n{\n\tUK_TEST_EXPECT(1);\n}\nuk_testsuite_register(seed_testsuite, NULL);\n";

/** Folders of kit objects in a folder of objects; the others belong to a project. */
const kitFolders = (build: string): readonly string[] =>
  readdirSync(build).filter((name) => name.startsWith("lib"));

/**
 * Puts the kit's objects into the project at `project`, as a build for each of the machines would leave them.
 * @throws Error when they cannot be built
 */
export async function putKitObjects(project: string, machines: readonly string[] = ["v86"]): Promise<void> {
  const current = join(KEPT, stateOfKit());
  for (const machine of machines) {
    // Objects hold their sources' paths as they are seen from the project.
    const place = digestOf(`${machine} ${relative(project, ROOT)}`);
    const kept = join(current, place);
    if (!existsSync(kept)) await alone(kept, () => keep(kept, dirname(project), machine));
    put(kept, join(project, ".uktest/build"), PROJECT, project);
  }
}

/** Makes what is kept, or waits until another process has made it: many files of tests begin at the same time. */
async function alone(kept: string, make: () => Promise<void>): Promise<void> {
  const lock = `${kept}.lock`;
  mkdirSync(dirname(kept), { recursive: true });
  while (!existsSync(kept)) {
    try {
      writeFileSync(lock, String(process.pid), { flag: "wx" });
    } catch {
      const owner = Number(readIfThere(lock));
      // Who was killed makes nothing any more; a lock without a number is a moment old.
      if (owner !== 0 && !isAlive(owner)) rmSync(lock, { force: true });
      else await pause(50);
      continue;
    }
    try {
      if (!existsSync(kept)) await make();
    } finally {
      rmSync(lock, { force: true });
    }
  }
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

/** Stands for the project's folder in what is kept: commands name it, and objects do not. */
const PROJECT = "@PROJECT@";

/** Copies a folder of objects; their stamps have `from` replaced by `to`. */
function put(objects: string, target: string, from: string, to: string): void {
  cpSync(objects, target, { recursive: true, preserveTimestamps: true });
  for (const name of readdirSync(target, { recursive: true, encoding: "utf8" }))
    if (name.endsWith(".stamp")) {
      const path = join(target, name);
      writeFileSync(path, readFileSync(path, "utf8").replaceAll(from, to));
    }
}

/** Puts the kit's objects of one project into another that sees the kit from the same place. */
export function copyKitObjects(from: string, to: string): void {
  const build = join(from, ".uktest/build");
  for (const folder of readdirSync(build))
    for (const name of kitFolders(join(build, folder)))
      put(join(build, folder, name), join(to, ".uktest/build", folder, name), from, to);
}

/** Builds them in a project beside, and keeps them under a name that is there as a whole or not at all. */
async function keep(kept: string, beside: string, machine: string): Promise<void> {
  const seed = mkdtempSync(join(beside, "uktest-seed-"));
  try {
    writeFileSync(join(seed, "t.c"), SUITE);
    writeFileSync(join(seed, "uktest.config.json"), '{ "suites": { "seed": { "sources": ["t.c"] } } }');
    const said = await uktest(["run", "-m", machine], { cwd: seed });
    if (said.code !== 0) throw new Error(`the kit's objects: ${said.stderr}`);
    const current = dirname(kept);
    mkdirSync(current, { recursive: true });
    for (const name of readdirSync(KEPT))
      if (name !== basename(current)) rmSync(join(KEPT, name), { recursive: true, force: true });
    const whole = mkdtempSync(join(current, "new-"));
    const build = join(seed, ".uktest/build");
    for (const folder of readdirSync(build))
      for (const name of kitFolders(join(build, folder)))
        put(join(build, folder, name), join(whole, folder, name), seed, PROJECT);
    try {
      renameSync(whole, kept);
    } catch (error) {
      // Another test was faster.
      if (!existsSync(kept)) throw error;
      rmSync(whole, { recursive: true });
    }
  } finally {
    rmSync(seed, { recursive: true, force: true });
  }
}
