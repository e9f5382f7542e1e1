// Runs the command a few times and keeps the machine code of what it ran; see launch.cjs.
"use strict";
const { existsSync, readFileSync, rmSync, writeFileSync } = require("node:fs");
const { delimiter } = require("node:path");

// Code that was made under other settings of the engine is refused under the usual ones.
require("node:v8").setFlagsFromString = () => undefined;

const root = require("node:path").dirname(__dirname);
const folder = `${root}/dist/bin/uktest`;
const log = `${root}/tests/fixtures/serial/v0.17-x86_64-all-suites-pass.log`;
/** The console of a guest of the kit, as the page of its protocol has it. */
const [, console = ""] = /```serial\n([^]*?)```/.exec(readFileSync(`${root}/docs/protocol.md`, "utf8")) ?? [];
const kit = `${folder}/kit.log`;
writeFileSync(kit, console.replaceAll("␛", "\x1b").replaceAll("→", "\t").replaceAll("\n", "\r\n"));
// In a job of a CI host a build is no run of tests: nothing is annotated.
const reports = ["-r", "lines", "-r", "junit=/dev/null", "--no-auto-reporters"];
const isThere = (name) => process.env.PATH.split(delimiter).some((path) => existsSync(`${path}/${name}`));
const runs = (words) => ["run", ...words, "-m", "qemu-x86_64", ...reports];
/**
 * Whole reports, and runs: of an image of no tests, which Node itself is, and of the kit, once to build and once to boot
 * what is there. The embedded machine boots nothing here, since it changes settings of the engine.
 */
const commands = [
  ["report", log, ...reports],
  ["report", kit, ...reports],
  ["run", "--image", process.execPath, ...reports],
  ...(isThere("qemu-system-x86_64") ? [runs(["ukargparse"]), runs(["ukargparse"])] : []),
  runs(["no-such-suite", "--no-build"]),
];

const start = (words) => process.argv.splice(1, Infinity, `${folder}/uktest.cjs`, ...words);
start(commands.shift());
const { scripts, run: again } = require(`${folder}/uktest.cjs`);
process.on("beforeExit", () => {
  const next = commands.shift();
  if (next !== undefined) {
    start(next);
    again();
    // A command that waits for nothing would be the end of the process.
    setTimeout(() => undefined, 10);
    return;
  }
  rmSync(kit);
  for (const [file, script] of scripts) writeFileSync(`${file}.code`, script.createCachedData());
  process.exit(0);
});
