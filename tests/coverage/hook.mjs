// Instruments our compiled modules on load, because nyc itself hooks only require().
// It answers for dist/{src,runner,reporters}; everything else passes through untouched.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createInstrumenter } from "istanbul-lib-instrument";

const dist = new URL("../../dist/", import.meta.url).href;
const ours = ["src/", "runner/", "reporters/"].map((folder) => dist + folder);

export async function load(url, context, nextLoad) {
  const loaded = await nextLoad(url, context);
  if (loaded.format !== "module" || !ours.some((folder) => url.startsWith(folder))) return loaded;
  const file = fileURLToPath(url);
  const map = JSON.parse(readFileSync(`${file}.map`, "utf8"));
  const instrumenter = createInstrumenter({ esModules: true, compact: false, produceSourceMap: true });
  return { ...loaded, source: instrumenter.instrumentSync(loaded.source.toString(), file, map) };
}
