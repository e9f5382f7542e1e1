// Puts counters into our compiled modules where they lie, once, because nyc itself reaches only what is require()d
// and a loader hook would do the work anew in every command that a test starts.
// It answers for dist/{src,runner,reporters} and gives the function that puts the plain modules back.
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createInstrumenter } from "istanbul-lib-instrument";

const dist = fileURLToPath(new URL("../../dist/", import.meta.url));
const OURS = ["src", "runner", "reporters"].filter((folder) => existsSync(dist + folder));

/** What each instrumented module has of itself besides its counters, which is three quarters of its text. */
const MAPS = /\b(?:statementMap|fnMap|branchMap|inputSourceMap):\{/g;
/** A string, or a brace outside of one. */
const PIECE = /"(?:[^"\\]|\\.)*"|[{}]/g;

/** An instrumented module with empty maps: those that the report needs are in `zero`, and every process would make its own. */
function withoutMaps(code) {
  const end = code.indexOf("_coverageSchema:");
  let rest = "";
  let from = 0;
  MAPS.lastIndex = 0;
  for (let found = MAPS.exec(code); found !== null && found.index < end; found = MAPS.exec(code)) {
    rest += code.slice(from, MAPS.lastIndex);
    PIECE.lastIndex = MAPS.lastIndex;
    for (let depth = 1; depth > 0;) {
      const piece = PIECE.exec(code)[0];
      if (piece === "{") depth += 1;
      else if (piece === "}") depth -= 1;
    }
    from = PIECE.lastIndex - 1;
    MAPS.lastIndex = from;
  }
  return rest + code.slice(from);
}

/** Instruments all modules; `zero` is the coverage of a run that reached nothing, by file. */
export function instrument() {
  const plain = new Map();
  const zero = {};
  const instrumenter = createInstrumenter({ esModules: true, compact: true });
  for (const folder of OURS)
    for (const name of readdirSync(dist + folder, { recursive: true }).sort()) {
      if (!name.endsWith(".js")) continue;
      const file = `${dist}${folder}/${name}`;
      const source = readFileSync(file, "utf8");
      if (source.startsWith("function cov_"))
        throw new Error("dist/ still holds the counters of a run that was killed: remove it and build again");
      plain.set(file, source);
      const map = JSON.parse(readFileSync(`${file}.map`, "utf8"));
      writeFileSync(file, withoutMaps(instrumenter.instrumentSync(source, file, map)));
      zero[file] = instrumenter.lastFileCoverage();
    }
  return {
    zero,
    restore: () => {
      for (const [file, source] of plain) writeFileSync(file, source);
    },
  };
}
