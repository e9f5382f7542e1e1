#!/usr/bin/env node
// Starts the command from the one file that bundle.mjs makes, with the machine code that was kept of it: compiling it
// anew takes longer than booting a guest. Code of another Node is refused by the engine, and then simply not used.
"use strict";
const { readFileSync } = require("node:fs");
const { Script } = require("node:vm");

const file = `${__dirname}/main.cjs`;

/** The kept code; undefined where there is none. */
function kept() {
  try {
    return readFileSync(`${file}.code`);
  } catch {
    return undefined;
  }
}

const script = new Script(
  `(function (require, importOutside, __filename, __dirname) {${readFileSync(file, "latin1")}\n})`,
  { filename: file, cachedData: kept() },
);
// Code that is compiled this way has no import() of its own.
const run = () => script.runInThisContext()(require, (name) => import(name), file, __dirname);
run();
module.exports = { script, run };
