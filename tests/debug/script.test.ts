/** The commands that gdb gets, and the places that they stop at, for images of several kernels. */
import { join } from "node:path";
import test from "ava";
import { scriptFor } from "../../src/debug/script.js";
import { stopsOf } from "../../src/debug/stops.js";
import { readImage } from "../../src/image/plan.js";
import { ROOT, runKit } from "../runner/kit.js";

const ORDER = {
  architecture: "x86_64",
  address: "/tmp/a socket",
  sources: ['/a "b"\\c'],
  stops: [],
  breaks: [],
  cases: [],
};

test("paths are quoted, and a stop has its condition and its reason", (t) => {
  const stops = [{ place: "check", condition: "ok == 0", what: "it fails" }];
  const script = scriptFor({ ...ORDER, stops, breaks: ["main"] });
  t.true(script.includes('directory "/a \\"b\\"\\\\c"\n'), script);
  t.true(script.includes("set architecture i386:x86-64\ntarget remote /tmp/a socket\n"), script);
  t.regex(
    script,
    /^break check if ok == 0\ncommands\n {2}silent\n(?: {2}.*\n)* {2}monitor uktest stopped it fails\n/m,
  );
  t.regex(script, /^break main\ncommands\n(?: {2}.*\n)+end\nset \$uktest_shown = 0\ncontinue\n/m);
});

test("a stop of cases waits for the first case", (t) => {
  const cases = [{ name: "s.c", symbol: "_uk_testsuite_s_case_c", start: 0x1000, end: 0x1040 }];
  const stops = [{ place: "__ubsan_handle_add_overflow", isOfCases: true }] as const;
  const script = scriptFor({ ...ORDER, stops, cases });
  t.regex(
    script,
    /^break __ubsan_handle_add_overflow\n(?:.*\n)*?end\ndisable \$bpnum\ntbreak _uk_testsuite_s_case_c\n/m,
  );
  t.true(script.includes("(unsigned long)$pc >= 0x1000 && (unsigned long)$pc <= 0x1040"), script);
  t.notRegex(scriptFor({ ...ORDER, cases }), /tbreak|enable/);
});

test("more cases than anybody debugs make no endless condition", (t) => {
  const cases = Array.from({ length: 5000 }, (_, at) => ({
    ...{ name: `s.c${String(at)}`, symbol: `f${String(at)}` },
    ...{ start: at * 16, end: at * 16 + 16 },
  }));
  t.true(scriptFor({ ...ORDER, cases }).length < 50_000);
});

test.serial("an image of the kit stops at the hooks of our libraries, and knows its cases", async (t) => {
  t.is((await runKit("uktest_fails", "-m", "qemu-x86_64")).code, 1);
  const path = join(ROOT, ".uktest/build/x86_64-gcc/uktest-fails.elf");
  const { plan } = readImage(path);
  const { stops, cases } = stopsOf(path, undefined, plan);
  t.deepEqual(stops.map(({ place }) => place).sort(), [
    "ubsan_on_finding",
    "uk_crash_on_screen",
    "uk_test_on_failure",
    "ukplat_terminate",
  ]);
  const planned = plan.suites.flatMap((suite) => suite.cases.map((one) => `${suite.name}.${one.name}`));
  t.deepEqual(cases.map(({ name }) => name).sort(), [...planned].sort());
  t.true(cases.every(({ start, end }) => end > start));
});
