/**
 * Tracepoints as users in Unikraft write them: they compile as they are, live and not, for each architecture and with each
 * compiler; and an image without live ones has nothing of them.
 */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import test from "ava";
import { COMPILERS } from "../../src/core/choices.js";
import { bytesOf } from "../../src/image/elf/bytes.js";
import { readElf } from "../../src/image/elf.js";
import { readSymbols } from "../../src/image/elf/symbols.js";
import { tracepointsIn } from "../../src/image/tracepoints.js";
import { KIT_ROOT, sourcesIn } from "../../runner/build/kit.js";
import { toolchainFor } from "../../runner/build/toolchain.js";
import { unitsOf } from "../../runner/build/units.js";
import { scratch, uktest } from "../cli/run.js";
import { putKitObjects } from "../kit-objects.js";
import { readFileSync } from "node:fs";

const USERS = `
#include <sys/types.h>
#include <uk/trace.h>

struct thing;
UK_TRACEPOINT(trace_vfs_open, "\\"%s\\" 0x%x 0%0o", const char*, int, mode_t);
UK_TRACEPOINT(trace_vfs_open_ret, "%d", int);
UK_TRACEPOINT(trace_vfs_lseek, "%d 0x%x %d", int, off_t, int);
UK_TRACEPOINT(trace_vfs_pwritev, "%d %p 0x%x 0x%x", int, const struct thing*, int, off_t);
UK_TRACEPOINT(trace_mount_done, "")
UK_TRACEPOINT(trace_most, "%c %hu %d %lld %p %s %s", char, unsigned short, signed int,
	      long long, struct thing *, char *, const char *);

void use(struct thing *thing, char *text);
void use(struct thing *thing, char *text)
{
	trace_vfs_open("/", 0, 0777);
	trace_vfs_open_ret(-1);
	trace_vfs_lseek(3, -1, 0);
	trace_vfs_pwritev(3, thing, 1, 0);
	trace_mount_done();
	trace_most('a', 1, -1, -1, thing, text, text);
}
`;

const STRICT = ["-Werror", "-Wall", "-Wextra", "-Wno-unused-command-line-argument"];

for (const compiler of COMPILERS)
  for (const architecture of ["x86_64", "i386", "arm64"] as const)
    test(`${compiler} for ${architecture}: tracepoints of Unikraft compile as they are`, (t) => {
      const [source = ""] = sourcesIn(join(KIT_ROOT, "guest/lib/ukdebug"));
      const toolchain = toolchainFor(architecture, compiler);
      const shared = { name: "x", suite: { sources: [source] }, sources: [source], include: [], flags: [] };
      const program = { ...shared, libraries: [], sanitize: true };
      for (const isTraced of [undefined, true] as const)
        for (const define of ["", "#define UK_DEBUG_TRACE\n"]) {
          const target = {
            root: KIT_ROOT,
            architecture,
            toolchain,
            objects: "/nowhere",
            kit: "/nowhere",
            isTraced,
          };
          const args = unitsOf(program, target).at(-1)?.arguments ?? [];
          const words = [...args, ...STRICT, "-S", "-x", "c", "-", "-o", "-"];
          const assembly = execFileSync(toolchain.compiler, words, {
            cwd: KIT_ROOT,
            input: define + USERS,
            encoding: "utf8",
          });
          const isLive = isTraced === true || define !== "";
          t.is(assembly.includes("uk_trace_write"), isLive);
          t.is(assembly.includes(".uk_tracepoints_list"), isLive);
        }
    });

const SUITE = `#include <uk/test.h>
#include <uk/trace.h>
UK_TRACEPOINT(trace_here, "%d", int);
UK_TESTCASE(plain, one)
{
	trace_here(1);
	UK_TEST_EXPECT(1);
}
uk_testsuite_register(plain, NULL);
`;

test("an image without live tracepoints has neither their code nor their buffer", async (t) => {
  const { path, put } = scratch(t);
  put("t.c", SUITE);
  put("uktest.config.json", '{ "suites": { "plain": { "sources": ["t.c"], "libraries": ["vfscore"] } } }');
  await putKitObjects(path, ["v86"]);
  const symbolsOf = (folder: string) => {
    const elf = readElf(bytesOf("image", readFileSync(join(path, ".uktest/build", folder, "plain.elf"))));
    return {
      names: readSymbols(elf, (name) => name.startsWith("uk_trace_")).map(({ name }) => name),
      map: tracepointsIn(elf),
    };
  };
  t.is((await uktest(["run", "-m", "v86"], { cwd: path })).code, 0);
  t.deepEqual(symbolsOf("i386-gcc"), { names: [], map: undefined });
  t.is((await uktest(["run", "-m", "v86", "--trace"], { cwd: path })).code, 0);
  const traced = symbolsOf("i386-gcc-trace");
  t.true(traced.names.includes("uk_trace_buffer"));
  t.is(traced.map?.ranges.length, 4);
});
