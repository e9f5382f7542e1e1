/**
 * The package as npm makes it, unpacked where nothing of this repository is above it: whatever is missing in "files" of
 * package.json is missing there too. Only the packages that it asks for itself lie beside it.
 */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { ROOT } from "../ci/checkout.js";
import { LOGS, type Said, startProgram } from "../cli/run.js";
import { copyKitObjects } from "../kit-objects.js";
import { findProgram } from "../../runner/process/parent-death-signal.js";
import { linksOf } from "./pages.js";

const workplace = mkdtempSync(join(tmpdir(), "uktest-package-"));
const project = join(workplace, "project");
const modules = join(project, "node_modules");
const installed = join(modules, "uktest");

interface Lock {
  readonly packages: Readonly<Record<string, { readonly dev?: boolean; readonly optional?: boolean }>>;
}

/** Packages that `npm install uktest` brings: those at the top; what is below them comes with them. */
function broughtBy(lock: Lock): readonly string[] {
  return Object.entries(lock.packages).flatMap(([path, { dev, optional }]) => {
    const name = /^node_modules\/((?:@[^/]+\/)?[^/]+)$/.exec(path)?.[1];
    return name === undefined || dev === true || optional === true ? [] : [name];
  });
}

async function succeeds(t: ExecutionContext, program: string, args: readonly string[]): Promise<Said> {
  const said = await startProgram(program, args, {
    cwd: workplace,
    env: { npm_config_update_notifier: "false" },
  }).end;
  t.is(said.code, 0, said.stdout + said.stderr);
  return said;
}

test.before(async (t) => {
  await succeeds(t, "npm", ["pack", "--ignore-scripts", "--offline", "--pack-destination", workplace, ROOT]);
  const archive = readdirSync(workplace).find((name) => name.endsWith(".tgz")) ?? "";
  mkdirSync(installed, { recursive: true });
  await succeeds(t, "tar", ["-xzf", archive, "--strip-components", "1", "-C", installed]);
  const lock = JSON.parse(readFileSync(join(ROOT, "package-lock.json"), "utf8")) as Lock;
  for (const name of broughtBy(lock)) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(join(ROOT, "node_modules", name), join(modules, name));
  }
});
test.after.always(() => {
  rmSync(workplace, { recursive: true, force: true });
});

/** A folder for PATH with what the embedded machine needs: other machines would be tried as well, and have their own tests. */
const onlyEmbedded = join(workplace, "bin");
test.before(() => {
  mkdirSync(onlyEmbedded);
  for (const name of ["sh", "mv", "rm", "gcc", "ld", "as"])
    symlinkSync(findProgram(name) ?? name, join(onlyEmbedded, name));
});

/** A folder without a project of its own, for several tests: what one has built is built for the others. */
const elsewhere = join(project, "elsewhere");
test.before(() => {
  mkdirSync(elsewhere, { recursive: true });
});

interface PackageFile {
  readonly bin: Readonly<Record<string, string>>;
}

/** Runs the program of the package, by the path that npm links into node_modules/.bin. */
async function inPackage(
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Said> {
  const { bin } = JSON.parse(readFileSync(join(installed, "package.json"), "utf8")) as PackageFile;
  return startProgram(process.execPath, [join(installed, bin["uktest"] ?? ""), ...args], { cwd, env }).end;
}

test.serial("a first project: green, red, green", async (t) => {
  const run = ["run", "-m", "v86", "-r", "lines", "-r", "html=out.html", "-r", "junit=out.xml"];
  const said = await inPackage(["init", "demo"], project);
  t.is(said.code, 0, said.stderr);
  const demo = join(project, "demo");
  const first = await inPackage(run, demo);
  t.is(first.code, 0, first.stdout + first.stderr);
  t.regex(first.stdout, /VERDICT passed: evidence: memory\n/);
  t.regex(readFileSync(join(demo, "out.html"), "utf8"), /<script/);
  const source = join(demo, "demo.c");
  const right = readFileSync(source, "utf8");
  writeFileSync(source, right.replace("return low;", "return high;"));
  const red = await inPackage(run, demo);
  t.is(red.code, 1);
  t.regex(red.stdout, /^FAIL demo_testsuite\.clamp_outside {2}test_demo\.c:\d+ /m);
  writeFileSync(source, right);
  t.is((await inPackage(run, demo)).code, 0);
  copyKitObjects(demo, elsewhere);
});

test.serial("the commands that look at files of the package", async (t) => {
  const at = elsewhere;
  const log = join(LOGS, "v0.17-x86_64-page-fault-mid-suite.log");
  for (const [args, code, words] of [
    [["--version"], 0, /^\d+\.\d+\.\d+$/m],
    [["machines"], 0, /^v86 +ready/m],
    // Suites of its own, where there is no project: written in the README.
    [["run", "ukargparse", "-m", "v86"], 0, /VERDICT passed/],
    [["list", "ukargparse", "-m", "v86"], 0, /ukargparse/],
    [["report", log, "-r", "sarif"], 1, /"2\.1\.0"/],
    [["report", log, "-r", "html"], 1, /<script/],
    [["completion", "zsh"], 0, /^#compdef uktest/],
    [["doctor", "--json"], undefined, /"name":"boot v86[^}]*"state":"ok"/],
  ] as const) {
    // What doctor builds for a trial lies as deep as the other projects, for which the kit is compiled already.
    const env = args[0] === "doctor" ? { PATH: onlyEmbedded, TMPDIR: project } : {};
    const said = await inPackage(args, at, env);
    if (code !== undefined) t.is(said.code, code, `${args.join(" ")}\n${said.stderr}`);
    t.regex(said.stdout, words, args.join(" "));
    if (args[0] === "run")
      t.regex(said.stderr, /no uktest\.config\.json here or above: .* \(uktest init NAME /);
    t.notRegex(said.stderr, /uktest: bug|ENOENT|Cannot find/, args.join(" "));
  }
});

test.serial("a program imports it, in JavaScript and in TypeScript, and ends by itself", async (t) => {
  const at = elsewhere;
  const script = readFileSync(join(installed, "examples/two-images.mjs"), "utf8");
  writeFileSync(join(at, "two-images.mjs"), script);
  const said = await startProgram(process.execPath, ["two-images.mjs", "ukargparse", "ukbits"], { cwd: at })
    .end;
  t.is(said.code, 0, said.stderr);
  t.regex(said.stdout, /^ukargparse +passed +\d+ +memory$/m);
  t.regex(said.stdout, /^ukbits +passed +\d+ +memory$/m);
  const typed = [
    'import { EXIT, report, run, type Result, type RunEvent, UsageError } from "uktest";',
    "export async function f(): Promise<Result> {",
    '  const going = run({ patterns: ["a"], machine: "v86", retries: 1 });',
    "  for await (const event of going) g(event);",
    '  const { model, exitCode } = await report("x.log").result();',
    "  if (exitCode !== EXIT.passed) throw new UsageError(model.suites.map(({ name }) => name).join());",
    "  return going.result();",
    "}",
    'const g = (event: RunEvent): string => (event.type === "case-finished" ? event.status : "");',
  ].join("\n");
  writeFileSync(join(at, "typed.mts"), typed);
  const tsc = join(ROOT, "node_modules/typescript/bin/tsc");
  const words = ["--noEmit", "--strict", "--module", "nodenext", "--target", "es2023", "--lib", "es2023,dom"];
  writeFileSync(join(at, "wrong.mts"), 'import { run } from "uktest";\nrun({ retries: "many" });\n');
  const files = ["typed.mts", "wrong.mts"];
  const checked = await startProgram(process.execPath, [tsc, ...words, ...files], { cwd: at }).end;
  // One complaint, of the wrong file.
  t.regex(checked.stdout, /^wrong\.mts\(2,7\): error TS2322: [^\n]*\n$/);
});

test.serial("what its pages and its configuration name is in it", (t) => {
  const pages = ["README.md", ...readdirSync(join(installed, "docs")).map((name) => `docs/${name}`)].filter(
    (name) => name.endsWith(".md"),
  );
  t.true(pages.length > 8);
  for (const page of pages)
    for (const target of linksOf(readFileSync(join(installed, page), "utf8")))
      t.true(existsSync(join(installed, dirname(page), target)), `${page}: ${target}`);
  const { suites } = JSON.parse(readFileSync(join(installed, "uktest.config.json"), "utf8")) as {
    readonly suites: Readonly<Record<string, { readonly sources: readonly string[] }>>;
  };
  for (const source of Object.values(suites).flatMap((one) => one.sources))
    t.true(existsSync(join(installed, dirname(source))), source);
});

test.serial("the types resolve for every way of importing that the package allows", async (t) => {
  const attw = join(ROOT, "node_modules", "@arethetypeswrong/cli", "dist/index.js");
  const archive = readdirSync(workplace).find((name) => name.endsWith(".tgz")) ?? "";
  // It is a package of ES modules: what only finds CommonJS is not served.
  const words = ["--profile", "esm-only", "--no-definitely-typed", "--format", "ascii"];
  const said = await startProgram(process.execPath, [attw, join(workplace, archive), ...words]).end;
  t.is(said.code, 0, said.stdout);
  t.regex(said.stdout, /node16 \(from ESM\): \S+ \(ESM\)/);
});

test.serial("what is bundled has its license in it, and is not installed beside it", (t) => {
  const licenses = readFileSync(join(installed, "dist/bin/uktest/LICENSES.txt"), "utf8");
  for (const name of ["yargs", "tap-parser", "junit-report-builder", "v86", "valibot", "jsonc-parser"]) {
    t.regex(licenses, new RegExp(`^${name} \\d+\\.`, "m"));
    t.false(existsSync(join(modules, name)), name);
  }
});

test.serial("nothing of its making is in it", (t) => {
  const names = readdirSync(installed, { recursive: true }) as readonly string[];
  t.deepEqual(
    names.filter(
      (name) =>
        /\.ts$|\.test\.|^tests|^\.|node_modules|\.map$/.test(name) &&
        !/^dist\/types\/.*\.d\.ts$|^dist\/bin\/uktest\/(?:index\.js|main\.cjs)\.map$/.test(name),
    ),
    [],
  );
});
