// Writes the registries: for each folder of plug-ins a module that names every file in it. A new file in such a folder is
// all there is to do. Reads no file's content; what each has to export is in the header of its registry.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, relative } from "node:path";

const HEADER = "Written by build/registries.mjs from the files of the folder; edit those.";

/** `rust-panic` to `rustPanic`. */
const identifier = (name) => name.replace(/[-_]+(.)/g, (_, next) => next.toUpperCase());
const key = (name) => (/^[a-z_]\w*$/i.test(name) ? name : JSON.stringify(name));

/** A table of loaders: a file's code is read when it is asked for. */
const lazy = (what, exported, type, from) => (names, folder) =>
  [
    `/** The ${what}, by the names of their files. ${HEADER} */`,
    `import type { ${type} } from "${from}";`,
    "",
    `export const ${what.toUpperCase()}: Readonly<Record<string, () => Promise<${type}>>> = {`,
    ...names.map((name) => `  ${key(name)}: async () => (await import("${folder}/${name}.js")).${exported},`),
    "};",
    "",
  ].join("\n");

/** A list of what every reading needs at once. */
const eager = (what, exported, type, from) => (names, folder) =>
  [
    `/** The ${what}, by the order of their files. ${HEADER} */`,
    `import type { ${type} } from "${from}";`,
    ...names.map((name) => `import { ${exported} as ${identifier(name)} } from "${folder}/${name}.js";`),
    "",
    `export const ${what.toUpperCase()}: readonly (${type} | readonly ${type}[])[] = [`,
    ...names.map((name) => `  ${identifier(name)},`),
    "];",
    "",
  ].join("\n");

const REGISTRIES = [
  {
    folder: "reporters",
    file: "src/delivery/reporters.generated.ts",
    text: lazy("reporters", "reporter", "Reporter", "../core/reporter.js"),
  },
  {
    folder: "src/dialects",
    file: "src/console/dialects.generated.ts",
    text: lazy("dialects", "dialect", "Dialect", "../core/dialect.js"),
  },
  {
    folder: "src/faults",
    file: "src/console/families.generated.ts",
    text: eager("families", "family", "ReportFamily", "../core/fault/report.js"),
  },
  {
    folder: "runner/machines",
    file: "runner/machines.generated.ts",
    text: lazy("machines", "machine", "Machine", "./machine.js"),
  },
];

/** Brings the registries up to date; a file that is right already keeps its time. */
export function writeRegistries() {
  for (const { folder, file, text } of REGISTRIES) {
    const names = readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
      .map((entry) => entry.name.slice(0, -".ts".length))
      .sort();
    const from = relative(dirname(file), folder);
    const wanted = text(names, from.startsWith(".") ? from : `./${from}`);
    if (!existsSync(file) || readFileSync(file, "utf8") !== wanted) writeFileSync(file, wanted);
  }
}

if (process.argv[1] === import.meta.filename) writeRegistries();
