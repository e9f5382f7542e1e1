/**
 * Suites in C++: the kit's headers are taken by compilers for it, the table in the image is that of C, what goes wrong has
 * the place in the source, and a host without such a compiler says what to install.
 */
import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { basename, join } from "node:path";
import test from "ava";
import { KIT_ROOT, libraryNames } from "../../runner/build/kit.js";
import { findProgram } from "../../runner/process/parent-death-signal.js";
import { type Compiler, cplusplusOf, toolchainFor } from "../../runner/build/toolchain.js";
import { unitsOf } from "../../runner/build/units.js";
import { readTableOf } from "../../src/image/plan.js";
import { type Scratch, scratch, uktest } from "../cli/run.js";
import { putKitObjects } from "../kit-objects.js";
import { turns } from "../amount.js";
import { documentOf, MACHINES, promisedBy, ROOT, runKit } from "../runner/kit.js";

const ARCHITECTURES = ["x86_64", "i386", "arm64"] as const;
const COMPILERS: readonly Compiler[] = ["gcc", "clang"];

/** Of C alone; parts that others include. */
const NOT_OF_CPLUSPLUS = /^(?:stdatomic\.h|uk\/arch\/x86\/.*)$/;

/** All headers of the kit, as `#include` names them. */
const headers = (): readonly string[] =>
  [
    join(KIT_ROOT, "guest/include"),
    ...libraryNames().map((name) => join(KIT_ROOT, "guest/lib", name, "include")),
  ].flatMap((folder) => {
    try {
      const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
      return names.filter((name) => name.endsWith(".h") && !NOT_OF_CPLUSPLUS.test(name));
    } catch {
      return [];
    }
  });

for (const architecture of ARCHITECTURES)
  for (const compiler of COMPILERS)
    test(`${compiler} for ${architecture} takes each header of the kit as C++, without a word`, (t) => {
      const names = headers();
      t.true(names.length > 100, String(names.length));
      const source = join(scratch(t).path, "all.cc");
      const program = {
        ...{ name: "x", suite: { sources: [source] }, sources: [source], include: [], flags: [] },
        ...{ libraries: libraryNames(), sanitize: false },
      };
      const toolchain = toolchainFor(architecture, compiler);
      const unit = unitsOf(program, {
        ...{ root: KIT_ROOT, architecture, toolchain, objects: "/nowhere", kit: "/nowhere" },
      }).at(-1);
      t.is(unit?.compiler, cplusplusOf(toolchain));
      const words = [...(unit?.arguments ?? []), "-Werror", "-fsyntax-only", "-x", "c++", "-"];
      const input = names.map((name) => `#include <${name}>\n`).join("");
      t.notThrows(() => execFileSync(unit?.compiler ?? "", words, { cwd: KIT_ROOT, input, stdio: "pipe" }));
    });

test("what headers declare is linked by the names of C", (t) => {
  for (const name of headers()) {
    const folder = ["guest/include", ...libraryNames().map((one) => `guest/lib/${one}/include`)]
      .map((one) => join(KIT_ROOT, one, name))
      .find((path) => existsSync(path));
    const text = readFileSync(folder ?? "", "utf8").replaceAll(/\\\n/g, " ");
    // A line that ends a declaration, and is of no macro and no comment.
    const isDeclaring = text.split("\n").some((line) => /^(?!#|\s*\*).*\)(?: __\w+)*;$/.test(line));
    if (isDeclaring) t.true(text.includes('extern "C" {'), name);
  }
});

/** Puts the sources of a suite of the kit into a project, under another ending. */
function putSuite({ path }: Scratch, name: string, ending: string): void {
  const from = join(ROOT, "suites", name);
  const to = join(path, "suites", name);
  mkdirSync(to, { recursive: true });
  for (const file of readdirSync(from).filter((one) => /\.[ch]$/.test(one)))
    copyFileSync(join(from, file), join(to, file.endsWith(".c") ? `${basename(file, ".c")}${ending}` : file));
}

/** What the host reads of the table of an image, but for addresses and the endings of sources. */
const tableOf = (image: string) => {
  const { wordBytes, halfBytes, recordBytes, bytes, suites } = readTableOf(image);
  return {
    ...{ wordBytes, halfBytes, recordBytes, all: bytes.length },
    suites: suites.map(({ name, stage, hasInit, cases }) => ({
      ...{ name, stage, hasInit },
      cases: cases.map(({ name: of, description, file, line, entries }) => ({
        ...{ of, description, line, file: file.replace(/\.cc$/, ".c") },
        entries: entries.map((entry) => entry.line),
      })),
    })),
  };
};

const TITLE = "the suites of all macros are the same in C++";
for (const machine of turns(["qemu-x86_64", "qemu-i386", "qemu-arm64"] as const, TITLE))
  for (const compiler of turns(COMPILERS, machine))
    test.serial(`${TITLE}: results and table, ${compiler}, ${machine}`, async (t) => {
      const project = scratch(t);
      await putKitObjects(project.path, [machine]);
      const names = ["uktest", "uktest-fails"] as const;
      for (const name of names) putSuite(project, name, ".cc");
      putSuite(project, "uktest", ".c");
      const suites = Object.fromEntries(names.map((name) => [name, { sources: [`suites/${name}/*.cc`] }]));
      const all = { ...suites, "in-c": { sources: ["suites/uktest/*.c"] } };
      project.put("uktest.config.json", JSON.stringify({ suites: all }));
      const words = ["-m", machine, "--cc", compiler];
      const { code } = await uktest(["list", "in-c", ...words], { cwd: project.path });
      t.is(code, 0);
      const said = await uktest(["run", ...names, ...words, "-r", "json"], { cwd: project.path });
      t.is(said.code, 1, said.stderr);
      const results = documentOf(said).suites.flatMap(({ name, cases }) =>
        cases.map((one) => [
          `${name}.${one.name}: ${one.status}`,
          ...one.assertions.map(({ status, file, line }) =>
            status === "failed" ? `failed ${String(file)}:${String(line)}` : status,
          ),
        ]),
      );
      const promised = names
        .flatMap(promisedBy)
        .map(({ id, status, evaluations }) => [
          `${id}: ${status}`,
          ...evaluations
            .filter((one) => one.status !== "omitted")
            .map((one) =>
              one.status === "failed" ? `failed ${String(one.place).replace(".c:", ".cc:")}` : one.status,
            ),
        ]);
      t.deepEqual([...results].sort(), [...promised].sort());
      const folder = join(project.path, ".uktest/build", `${machine.replace("qemu-", "")}-${compiler}`);
      t.deepEqual(tableOf(join(folder, "uktest.elf")), tableOf(join(folder, "in-c.elf")));
    });

const OWN = "objects, virtual calls, new and macros in C++";
for (const machine of turns(MACHINES, OWN))
  for (const compiler of turns(COMPILERS, machine))
    test.serial(`${OWN}: ${compiler}, ${machine}`, async (t) => {
      const said = await runKit("cplusplus", "-m", machine, "--cc", compiler, "-r", "json");
      t.is(said.code, 0, said.stdout + said.stderr);
      const { suites, findings } = documentOf(said);
      const cases = suites.flatMap(({ cases: all }) => all);
      t.is(cases.filter(({ status }) => status === "passed").length, 25);
      t.deepEqual(
        cases.filter(({ status }) => status !== "passed").map(({ name, status }) => [name, status]),
        [["skipped", "skipped"]],
      );
      t.deepEqual(findings, []);
    });

const FAULTS = `#include <uk/test.h>
struct base {
	base() { call(); }
	void call();
	virtual void go() = 0;
};
struct derived : base {
	void go() override {}
};
void base::call()
{
	go(); // not there yet
}
static volatile uintptr_t zero;
UK_TESTCASE(wrong, pure)
{
	derived one;
}
UK_TESTCASE(wrong, undefined)
{
	volatile int most = 2147483647;
	int sum = most + 1; // overflows
	UK_TEST_EXPECT(sum < 0);
}
static int &made();
struct again {
	int value;
	again() : value(made()) {}
};
static int &made()
{
	static again one;
	return one.value;
}
UK_TESTCASE(wrong, recursive)
{
	made();
}
namespace {
struct last {
	~last() { printf("the last object goes\\n"); }
} object;
}
UK_TESTCASE(wrong, zone)
{
	UK_TEST_EXPECT_PTR_NQ(&object, nullptr);
}
uk_testsuite_register(wrong, NULL);
`;

test.serial("what goes wrong in C++ is found in its source", async (t) => {
  const project = scratch(t);
  await putKitObjects(project.path, ["qemu-x86_64"]);
  project.put("wrong.cc", FAULTS);
  project.put("uktest.config.json", '{ "suites": { "wrong": { "sources": ["*.cc"] } } }');
  const { stdout } = await uktest(["run", "-m", "qemu-x86_64", "-r", "json", "--record", "kept"], {
    cwd: project.path,
  });
  const document = documentOf({ stdout, stderr: "", code: 1 });
  const states = document.suites.flatMap(({ cases }) => cases.map(({ name, status }) => [name, status]));
  t.deepEqual(Object.fromEntries(states), {
    pure: "crashed",
    recursive: "crashed",
    undefined: "passed",
    zone: "passed",
  });
  const lineOf = (text: string): number => FAULTS.slice(0, FAULTS.indexOf(text)).split("\n").length;
  const faults = new Map(document.faults.map((fault) => [fault.case?.replace(/^wrong\./, ""), fault]));
  t.is(faults.get("pure")?.title, "a pure virtual function was called");
  t.true(
    faults
      .get("pure")
      ?.callTrace.some(({ file, line }) => file === "wrong.cc" && line === lineOf("not there yet")),
  );
  t.is(faults.get("recursive")?.title, "a static object needs itself to be made");
  t.deepEqual(
    document.findings.map(({ file, line }) => [file, line]),
    [["wrong.cc", lineOf("overflows")]],
  );
  const logs = readdirSync(join(project.path, "kept"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".log"))
    .map((name) => readFileSync(join(project.path, "kept", name), "utf8"));
  t.true(logs.join("").includes("the last object goes"), "destructors run at the end of the machine");
});

test.serial("without a compiler for C++ its package is named, and suites in C run", async (t) => {
  const project = scratch(t);
  await putKitObjects(project.path, ["v86"]);
  const tools = scratch(t).path;
  for (const name of ["gcc", "ld", "as", "sh", "mv", "rm"])
    symlinkSync(findProgram(name) ?? "", join(tools, name));
  const suite = (name: string): string =>
    `#include <uk/test.h>\nUK_TESTCASE(${name}, one) { UK_TEST_EXPECT(1); }\nuk_testsuite_register(${name}, NULL);\n`;
  project.put("a.c", suite("in_c"));
  project.put("b.cpp", suite("in_cplusplus"));
  const of = (source: string): object => ({ sources: [source] });
  project.put("uktest.config.json", JSON.stringify({ suites: { a: of("a.c"), b: of("*.cpp") } }));
  const run = (name: string) =>
    uktest(["run", name, "-m", "v86"], { cwd: project.path, env: { PATH: tools } });
  const c = await run("a");
  t.is(c.code, 0, c.stdout + c.stderr);
  const cplusplus = await run("b");
  t.is(cplusplus.code, 3, cplusplus.stdout + cplusplus.stderr);
  t.regex(cplusplus.stderr, /g\+\+ is not installed, and it builds the sources in C\+\+/);
  t.regex(cplusplus.stderr, /apt-get install g\+\+$/m);
});
