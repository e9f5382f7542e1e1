// Writes the licenses of the packages that the bundles hold, as those ask for. It judges none of them.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const FOLDER = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/;

/** @param inputs paths of all files that were bundled */
export function writeLicenses(file, inputs) {
  const folders = new Set(inputs.flatMap((path) => FOLDER.exec(path.replace(/^\w+:/, ""))?.[0] ?? []));
  const texts = [...folders].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const own = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    if (own === undefined && license === undefined) throw new Error(`${folder} says nothing of its license`);
    const text = own === undefined ? "" : readFileSync(join(folder, own), "utf8");
    return `${name} ${version}: ${license ?? "see below"}\n\n${text.trim()}\n`;
  });
  writeFileSync(file, texts.join(`\n${"-".repeat(80)}\n\n`));
}
