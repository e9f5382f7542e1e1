/** Traces of real guests, from their memory after the end, a crash and a time-out, on each machine. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { turns } from "../amount.js";
import { putKitObjects } from "../kit-objects.js";
import { scratch, uktest } from "../cli/run.js";
import { complaintsAbout, type Document } from "./traces.js";

const SUITE = `#define UK_DEBUG_TRACE
#include <uk/assert.h>
#include <uk/test.h>
#include <uk/trace.h>

UK_TRACEPOINT(trace_vfs_open, "\\"%s\\" 0x%x", const char *, int);
UK_TRACEPOINT(trace_level, "%d", short);

UK_TESTCASE(traced, first)
{
	trace_level(-300);
	trace_vfs_open("/etc/motd", 0x42);
	UK_TEST_EXPECT(1);
}

UK_TESTCASE(traced, second)
{
	trace_vfs_open("last words", -1);
	UK_ASSERT(!esac);
}

UK_TESTCASE(traced, third)
{
	trace_level(7);
	for (;;)
		;
}

uk_testsuite_register(traced, NULL);
`;

const CONFIG = '{ "suites": { "demo": { "sources": ["t.c"] } } }';

const lastWords = '"last words" 0xffffffff';

for (const machine of turns(["v86", "qemu-x86_64", "qemu-i386", "qemu-arm64"], "trace/runs"))
  test(`${machine}: what tracepoints have noted outlives a crash, up to babeltrace2`, async (t) => {
    const { path, put } = scratch(t);
    put("t.c", SUITE);
    put("uktest.config.json", CONFIG);
    await putKitObjects(path, [machine]);
    const run = ["run", "-m", machine, "--trace", "--record", "records", "traced.first", "traced.second"];
    const { code, stderr } = await uktest(run, { cwd: path });
    t.is(code, 1, stderr);
    t.true(stderr.includes("trace: the last "), stderr);
    t.regex(stderr, /trace_level -300/);
    t.true(stderr.includes(lastWords));
    const text = await uktest(["trace", "latest"], { cwd: path });
    t.is(text.code, 0, text.stderr);
    const lines = text.stdout.split("\n").map((line) => line.trim().replace(/^[\d.]+ /, ""));
    const [from, to] = [lines.indexOf("# traced.first"), lines.indexOf("# traced.second")];
    t.deepEqual(lines.slice(from + 1, to), [
      "trace_uktest_case traced first",
      "trace_level -300",
      'trace_vfs_open "/etc/motd" 0x42',
      "trace_uktest_case_end traced first passed",
    ]);
    t.deepEqual(lines.slice(to + 1, to + 3), [
      "trace_uktest_case traced second",
      `trace_vfs_open ${lastWords}`,
    ]);
    const ctf = await uktest(["trace", "records", "--format", "ctf", "-o", "ctf"], { cwd: path });
    t.is(ctf.code, 0, ctf.stderr);
    const events = execFileSync("babeltrace2", [join(path, "ctf")], { encoding: "utf8" });
    t.regex(events, /trace_level: \{ case = "traced\.first" \}, \{ arg1 = -300 \}/);
    t.regex(events, /trace_vfs_open: .*\{ arg1 = "last words", arg2 = 0xFFFFFFFF \}/);
  });

test("a time-out leaves a trace; a whole run is a document for Perfetto", async (t) => {
  const { path, put } = scratch(t);
  put("t.c", SUITE);
  put("uktest.config.json", CONFIG);
  await putKitObjects(path, ["v86"]);
  const run = [
    "run",
    "-m",
    "v86",
    "--trace=chrome:out/run.json",
    "--case-timeout",
    "1",
    "--max-crashes",
    "3",
  ];
  const { code, stderr } = await uktest(run, { cwd: path });
  t.is(code, 1, stderr);
  const document = JSON.parse(readFileSync(join(path, "out/run.json"), "utf8")) as Document;
  t.deepEqual(complaintsAbout(document), []);
  const names = document.traceEvents.filter(({ ph }) => ph === "X").map(({ name }) => name);
  for (const name of ["first", "second", "third", "traced", "traced.third"])
    t.true(names.includes(name), name);
  const last = document.traceEvents.filter(({ ph }) => ph === "i").at(-1);
  t.like(last, { name: "trace_level", args: { text: "7", arg1: 7 } });
});

test("without --trace nothing is read or kept; with it an image without tracepoints says so", async (t) => {
  const { path, put } = scratch(t);
  put("t.c", SUITE);
  put("uktest.config.json", CONFIG);
  put("plain.c", SUITE.replace("#define UK_DEBUG_TRACE\n", "").replace("UK_ASSERT(!esac);", ""));
  await putKitObjects(path, ["v86"]);
  const plain = await uktest(["run", "-m", "v86", "--record", "records", "traced.first"], { cwd: path });
  t.is(plain.code, 0, plain.stderr);
  const none = await uktest(["trace", "records"], { cwd: path });
  t.is(none.code, 2);
  t.regex(none.stderr, /records has no traces/);
  put("uktest.config.json", CONFIG.replace("t.c", "plain.c"));
  await uktest(["run", "-m", "v86", "demo", "--case-timeout", "1"], { cwd: path });
  const image = join(path, ".uktest/build/i386-gcc/demo.elf");
  const given = await uktest(["run", "--image", image, "-m", "qemu-i386", "--trace=text", "traced.first"], {
    cwd: path,
  });
  t.is(given.code, 0, given.stderr);
  t.regex(given.stderr, /has no tracepoints/);
});

test("an image of Unikraft, which has no ring, is read as it is: arm64, where its own tools fail", async (t) => {
  const { path, put } = scratch(t);
  put("t.c", SUITE);
  put("uktest.config.json", CONFIG);
  await putKitObjects(path, ["qemu-arm64"]);
  const on = ["-m", "qemu-arm64", "traced.first"];
  t.is((await uktest(["run", "--trace", ...on], { cwd: path })).code, 0);
  const [kit, app] = [".uktest/build/arm64-gcc-trace/demo.elf", "app.elf"].map((name) => join(path, name));
  execFileSync("aarch64-linux-gnu-objcopy", ["--strip-symbol=uk_trace_ring", kit ?? "", app ?? ""]);
  const { code, stderr } = await uktest(["run", "--image", app ?? "", "--trace=text", ...on], { cwd: path });
  t.is(code, 0, stderr);
  t.regex(stderr, /trace_level -300\n.*trace_vfs_open "\/etc\/motd" 0x42\n/);
});

test("words that mean nothing are refused", async (t) => {
  const { path } = scratch(t);
  for (const [words, message] of [
    [["run", "--trace=xml"], /--trace does not take xml/],
    [["run", "--trace=ctf:"], /--trace does not take ctf:/],
    [["trace", "nowhere"], /nowhere is no record of a run/],
    [["trace", "."], /is no record of a run/],
    [["trace"], /no record given/],
    [["trace", "latest", "--format", "xml"], /format/],
  ] as const) {
    const said = await uktest(words, { cwd: path });
    t.is(said.code, 2, said.stderr);
    t.regex(said.stderr, message);
  }
});

const FULL = `#define UK_DEBUG_TRACE
#include <uk/assert.h>
#include <uk/test.h>
#include <uk/trace.h>

UK_TRACEPOINT(trace_step, "%d", int);

UK_TESTCASE(traced, fills)
{
	uk_trace_restart(UK_TRACE_KEEP_FIRST);
	for (int i = 0; i < 9000; i++)
		trace_step(i);
	UK_ASSERT(!esac);
}

uk_testsuite_register(traced, NULL);
`;

test("the last events of a buffer that was full are not said to be the last before a death", async (t) => {
  const { path, put } = scratch(t);
  put("t.c", FULL);
  put("uktest.config.json", CONFIG);
  await putKitObjects(path, ["v86"]);
  const { code, stderr } = await uktest(["run", "-m", "v86", "--trace", "traced.fills"], { cwd: path });
  t.is(code, 1, stderr);
  t.regex(stderr, /trace: the last 8 of .* that its buffer had room for, some time before ".+":\n/);
  t.notRegex(stderr, /trace_step 8999/);
});
