/**
 * The Makefile.uk and Config.uk beside libraries and suites: they are what the script makes now, and make collects and
 * compiles every file from them as the build of Unikraft does. The headers that Unikraft has are those of the kit here.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { KIT_ROOT } from "../../runner/build/kit.js";
import { scratch } from "../cli/run.js";

const files: ReadonlyMap<string, string> = new Map(
  JSON.parse(
    execFileSync(process.execPath, [join(KIT_ROOT, "build/unikraft-files.mjs"), "--print"], {
      encoding: "utf8",
    }),
  ) as readonly (readonly [path: string, text: string])[],
);

test("they are in step with library.json and uktest.config.json: node build/unikraft-files.mjs", (t) => {
  const there = ["guest/lib", "suites"].flatMap((folder) =>
    (readdirSync(join(KIT_ROOT, folder), { recursive: true }) as readonly string[])
      .filter((name) => name.endsWith(".uk"))
      .map((name) => `${folder}/${name}`),
  );
  t.deepEqual(there.sort(), [...files.keys()].sort());
  for (const [path, text] of files) t.is(readFileSync(join(KIT_ROOT, path), "utf8"), text, path);
});

/** The functions and variables that Unikraft's build has for a Makefile.uk, and a rule that compiles what they collect. */
const HARNESS = `
upper = $(shell echo '$(1)' | tr a-z A-Z)
addlib_s = $(if $(filter y,$(2)),$(eval LIBS += $(1))$(eval $(call upper,$(1))_BASE := \
$(patsubst %/,%,$(dir $(lastword $(MAKEFILE_LIST))))))
UK_PLAT_COMMON_BASE := $(WORK)
include $(MAKEFILES_UK)
sources = $(filter %.c,$($(call upper,$(1))_SRCS-y))
all: $(foreach lib,$(LIBS),$(foreach source,$(call sources,$(lib)),$(lib)+$(subst /,@,$(source))))
$(foreach lib,$(LIBS),$(lib)+%):
	@echo $(subst @,/,$*)
	@$(CC) $(FLAGS) $(COMPFLAGS-y) $(CINCLUDES-y) $($(call upper,$(firstword $(subst +, ,$@)))_CINCLUDES-y) \
	  $($(call upper,$(firstword $(subst +, ,$@)))_CFLAGS-y) $(KERNEL) -c $(subst @,/,$*) -o $(WORK)/object.o
`;

/** What unikraft/port.c takes from a header that only Unikraft has. */
const BOOTINFO = `
#include <uk/arch/types.h>
struct ukplat_bootinfo { __u64 cmdline, cmdline_len; };
struct ukplat_bootinfo *ukplat_bootinfo_get(void);
`;

const FLAGS = [
  "-D__Unikraft__",
  "-std=gnu11",
  "-ffreestanding",
  "-nostdinc",
  "-fno-pic",
  "-Wall",
  "-Werror=implicit",
];

test("each file compiles with what they say, in the form of Unikraft's build", (t) => {
  const work = scratch(t);
  mkdirSync(join(work.path, "include/uk/plat/common"), { recursive: true });
  work.put("include/uk/plat/common/bootinfo.h", BOOTINFO);
  work.put("Makefile", HARNESS);
  const makefiles = [...files.keys()].filter((path) => path.endsWith("Makefile.uk"));
  const options = [...files]
    .filter(([path]) => path.endsWith("Config.uk"))
    .flatMap(([, text]) => [...text.matchAll(/^(?:menu)?config (\w+)$/gm)])
    .map(([, name]) => `CONFIG_${String(name)}=y`);
  const kernel = ["guest/include", ...["nolibc", "ukdebug", "ukargparse"].map(libraryHeaders)];
  const output = execFileSync(
    "make",
    [
      "-s",
      ...["-f", join(work.path, "Makefile")],
      `WORK=${work.path}`,
      "CC=gcc",
      `MAKEFILES_UK=${makefiles.map((path) => join(KIT_ROOT, path)).join(" ")}`,
      `FLAGS=${FLAGS.join(" ")}`,
      `KERNEL=${kernel.map((folder) => `-I${join(KIT_ROOT, folder)}`).join(" ")}`,
      ...options,
    ],
    { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"], cwd: work.path },
  );
  const compiled = output.trim().split("\n").sort();
  const sources = makefiles.flatMap((path) => compiledFrom(path.replace(/\/Makefile\.uk$/, "")));
  t.true(compiled.length > 30, String(compiled.length));
  t.deepEqual(compiled, sources.sort());
});

const libraryHeaders = (name: string): string => `guest/lib/${name}/include`;

/** The C files of a folder; one below unikraft/ stands in for its namesake. */
function compiledFrom(folder: string): readonly string[] {
  const names = readdirSync(join(KIT_ROOT, folder), { recursive: true }) as readonly string[];
  const sources = names.filter((name) => name.endsWith(".c"));
  return sources
    .filter((name) => name.includes("/") || !sources.includes(`unikraft/${name}`))
    .map((name) => join(KIT_ROOT, folder, name));
}

test("what a library or a suite needs is in its option", (t) => {
  const option = (path: string): string => files.get(`${path}/Config.uk`) ?? "";
  t.regex(
    option("suites/ukargparse"),
    /config LIBUKTEST_SUITE_UKARGPARSE\n(?:\t.*\n)*\tselect LIBUKARGPARSE\n/,
  );
  t.regex(option("guest/lib/uktest"), /menuconfig LIBUKTEST\n(?:\t.*\n)*\tdepends on LIBUKDEBUG\n/);
  // Options of Unikraft that projects have in their configurations.
  for (const name of ["LIBUKTEST_ALL", "LIBUKTEST_FAILFAST", "LIBUBSAN_GLOBAL_ON", "LIBUBSAN_ABORT"])
    t.true(
      [...files.values()].some((text) => text.includes(`config ${name}\n`)),
      name,
    );
});
