/**
 * Which headers a library of the kit sees: those of what `library.json` says that it needs, and no other. The builder's own
 * command is asked, with a compiler that stops after the preprocessor.
 */
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { basename, join, relative } from "node:path";
import test from "ava";
import { KIT_ROOT, type Library, librariesOf, libraryNames, sourcesIn } from "../../runner/build/kit.js";
import { toolchainFor } from "../../runner/build/toolchain.js";
import { unitsOf } from "../../runner/build/units.js";
import { scratch } from "../cli/run.js";

const ARCHITECTURES = ["x86_64", "i386", "arm64"] as const;
const [ARCHITECTURE] = ARCHITECTURES;

/** Arguments of the first file of each folder that a program is built from, by folder; those of the program under "". */
function argumentsOf(
  source: string,
  libraries: readonly string[],
  architecture: (typeof ARCHITECTURES)[number] = ARCHITECTURE,
): ReadonlyMap<string, readonly string[]> {
  const toolchain = toolchainFor(architecture, "gcc");
  const suite = { sources: [source] };
  const program = { name: "x", suite, sources: [source], include: [], flags: [], libraries, sanitize: false };
  const units = unitsOf(program, {
    root: KIT_ROOT,
    architecture,
    toolchain,
    objects: "/nowhere",
    kit: "/nowhere",
  });
  const known = new Map<string, readonly string[]>();
  for (const unit of units) {
    const folder = unit.source.startsWith("guest/lib/") ? unit.source.split("/").slice(0, 3).join("/") : "";
    known.set(folder, unit.arguments);
  }
  return known;
}

/** What the compiler complains about in a text; empty where it takes it. */
function complaint(
  text: string,
  args: readonly string[],
  mode: string,
  architecture: (typeof ARCHITECTURES)[number] = ARCHITECTURE,
): string {
  const { compiler } = toolchainFor(architecture, "gcc");
  try {
    execFileSync(compiler, [...args, mode, "-Wno-unused", "-x", "c", "-", "-o", "/dev/null"], {
      cwd: KIT_ROOT,
      input: text,
      stdio: "pipe",
    });
    return "";
  } catch (error) {
    return String((error as { readonly stderr: Buffer }).stderr);
  }
}

const headersOf = ({ headers }: Library): readonly string[] =>
  headers === undefined
    ? []
    : (readdirSync(headers, { recursive: true }) as readonly string[]).filter((name) => name.endsWith(".h"));

const all = librariesOf(ARCHITECTURE, libraryNames()).filter(({ folder }) => folder.includes("/guest/lib/"));
const args = argumentsOf(join(KIT_ROOT, "suites/nowhere.c"), libraryNames());

/** Arguments for a library without sources: those of a suite, with its folders of headers in the place of all libraries'. */
function forHeadersOf({ include }: Library): readonly string[] {
  const flags = (args.get("") ?? []).filter((arg) => !arg.startsWith("-Iguest/lib/"));
  return [...include.map((folder) => `-I${relative(KIT_ROOT, folder)}`), ...flags];
}

const seenBy = (library: Library): readonly string[] =>
  args.get(relative(KIT_ROOT, library.folder)) ?? forHeadersOf(library);

test("a library that includes a header of one that it does not need does not build", (t) => {
  let pairs = 0;
  for (const library of all.filter(({ folder }) => sourcesIn(folder).length > 0))
    for (const other of all) {
      const [header] = headersOf(other);
      if (header === undefined || library.include.includes(String(other.headers))) continue;
      pairs += 1;
      const said = complaint(`#include <${header}>\n`, seenBy(library), "-E");
      t.regex(said, /No such file or directory/, `${library.name} includes <${header}> of ${other.name}`);
    }
  t.true(pairs > 20, String(pairs));
});

test("a suite sees the headers of its libraries, and no others", (t) => {
  const suite = join(scratch(t).path, "suite.c");
  const text =
    "#include <uk/test.h>\n#include <uk/alloc.h>\n#include <fcntl.h>\n#include <vfscore/vnode.h>\n";
  t.is(complaint(text, argumentsOf(suite, ["vfscore"]).get("") ?? [], "-fsyntax-only"), "");
  t.regex(complaint(text, argumentsOf(suite, []).get("") ?? [], "-fsyntax-only"), /fcntl\.h: No such file/);
});

test("each header of a library stands on what the library needs", (t) => {
  for (const library of all)
    for (const header of headersOf(library))
      t.is(
        complaint(`#include <${header}>\n`, seenBy(library), "-fsyntax-only"),
        "",
        `${library.name}: ${header}`,
      );
});

/** What Unikraft's uk/print.h has of what these libraries use, and nothing that only the kit's has. */
const PRINT_OF_UNIKRAFT = `
#define __UK_PRINT_H__
#define KLVL_CRIT 0
#define KLVL_ERR 1
#define KLVL_INFO 3
#define UK_PR_LIBNAME 0
#define UK_PR_SRCNAME 0
void _uk_printk(int lvl, const char *library, const char *source, unsigned int line, const char *fmt, ...);
#define uk_printk(lvl, ...) _uk_printk((lvl), 0, 0, 0, __VA_ARGS__)
`;

test("libraries that build in a Unikraft tree print with what that has", (t) => {
  for (const [name, source] of [
    ["libuktest", "guest/lib/uktest/wire.c"],
    ["libubsan", "guest/lib/ubsan/ubsan.c"],
  ] as const) {
    const library = all.find((one) => one.name === name);
    if (library === undefined) return t.fail(name);
    const text = `#define __Unikraft__ 1\n${PRINT_OF_UNIKRAFT}#include "${join(KIT_ROOT, source)}"\n`;
    t.is(
      complaint(
        text,
        [...seenBy(library), "-include", "uk/libid.h", "-include", "stdarg.h"],
        "-fsyntax-only",
      ),
      "",
      name,
    );
  }
});

/** Headers that an included one is part of. */
const PARTS = /^uk\/arch\/x86\//;

for (const architecture of ARCHITECTURES)
  test(`${architecture}: each header of the kernel stands alone`, (t) => {
    const include = join(KIT_ROOT, "guest/include");
    const suite = argumentsOf(join(scratch(t).path, "suite.c"), ["ukgdb"], architecture).get("") ?? [];
    const headers = (readdirSync(include, { recursive: true }) as readonly string[]).filter(
      (name) => name.endsWith(".h") && !PARTS.test(name),
    );
    t.true(headers.length > 30);
    for (const header of headers)
      t.is(complaint(`#include <${header}>\n`, suite, "-fsyntax-only", architecture), "", header);
  });

test("headers that belong to no library are those of the kernel", (t) => {
  const include = join(KIT_ROOT, "guest/include");
  t.deepEqual(readdirSync(include), ["uk"]);
  const own = (readdirSync(include, { recursive: true }) as readonly string[]).filter((name) =>
    name.endsWith(".h"),
  );
  const twice = all.flatMap(({ headers }) =>
    own.filter((name) => existsSync(join(headers ?? "/nowhere", name))),
  );
  t.deepEqual(
    twice.map((name) => basename(name)),
    [],
  );
});
