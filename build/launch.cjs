#!/usr/bin/env node
// Starts the command, with the machine code that an earlier start left in the user's cache: compiling takes longer than
// booting a guest. Without a cache, or where it cannot be written, it starts all the same.
"use strict";
const {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} = require("node:fs");
const { homedir } = require("node:os");
const { dirname, join } = require("node:path");
const { Script } = require("node:vm");

const MONTH_MS = 30 * 24 * 3600 * 1000;
const MAIN = join(__dirname, "main.cjs");
// Each command runs other code. The engine compares the length of the source only, so that the name says the rest.
const command = /^(?:run|report|list|merge|watch)$/.test(process.argv[2] ?? "") ? process.argv[2] : "other";
const { size, mtimeMs } = statSync(MAIN);
const cache = join(
  process.env.XDG_CACHE_HOME || join(homedir(), ".cache"),
  "uktest",
  `${process.version}-${process.arch}-${size}-${Math.round(mtimeMs)}-${command}.code`,
);

/** What is kept; undefined where there is none. */
function kept() {
  try {
    return readFileSync(cache);
  } catch {
    return undefined;
  }
}

/** Removes what builds of long ago left. */
function removeOld(folder) {
  for (const name of readdirSync(folder)) {
    const file = join(folder, name);
    if (Date.now() - statSync(file).mtimeMs > MONTH_MS) rmSync(file);
  }
}

// The bundle is plain ASCII, which is read fastest as one byte for each character.
const script = new Script(
  `(function (exports, require, module, __filename, __dirname) {${readFileSync(MAIN, "latin1")}\n})`,
  {
    filename: MAIN,
    cachedData: kept(),
  },
);

// False for code of another build of Node, and for none.
if (script.cachedDataRejected !== false) {
  // Code that is made under other settings of the engine is refused under the usual ones.
  require("node:v8").setFlagsFromString = () => undefined;
  process.on("exit", () => {
    try {
      mkdirSync(dirname(cache), { recursive: true });
      writeFileSync(`${cache}.${process.pid}`, script.createCachedData());
      renameSync(`${cache}.${process.pid}`, cache);
      removeOld(dirname(cache));
    } catch {
      // A host without a place for it compiles each time.
    }
  });
}
script.runInThisContext()(exports, require, module, MAIN, __dirname);
// Nothing is left to do by then, and taking the engine apart piece by piece takes longer than the last report did.
process.on("beforeExit", () => process.exit());
