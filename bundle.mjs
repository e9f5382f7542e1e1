// Joins the compiled modules and the libraries they use into one file, and keeps the machine code of it beside it: loading
// a hundred and fifty small files and compiling them takes longer than booting a guest. It changes no behaviour; v86, jiti and
// serialport stay outside, because they find files of their own beside themselves. The folder lies as deep as the modules, so
// that paths to the package hold.
import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { build } from "esbuild";

/** Libraries of yargs that only draw help texts. Setting up their tables of Unicode takes 25 ms, so it waits for one. */
const ONLY_FOR_HELP = /^(?:cliui|string-width)$/;

const late = {
  name: "load what draws help texts late",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: ONLY_FOR_HELP }, ({ path, resolveDir, importer, kind }) =>
      kind === "import-statement" && /[/\\]yargs[/\\]/.test(importer)
        ? { path, namespace: "late", pluginData: resolveDir }
        : undefined,
    );
    onLoad({ filter: /.*/, namespace: "late" }, ({ path, pluginData }) => ({
      contents: `export default (...given) => require(${JSON.stringify(path)}).default(...given);`,
      resolveDir: pluginData,
    }));
  },
};

/** Packages that stay outside and that launch.cjs imports for the one file; v86 is imported by its own thread. */
const OUTSIDE = ["jiti", "serialport"];

const outdir = "dist/bin/uktest";
const common = {
  bundle: true,
  platform: "node",
  target: "node20.19",
  external: [...OUTSIDE, "v86"],
  legalComments: "eof",
  logLevel: "error",
};
rmSync(outdir, { recursive: true, force: true });
await Promise.all([
  build({
    ...common,
    entryPoints: ["dist/src/cli/main.js"],
    outfile: `${outdir}/main.cjs`,
    format: "cjs",
    plugins: [late],
    define: { "import.meta.url": "importMetaUrl" },
    banner: { js: "const importMetaUrl = require('node:url').pathToFileURL(__filename).href;" },
  }),
  // A thread of its own: what is not shared is small.
  build({
    ...common,
    entryPoints: ["dist/runner/v86/worker.js"],
    outfile: `${outdir}/worker.js`,
    format: "esm",
  }),
]);
const main = readFileSync(`${outdir}/main.cjs`, "utf8");
const changed = OUTSIDE.reduce((text, name) => {
  if (!text.includes(`import("${name}")`)) throw new Error(`nothing imports ${name} any more`);
  return text.replaceAll(`import("${name}")`, `importOutside("${name}")`);
}, main);
if (/[^\w$.]import\(/.test(changed.replace(/\/\/.*|\/\*[^]*?\*\//g, "")))
  throw new Error("the one file imports something that launch.cjs does not know of");
// launch.cjs reads one byte for each character, which is faster: nothing else may stand there.
const plain = changed.replace(
  /[^\0-\x7f]/g,
  (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`,
);
writeFileSync(`${outdir}/main.cjs`, plain);
copyFileSync("launch.cjs", `${outdir}/uktest.cjs`);
chmodSync(`${outdir}/uktest.cjs`, 0o755);
// What a report of every kind runs is among what is kept; the rest is compiled when it is asked for.
execFileSync(process.execPath, ["keep-code.cjs"], { stdio: "ignore" });
