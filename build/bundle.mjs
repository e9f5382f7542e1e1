// Joins the compiled modules and the libraries they use into five files, and keeps the machine code of each beside it:
// loading a hundred and fifty small files and compiling them takes longer than booting a guest. The first file is what
// runs before an image that is given is booted, the second what runs before one of a project is, the third what a run
// needs besides; then what writes JUnit, and everything else. launch.cjs loads them.
// It changes no behaviour; v86, jiti and serialport stay outside, because they find files of their own beside themselves.
// The folder lies as deep as the modules, so that paths to the package hold.
import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, rmSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { build, transform } from "esbuild";
import { makePage } from "./html-page.mjs";
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

/** What each file is made of: these, and what they import; the first to name a module has it. */
const PARTS = [
  ["early", /^src\/cli\/main\.js$|^runner\/machines\/qemu-(?:x86_64|arm64)\.js$/],
  [
    "start",
    /^src\/(?:cli\/(?:main|args|run)|run\/(?:project|boot-jobs|speculative-start))\.js$|^runner\/machines\/|^runner\/build\/image\.js$/,
  ],
  [
    "run",
    /^src\/delivery\/(?:destinations|outcome)\.js$|^src\/console\/(?:reader|dialects)\.js$|^src\/run\/symbolize\.js$|^src\/image\/suite-inits\.js$|^src\/dialects\/(?:unikraft|tap)\.js$|^reporters\/(?!html\.|junit\.)|^runner\/last-failed\.js$/,
  ],
  ["junit", /^reporters\/junit\.|junit-report-builder/],
  ["other", /.*/],
];
/** Parts that launch.cjs reads only when a module of theirs is asked for: what they hold is large, and few runs need it. */
const APART = ["junit"];
/** Packages that stay outside and that launch.cjs imports; v86 is imported by its own thread. */
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
await makePage();
const [{ outputFiles, metafile }] = await Promise.all([
  build({
    ...common,
    entryPoints: ["dist/src/cli/main.js"],
    outdir,
    format: "esm",
    splitting: true,
    write: false,
    metafile: true,
    plugins: [late],
    define: { "import.meta.url": "importMetaUrl" },
  }),
  // The library, for programs that import it: packages come from where it is installed.
  build({
    ...common,
    external: undefined,
    packages: "external",
    entryPoints: ["dist/src/index.js"],
    outfile: `${outdir}/index.js`,
    format: "esm",
    sourcemap: true,
    sourcesContent: false,
  }),
  // A thread of its own: what is not shared is small.
  build({
    ...common,
    entryPoints: ["dist/runner/v86/worker.js"],
    outfile: `${outdir}/worker.js`,
    format: "esm",
  }),
]);

const chunks = new Map(
  Object.entries(metafile.outputs).map(([path, { entryPoint = "", imports }]) => [
    `./${basename(path)}`,
    {
      source: entryPoint.replace(/^dist\//, ""),
      needs: imports.flatMap(({ path: needed, kind, external }) =>
        external === true || kind === "dynamic-import" ? [] : [`./${basename(needed)}`],
      ),
    },
  ]),
);

/** A module as the body of a function that a loader calls; see launch.cjs. */
async function bodyOf(name) {
  const { text } = outputFiles.find(({ path }) => basename(path) === basename(name));
  const { code } = await transform(text, { format: "cjs", platform: "node", target: "node20.19" });
  const linked = code
    .replaceAll(/\bimport\(("\.\/[^"]+")\)/g, "Promise.resolve().then(() => require($1))")
    .replaceAll(/\bimport\(("[^"]+")\)/g, (whole, word) =>
      OUTSIDE.includes(JSON.parse(word)) ? `importOutside(${word})` : whole,
    );
  if (/[^\w$.]import\(/.test(linked.replace(/\/\/.*|\/\*[^]*?\*\//g, "")))
    throw new Error(`${name} imports something that launch.cjs does not know of`);
  return `${JSON.stringify(name)}(require, module, exports, importOutside, importMetaUrl) {${linked}\n}`;
}

const taken = new Set();
/** The modules of those parts, for the first file to say where they are. */
const apart = {};
const texts = new Map();
for (const [part, wanted] of PARTS) {
  const names = [...chunks].flatMap(([name, { source }]) => (wanted.test(source) ? [name] : []));
  const mine = new Set();
  for (const name of names) {
    if (taken.has(name) || mine.has(name)) continue;
    mine.add(name);
    names.push(...chunks.get(name).needs);
  }
  for (const name of mine) taken.add(name);
  const bodies = await Promise.all([...mine].map(bodyOf));
  // launch.cjs reads one byte for each character, which is faster: nothing else may stand there.
  const plain = bodies
    .join(",\n")
    .replace(/[^\0-\x7f]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`);
  texts.set(part, plain);
  if (APART.includes(part)) for (const name of mine) apart[name] = part;
}
copyTypes("src/index.d.ts");
const [[first]] = PARTS;
for (const [part, plain] of texts)
  writeFileSync(
    `${outdir}/${part}.cjs`,
    part === first ? `({${plain},\n"apart": ${JSON.stringify(apart)}})` : `({${plain}})`,
  );
copyFileSync("build/launch.cjs", `${outdir}/uktest.cjs`);
chmodSync(`${outdir}/uktest.cjs`, 0o755);
// What a report of every kind runs is among what is kept; the rest is compiled when it is asked for.
execFileSync(process.execPath, ["build/keep-code.cjs"], { stdio: "ignore" });
