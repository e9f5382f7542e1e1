// Writes the Makefile.uk and Config.uk of libraries and suites, with which they are libraries of a Unikraft tree: from
// library.json and uktest.config.json. What is in guest/lib/NAME/unikraft stands in for the file of the same name beside it.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** Suites that build in a Unikraft tree; the others test what only the kit has, or end in a main() of their own. */
const SUITES = [
  "hexdump",
  "ubsan",
  "ubsan-fatal",
  "ukargparse",
  "ukdebug",
  "uktest",
  "uktest-abort",
  "uktest-fails",
];

/** Part of the names of an option and of make's variables. */
const upper = (name) => name.toUpperCase().replaceAll("-", "_");

/**
 * How an option of Unikraft needs a library. What many options there select depends on the libraries below it, since Kconfig
 * has no circles; a suite, which is selected by nothing, selects them.
 */
function needing(need, isSuite) {
  // It is in every image; and what the build of the kit alone makes is in none of Unikraft.
  if (need === "ukboot" || need === "uksymtab") return [];
  // nolibc is one C library of several, and has what nolibc-extra adds.
  if (need.startsWith("nolibc"))
    return [isSuite ? "select LIBNOLIBC if !HAVE_LIBC" : "depends on (HAVE_LIBC || LIBNOLIBC)"];
  if (need === "ukdebug" && !isSuite) return ["depends on LIBUKDEBUG"];
  return [`select LIB${upper(need)}`];
}

/** The lines for some needs, each once, what they depend on first. */
const needingAll = (needs, { isSuite, selects = [] }) =>
  [
    ...new Set([
      ...needs.flatMap((need) => needing(need, isSuite)),
      ...selects.map((name) => `select ${name}`),
    ]),
  ].sort();

const header = (from) =>
  `# SPDX-License-Identifier: BSD-3-Clause\n# Made from ${from} by build/unikraft-files.mjs.\n`;

/** Files of a folder by their ends, sorted, those of unikraft/ in the place of their namesakes. */
function sourcesOf(folder) {
  const isSource = (name) => /\.(?:c|S|ld)$/.test(name);
  const there = (path) => (existsSync(path) ? readdirSync(path).filter(isSource) : []);
  const own = there(join(folder, "unikraft"));
  const shared = there(folder).filter((name) => !own.includes(name));
  return [...shared, ...own.map((name) => `unikraft/${name}`)].sort();
}

function makefile(from, { name, folder, flags = [], include = [], options = {}, sanitize }) {
  const lib = `lib${name}`.replaceAll("-", "_");
  const prefix = upper(lib);
  const lines = [`$(eval $(call addlib_s,${lib},$(CONFIG_${prefix})))`, ""];
  if (existsSync(join(folder, "include")))
    for (const language of ["C", "CXX"])
      lines.push(`${language}INCLUDES-$(CONFIG_${prefix}) += -I$(${prefix}_BASE)/include`);
  for (const path of include) lines.push(`${prefix}_CINCLUDES-y += -I${path}`);
  for (const flag of flags) lines.push(`${prefix}_CFLAGS-y += ${flag}`);
  if (!sanitize) lines.push(`${prefix}_CFLAGS-y += -fno-sanitize=all`);
  for (const [option, { flags: given }] of Object.entries(options))
    if (given !== undefined) lines.push(`COMPFLAGS-$(CONFIG_${prefix}_${option}) += ${given}`);
  if (lines.at(-1) !== "") lines.push("");
  for (const source of sourcesOf(folder)) lines.push(`${prefix}_SRCS-y += $(${prefix}_BASE)/${source}`);
  return `${header(from)}${lines.join("\n")}\n`;
}

function config(from, { name, prompt, needs, options = {} }) {
  const prefix = `LIB${upper(name)}`;
  const all = Object.entries(options);
  const lines = [
    `${all.length > 0 ? "menuconfig" : "config"} ${prefix}`,
    `\tbool "${prompt}"`,
    "\tdefault n",
    ...needs.map((line) => `\t${line}`),
  ];
  if (all.length > 0) lines.push("", `if ${prefix}`);
  for (const [option, { prompt: words, default: isDefault }] of all)
    lines.push("", `config ${prefix}_${option}`, `\tbool "${words}"`, `\tdefault ${isDefault ? "y" : "n"}`);
  if (all.length > 0) lines.push("", `endif # ${prefix}`);
  return `${header(from)}${lines.join("\n")}\n`;
}

/** What a library of the kit is in Unikraft; none where `library.json` does not say so. */
function libraries(root) {
  return readdirSync(join(root, "guest/lib")).flatMap((name) => {
    const {
      needs = [],
      sanitize = true,
      unikraft,
    } = JSON.parse(readFileSync(join(root, "guest/lib", name, "library.json"), "utf8"));
    if (unikraft === undefined) return [];
    const path = `guest/lib/${name}`;
    return [
      {
        ...unikraft,
        name,
        path,
        from: "library.json",
        sanitize,
        needs: needingAll(needs, { isSuite: false, selects: unikraft.select }),
      },
    ];
  });
}

/** The suites of a folder are a library that is selected by the folder's name. */
function suites(root) {
  const all = JSON.parse(readFileSync(join(root, "uktest.config.json"), "utf8")).suites;
  return SUITES.map((name) => ({
    name: `uktest_suite_${name}`,
    prompt: `uktest: the suites of ${name}`,
    flags: all[name].flags,
    needs: needingAll(["nolibc", "ukdebug", "uktest", ...(all[name].libraries ?? [])], { isSuite: true }),
    path: `suites/${name}`,
    from: "uktest.config.json",
    sanitize: true,
  }));
}

/** Text of each file, by its path below the root. */
function unikraftFiles(root = ROOT) {
  return new Map(
    [...libraries(root), ...suites(root)].flatMap((one) => [
      [`${one.path}/Makefile.uk`, makefile(one.from, { ...one, folder: join(root, one.path) })],
      [`${one.path}/Config.uk`, config(one.from, one)],
    ]),
  );
}

// With --print it writes nothing, and prints them as pairs of path and text.
if (process.argv.includes("--print")) process.stdout.write(JSON.stringify([...unikraftFiles()]));
else for (const [path, text] of unikraftFiles()) writeFileSync(join(ROOT, path), text);
