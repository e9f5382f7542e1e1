// Runs the command once and keeps the machine code of what it ran; see launch.cjs.
"use strict";
const { writeFileSync } = require("node:fs");

// Code that was made under other settings of the engine is refused under the usual ones.
require("node:v8").setFlagsFromString = () => undefined;

const folder = `${__dirname}/dist/bin/uktest`;
const log = `${__dirname}/tests/fixtures/serial/v0.17-x86_64-all-suites-pass.log`;
process.argv.splice(
  1,
  Infinity,
  `${folder}/uktest.cjs`,
  "report",
  log,
  "-r",
  "lines",
  "-r",
  "junit=/dev/null",
);
const script = require(`${folder}/uktest.cjs`);
process.on("exit", () => {
  writeFileSync(`${folder}/main.cjs.code`, script.createCachedData());
});
