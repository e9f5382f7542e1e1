// Puts counters into our compiled modules where they lie, once, because nyc itself reaches only what is require()d
// and a loader hook would do the work anew in every command that a test starts.
// It answers for dist/{src,runner,reporters} and gives the function that puts the plain modules back.
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createInstrumenter } from "istanbul-lib-instrument";

const dist = fileURLToPath(new URL("../../dist/", import.meta.url));
const OURS = ["src", "runner", "reporters"].filter((folder) => existsSync(dist + folder));

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
      writeFileSync(file, instrumenter.instrumentSync(source, file, map));
      zero[file] = instrumenter.lastFileCoverage();
    }
  return {
    zero,
    restore: () => {
      for (const [file, source] of plain) writeFileSync(file, source);
    },
  };
}
