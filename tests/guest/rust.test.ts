/**
 * Suites in Rust: their results, what an assertion, a panic and a crash say and where, and what a host without such a
 * compiler says. The compiler is Debian's, or that of the host; nothing is downloaded.
 */
import { chmodSync, copyFileSync, readdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { findProgram } from "../../runner/process/parent-death-signal.js";
import { scratch, uktest } from "../cli/run.js";
import { putKitObjects } from "../kit-objects.js";
import { documentOf, ROOT } from "../runner/kit.js";

test.serial("the example in Rust passes, in the table of the image", async (t) => {
  const { path, file } = scratch(t);
  await putKitObjects(path, ["qemu-x86_64"]);
  const example = join(ROOT, "examples/rust");
  for (const name of readdirSync(example).filter((one) => one.includes(".")))
    if (name !== ".uktest") copyFileSync(join(example, name), file(name));
  const said = await uktest(["run", "-r", "json"], { cwd: path });
  t.is(said.code, 0, said.stdout + said.stderr);
  const { suites, evidence } = documentOf(said);
  t.is(evidence, "memory");
  t.deepEqual(
    suites.flatMap(({ name, cases }) => cases.map((one) => `${name}.${one.name} ${one.status}`)).sort(),
    [
      "rust_language.closures_and_iterators passed",
      "rust_language.floats passed",
      "rust_language.skipped skipped",
      "rust_language.slices_compare passed",
      "rust_ring.first_in_first_out passed",
      "rust_ring.full passed",
      "rust_ring.goes_round passed",
    ],
  );
});

const RED = `#![no_std]
mod deep;
uktest::case!(red, goes_on, {
    uktest::expect_eq!(1 + 1, 3); // not three
    uktest::expect!(true);
});
uktest::case!(red, ends, "ends at once", {
    uktest::require!(1 > 2); // not more
    uktest::expect!(false);
});
uktest::case!(red, panics, {
    deep::of(&[1, 2], 7);
});
uktest::case!(red, overflows, {
    let most = deep::most();
    assert_ne!(most + 1, 0); // too much
});
uktest::case!(red, faults, {
    unsafe { core::ptr::write_volatile(16 as *mut u8, 1) } // no memory
});
uktest::case!(red, goes, {
    uktest::expect!(deep::most() > 0);
});
uktest::suite!(red);
`;
const DEEP = `#[inline(never)]
pub fn of(values: &[u8], at: usize) -> u8 {
    values[at] // out of it
}
#[inline(never)]
pub fn most() -> i32 {
    unsafe { core::ptr::read_volatile(&i32::MAX) }
}
`;

const lineOf = (text: string, part: string): number => text.slice(0, text.indexOf(part)).split("\n").length;

test.serial("assertions, panics and crashes have their places in the source", async (t) => {
  const project = scratch(t);
  await putKitObjects(project.path, ["qemu-x86_64"]);
  project.put("red.rs", RED);
  project.put("deep.rs", DEEP);
  project.put("uktest.config.json", '{ "suites": { "red": { "sources": ["red.rs"] } } }');
  const said = await uktest(["run", "-m", "qemu-x86_64", "-r", "json"], { cwd: project.path });
  t.is(said.code, 1, said.stdout + said.stderr);
  const { suites, faults } = documentOf(said);
  const cases = new Map(suites.flatMap(({ cases: all }) => all).map((one) => [one.name, one]));
  const failures = (name: string): readonly string[] =>
    (cases.get(name)?.assertions ?? [])
      .filter(({ status }) => status === "failed")
      .map(({ file, line, message }) => `${String(file)}:${String(line)} ${message}`);
  t.deepEqual(failures("goes_on"), [
    `red.rs:${String(lineOf(RED, "not three"))} expected \`1 + 1\` to be 3, and it is 2`,
  ]);
  t.is(cases.get("goes_on")?.assertions.length, 2);
  t.is(cases.get("goes_on")?.line, lineOf(RED, "not three") - 1);
  t.deepEqual(failures("ends"), [`red.rs:${String(lineOf(RED, "not more"))} expected \`1 > 2\` to be true`]);
  t.is(failures("panics").length, 1);
  t.regex(
    failures("panics")[0] ?? "",
    new RegExp(
      `^deep\\.rs:${String(lineOf(DEEP, "out of it"))} .*index out of bounds: the len is 2 but the index is 7`,
    ),
  );
  t.regex(failures("overflows")[0] ?? "", /attempt to add with overflow/);
  t.is(cases.get("faults")?.status, "crashed");
  t.is(cases.get("goes")?.status, "passed");
  t.regex(faults[0]?.title ?? "", /page fault at 0x10/);
  t.true(
    faults[0]?.callTrace.some(({ file, line }) => file === "red.rs" && line === lineOf(RED, "no memory")),
    JSON.stringify(faults[0]?.callTrace),
  );
  project.put("red.rs", RED.replace("deep::most() > 0", "deep::least()"));
  const broken = await uktest(["run", "-m", "qemu-x86_64"], { cwd: project.path });
  t.is(broken.code, 1);
  t.regex(broken.stdout, /red\.rs:\d+.*cannot find function `least`/);
});

test.serial("without rustc its package is named, and without a core library the target", async (t) => {
  const project = scratch(t);
  await putKitObjects(project.path, ["v86"]);
  project.put("a.rs", "#![no_std]\nuktest::case!(a, one, {});\nuktest::suite!(a);\n");
  project.put("uktest.config.json", '{ "suites": { "a": { "sources": ["a.rs"] } } }');
  const tools = scratch(t);
  for (const name of ["gcc", "ld", "as", "sh", "mv", "rm"])
    symlinkSync(findProgram(name) ?? "", join(tools.path, name));
  const env = { PATH: tools.path };
  const without = await uktest(["run", "-m", "v86"], { cwd: project.path, env });
  t.is(without.code, 3, without.stdout + without.stderr);
  t.regex(without.stderr, /rustc is not installed, and it builds the sources in Rust/);
  t.regex(without.stderr, /apt-get install rustc$/m);
  // One that has only what it was built for.
  tools.put("rustc", "#!/bin/sh\necho /nowhere/lib\n");
  chmodSync(join(tools.path, "rustc"), 0o755);
  const bare = await uktest(["run", "-m", "qemu-arm64"], {
    cwd: project.path,
    env: { PATH: `${tools.path}:${process.env["PATH"] ?? ""}` },
  });
  t.is(bare.code, 3, bare.stdout + bare.stderr);
  t.regex(bare.stderr, /rustc has no core library for aarch64-unknown-linux-gnu/);
  t.regex(bare.stderr, /rustup target add aarch64-unknown-linux-gnu$/m);
});
