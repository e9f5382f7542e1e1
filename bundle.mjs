// Joins the compiled modules and the libraries they use into the few files of dist/bin/uktest: loading a hundred and
// fifty small ones takes longer than booting a guest. It changes no behaviour; v86 and jiti stay outside, because they
// find files of their own beside themselves. The folder lies as deep as the modules, so that paths to the package hold.
import { rmSync } from "node:fs";
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

const outdir = "dist/bin/uktest";
rmSync(outdir, { recursive: true, force: true });
await build({
  entryPoints: ["dist/src/cli/main.js", "dist/runner/v86/worker.js"],
  outdir,
  entryNames: "[name]",
  chunkNames: "[name]-[hash]",
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20.19",
  external: ["jiti", "v86"],
  plugins: [late],
  legalComments: "eof",
  logLevel: "warning",
  // Libraries in the older form of modules ask for Node's own ones with require().
  banner: {
    js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
  },
});
