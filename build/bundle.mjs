// Joins the compiled modules and the libraries they use into one file with its source map: loading a hundred and fifty small
// files takes longer than booting a guest. launch.cjs starts it. It changes no behaviour; jiti and serialport stay outside,
// because they find files of their own beside themselves. The folder lies as deep as the modules, so that paths to
// the package hold.
import { chmodSync, copyFileSync, rmSync } from "node:fs";
import { build } from "esbuild";
import { makePage } from "./html-page.mjs";
import { writeLicenses } from "./licenses.mjs";
import { copyTypes } from "./types.mjs";

/**
 * Libraries of libraries that a command seldom needs, and what stands for each until it is needed. Setting up the tables of
 * Unicode takes 25 ms, and YAML 4; yargs looks for a package file above the working directory to guess a version that is
 * told to it right after, and where there is none it throws and catches an error, which takes 5.
 */
const LATE = [
  {
    by: /[/\\]yargs[/\\]/,
    of: /^(?:cliui|string-width)$/,
    text: (path) => `export default (...given) => require(${path}).default(...given);`,
  },
  {
    by: /[/\\]tap-parser[/\\]/,
    of: /^tap-yaml$/,
    text: (path) => `const yaml = () => require(${path}).default;
      export default { parse: (...given) => yaml().parse(...given), stringify: (...given) => yaml().stringify(...given) };`,
  },
  {
    by: /[/\\]yargs[/\\]/,
    of: /^escalade\/sync$/,
    text: () => `import { fileURLToPath } from "node:url";
      const own = fileURLToPath(new URL("../../../package.json", import.meta.url));
      export default () => own;`,
  },
];

const late = {
  name: "load late what is seldom needed",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^[^./]/ }, ({ path, resolveDir, importer, kind }) => {
      const one = LATE.findIndex(({ by, of }) => by.test(importer) && of.test(path));
      return kind === "import-statement" && one >= 0
        ? { path, namespace: "late", pluginData: { one, resolveDir } }
        : undefined;
    });
    onLoad({ filter: /.*/, namespace: "late" }, ({ path, pluginData: { one, resolveDir } }) => ({
      contents: LATE[one].text(JSON.stringify(path)),
      resolveDir,
    }));
  },
};

const outdir = "dist/bin/uktest";
const common = {
  bundle: true,
  metafile: true,
  platform: "node",
  target: "node20.19",
  external: ["jiti", "serialport"],
  // Its main file asks for its parts in a way that no bundler sees.
  alias: { "jsonc-parser": "./node_modules/jsonc-parser/lib/esm/main.js" },
  legalComments: "eof",
  logLevel: "error",
};
/** A format that has no place of its own in `import.meta`. */
const commonJs = {
  format: "cjs",
  minifyWhitespace: true,
  minifySyntax: true,
  define: { "import.meta.url": "importMetaUrl" },
  banner: { js: 'const importMetaUrl = require("node:url").pathToFileURL(__filename).href;' },
};
const mapped = { sourcemap: true, sourcesContent: false };
rmSync(outdir, { recursive: true, force: true });
await makePage();
const built = await Promise.all([
  build({
    ...common,
    ...mapped,
    ...commonJs,
    entryPoints: ["dist/src/cli/main.js"],
    outfile: `${outdir}/main.cjs`,
    // launch.cjs reads one byte for each character.
    charset: "ascii",
    // Code that is kept as machine code has no import() of its own.
    supported: { "dynamic-import": false },
    plugins: [late],
  }),
  // The library, for programs that import it.
  build({
    ...common,
    ...mapped,
    entryPoints: ["dist/src/index.js"],
    outfile: `${outdir}/index.js`,
    format: "esm",
  }),
  // A thread of its own: what is not shared is small. CommonJS, since a thread that loads a module of the other kind
  // compiles Node's loader for them first, which takes longer than most guests run.
  build({
    ...common,
    ...commonJs,
    entryPoints: ["dist/runner/v86/worker.js"],
    outfile: `${outdir}/worker.cjs`,
  }),
]);
copyFileSync("node_modules/v86/build/v86.wasm", `${outdir}/v86.wasm`);
writeLicenses(
  `${outdir}/LICENSES.txt`,
  built.flatMap(({ metafile }) => Object.keys(metafile.inputs)),
);
copyTypes("src/index.d.ts");
copyFileSync("build/launch.cjs", `${outdir}/uktest.cjs`);
chmodSync(`${outdir}/uktest.cjs`, 0o755);
