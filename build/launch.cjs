#!/usr/bin/env node
// Starts the command from the few files that bundle.mjs makes, with the machine code that was kept of them: compiling
// them anew takes longer than booting a guest. Code of another Node is refused by the engine, and then simply not used.
"use strict";
const { readFileSync } = require("node:fs");
const { Script } = require("node:vm");
const { pathToFileURL } = require("node:url");

const importMetaUrl = pathToFileURL(__filename).href;
// Code that is compiled this way has no import() of its own.
const importOutside = (name) => import(name);
/** Files that are still to be read, in the order in which modules are looked for; those set apart are read when asked for. */
const unread = ["early", "start", "run", "other"];
/** What was read: a function for each module, and the script that has them. */
const bodies = {};
const scripts = new Map();
let modules = new Map();

/** The kept code; undefined where there is none. */
function kept(file) {
  try {
    return readFileSync(`${file}.code`);
  } catch {
    return undefined;
  }
}

function read(part) {
  const file = `${__dirname}/${part}.cjs`;
  const script = new Script(readFileSync(file, "latin1"), { filename: file, cachedData: kept(file) });
  scripts.set(file, script);
  Object.assign(bodies, script.runInThisContext());
}

/** A module of ours by its name, or one of Node's. */
function load(name) {
  if (!name.startsWith("./")) return require(name);
  const known = modules.get(name);
  if (known !== undefined) return known.exports;
  while (bodies[name] === undefined) read(bodies.apart?.[name] ?? unread.shift());
  const module = { exports: {} };
  modules.set(name, module);
  bodies[name](load, module, module.exports, importOutside, importMetaUrl);
  return module.exports;
}

/** Runs the command; once more, as if for the first time, for who calls it again. */
function run() {
  modules = new Map();
  load("./main.js");
}
run();
// Nothing is left to do by then, and taking the engine apart piece by piece takes longer than the last report did.
if (require.main === module) process.on("beforeExit", () => process.exit());
module.exports = { scripts, run };
