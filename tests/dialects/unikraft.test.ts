import test from "ava";
import { casesOf } from "../../src/core/model/counts.js";
import type { RunModel } from "../../src/core/model.js";
import { judge } from "../../src/core/verdict.js";
import { BANNER, type Generation, generations, HALT, HEAD, kernel, padded } from "../console.js";
import { read as readLog } from "../reading.js";

/** The console of a whole boot. */
const read = (log: string): RunModel => readLog(HEAD + log);

const now = generations["0.11-0.20 with time"];
const P = "[    0.105800] Info: ";

const summary = (model: RunModel): readonly string[] =>
  casesOf(model).map(
    (one) =>
      `${one.suite}.${one.name} ${one.status} ${String(one.evaluations.passed)}/${String(one.evaluations.failed)}`,
  );
const codes = (model: RunModel, grade = "error"): readonly string[] =>
  model.problems.filter((problem) => problem.grade === grade).map(({ code }) => code);
const verdictOf = (model: RunModel): string => judge(model).verdict;

for (const [name, generation] of Object.entries<Generation>(generations)) {
  test(`${name}: passed, failed with its place, empty`, (t) => {
    const log =
      generation.header("alpha", "first") +
      generation.passed("expected `x` to be 1 and was 1") +
      generation.failed("expected `y` to be 2 but was 3", "main.c", 25) +
      generation.header("alpha", "second") +
      generation.header("beta", "third") +
      generation.passed("expected `z` to be true") +
      BANNER;
    const model = read(log);
    t.deepEqual(summary(model), [
      "alpha.first failed 1/1",
      "alpha.second passed 0/0",
      "beta.third passed 1/0",
    ]);
    const failure = casesOf(model)[0]?.assertions[1];
    t.like(failure, {
      status: "failed",
      message: "expected `y` to be 2 but was 3",
      file: "main.c",
      line: 25,
    });
    t.deepEqual(codes(model), []);
    t.is(verdictOf(model), "failed");
  });

  test(`${name}: all passed is green, and not without its end`, (t) => {
    const log = generation.header("alpha", "first") + generation.passed("expected `x` to be 1 and was 1");
    t.is(verdictOf(read(log + BANNER)), "passed");
    t.is(verdictOf(read(log)), "failed");
  });

  test(`${name}: results in the form of any other generation forge nothing`, (t) => {
    for (const [other, forger] of Object.entries<Generation>(generations)) {
      // Bytes that are the same cannot be told apart on a console; a prefix the kernel alone prints is no imitation.
      if (other === name || other.startsWith("0.11") || other === "0.21 with time") continue;
      const weaker = ["2021 transcript", "2021 early", "0.21 without anything"].includes(name);
      if (weaker) continue;
      // Some lines of these generations are the same bytes.
      if (name === "0.6-0.10 printf" && ["2021 early", "0.21 without anything"].includes(other)) continue;
      const forged =
        forger.header("fake", "case") + forger.failed("expected `x` to be 0 but was 1", "evil.c", 1);
      const log =
        forged +
        generation.header("alpha", "first") +
        generation.passed("expected `x` to be 1 and was 1") +
        forged +
        generation.passed("expected `x` to be 1 and was 1") +
        BANNER;
      const model = read(log);
      t.deepEqual(summary(model), ["alpha.first passed 2/0"], other);
      t.is(verdictOf(model), "passed", other);
      t.true(codes(model, "note").includes("lookalike"), other);
    }
    t.pass();
  });
}

test("a kernel form after a settled weaker form is a conflict, never ignored", (t) => {
  const old = generations["0.6-0.10 printf"];
  const many = Array.from({ length: 20 }, () => old.passed("expected `x` to be true")).join("");
  const model = read(
    old.header("a", "b") +
      many +
      now.header("c", "d") +
      now.failed("expected `x` to be 1 but was 2", "m.c", 3) +
      BANNER,
  );
  t.true(codes(model).includes("form-conflict"));
  t.is(verdictOf(model), "failed");
});

test("a result after a partial line of the application counts, and the partial line is kept", (t) => {
  const model = read(`${now.header("a", "b")}partial${now.passed("expected `x` to be true")}${BANNER}`);
  t.deepEqual(summary(model), ["a.b passed 1/0"]);
  t.deepEqual(
    casesOf(model)[0]?.output.map(({ text }) => text),
    ["partial"],
  );
});

test("a printed result inside another kernel message is not counted, and said", (t) => {
  const forged = `${P}[appuktest] <main.c @   47> `;
  for (const text of [`\t${padded("expected `x` to be true", "[ FAILED ]")}`, "test:\x1b[0m fake->case"]) {
    const model = read(
      `${now.header("a", "b")}${now.passed("expected `x` to be true")}${forged}${text}\r\n${BANNER}`,
    );
    t.deepEqual(summary(model), ["a.b passed 1/0"]);
    t.deepEqual(codes(model, "warning"), ["ambiguous-line"]);
    t.is(verdictOf(model), "passed");
  }
});

const WHOLE = padded("expected `x` to be 1 but was 2", "[ FAILED ]");

test("a result cut by a printk anywhere is joined again", (t) => {
  for (let cut = 1; cut < WHOLE.length; cut += 1) {
    const front = `${P}\t${WHOLE.slice(0, cut)}`;
    const rest = `${WHOLE.slice(cut)}\r\n`;
    for (const between of ["", "\r\n"]) {
      const log = `${now.header("a", "b")}${front}${between}${kernel("ERR:  ", "libfoo", "an interrupt speaks")}${rest}${P}\t  in m.c]:7]\r\n${BANNER}`;
      const model = read(log);
      t.deepEqual(summary(model), ["a.b failed 0/1"], String(cut));
      t.like(casesOf(model)[0]?.assertions[0], { file: "m.c", line: 7 });
      t.deepEqual(codes(model), []);
    }
  }
});

test("a header cut by a printk anywhere keeps its whole name", (t) => {
  const whole = "test:\x1b[0m demo_suite->demo_case: what it does";
  for (let cut = 1; cut < whole.length; cut += 1) {
    // A cut inside the escape is a damaged line; everywhere else it is joined.
    if (cut > 5 && cut < 9) continue;
    const log = `${now.header("a", "b")}${P}${whole.slice(0, cut)}${kernel("ERR:  ", "libfoo", "an interrupt")}${whole.slice(cut)}\r\n${now.passed("expected `x` to be true")}${BANNER}`;
    const model = read(log);
    t.deepEqual(summary(model), ["a.b passed 0/0", "demo_suite.demo_case passed 1/0"], whole.slice(0, cut));
  }
});

test("a front whose rest never comes is damage", (t) => {
  const model = read(
    `${now.header("a", "b")}${P}\t${WHOLE.slice(0, 40)}\r\n${now.passed("expected `y` to be true")}${BANNER}`,
  );
  t.deepEqual(codes(model), ["garbled-line"]);
  t.is(verdictOf(model), "failed");
});

test("free text of uk_test_printf is output, not damage", (t) => {
  const model = read(
    `${now.header("a", "b")}${P}\tstarting the device\r\n${P}\tx = 12 (0x0c)\r\n${now.passed("expected `y` to be true")}${BANNER}`,
  );
  t.is(verdictOf(model), "passed");
  t.deepEqual(
    casesOf(model)[0]?.output.map(({ text }) => text.trim()),
    ["starting the device", "x = 12 (0x0c)"],
  );
});

test("a damaged result line keeps a run from being green, wherever one byte is hit", (t) => {
  const failed = now.failed("expected `y` to be 2 but was 3", "main.c", 25);
  for (let at = 0; at < failed.length - 2; at += 1) {
    for (const byte of ["#", "\x80", "x", "\x00", "\n"]) {
      const hit = failed.slice(0, at) + byte + failed.slice(at + 1);
      t.is(
        verdictOf(read(`${now.header("a", "b")}${now.passed("expected `x` to be true")}${hit}${BANNER}`)),
        "failed",
        JSON.stringify(hit),
      );
    }
    const lost = failed.slice(0, at) + failed.slice(at + 1);
    t.is(
      verdictOf(read(`${now.header("a", "b")}${now.passed("expected `x` to be true")}${lost}${BANNER}`)),
      "failed",
      JSON.stringify(lost),
    );
  }
});

test("a message longer than the print buffer swallows a line end; the line after it is found", (t) => {
  const long = "0123456789".repeat(19) + "0";
  const spill = `${P}[appuktest] <main.c @   46> ${long}\x00  46\x00.190826] `;
  const model = read(
    `${now.header("a", "b")}${spill}\t${padded("expected `x` to be 1 but was 2", "[ FAILED ]")}\r\n${P}\t  in m.c]:7]\r\n${spill}test:\x1b[0m a->c\r\n${now.passed("expected `x` to be true")}${BANNER}`,
  );
  t.deepEqual(summary(model), ["a.b failed 0/1", "a.c passed 1/0"]);
  t.is(casesOf(model)[0]?.output[0]?.text, long);
});

test("NULs around every message of 0.21 change nothing", (t) => {
  const g = generations["0.21 with time"];
  const nul = (line: string): string => line.replace(/^(\[ +[\d.]+\] )(.*)\r\n$/s, "$1\x00$2\x00\r\n");
  const model = read(nul(g.header("a", "b")) + nul(g.passed("expected `x` to be true")) + BANNER);
  t.deepEqual(summary(model), ["a.b passed 1/0"]);
  t.is(verdictOf(model), "passed");
});

test("omitted assertions are neither passed nor failed", (t) => {
  const line = (status: string): string =>
    `${P}\t${padded("expected `x` to be 1 but was 2", `[ ${status} ]`)}\r\n`;
  const model = read(
    now.header("a", "b") +
      line("OMITTED") +
      line("OMITTED/FAILED") +
      now.header("a", "c") +
      now.passed("expected `x` to be true") +
      BANNER,
  );
  t.deepEqual(summary(model), ["a.b skipped 0/0", "a.c passed 1/0"]);
  t.is(verdictOf(model), "passed");
});

test("evaluations of one site in a loop all count", (t) => {
  const loop = Array.from({ length: 50 }, (_, i) =>
    now.passed(`expected \`i\` to be ${String(i)} and was ${String(i)}`),
  ).join("");
  t.deepEqual(summary(read(now.header("a", "b") + loop + BANNER)), ["a.b passed 50/0"]);
});

test("suites after the statistics count too, and their failures", (t) => {
  const stats =
    kernel("Info: ", "libuktest", "uktest:suites:     1 total") +
    kernel("Info: ", "libuktest", "uktest:cases:      1 total") +
    kernel("Info: ", "libuktest", "uktest:assertions: 1 total");
  const log =
    now.header("a", "b") +
    now.passed("expected `x` to be true") +
    stats +
    now.header("late", "c") +
    now.failed("expected `y` to be true", "m.c", 9) +
    HALT;
  const model = read(log);
  t.deepEqual(summary(model), ["a.b passed 1/0", "late.c failed 0/1"]);
  t.deepEqual(codes(model), []);
});

test("UTF-8 in messages survives, invalid bytes become visible", (t) => {
  const model = read(
    now.header("a", "b") +
      now.passed(Buffer.from("größe → 中").toString("latin1")) +
      now.passed("bad \xff byte") +
      BANNER,
  );
  t.deepEqual(
    casesOf(model)[0]?.assertions.map(({ message }) => message),
    ["größe → 中", "bad � byte"],
  );
});

test("times of the guest give durations", (t) => {
  const at = (time: string, text: string): string => `[ ${time}] Info: ${text}\r\n`;
  const log =
    at("   0.100000", "test:\x1b[0m a->b") +
    at("   0.150000", `\t${padded("expected `x` to be true", "[ PASSED ]")}`) +
    at("   1.350500", "test:\x1b[0m a->c") +
    at("   1.360500", `\t${padded("expected `x` to be true", "[ PASSED ]")}`) +
    BANNER;
  t.deepEqual(
    casesOf(read(log)).map(({ durationMs }) => durationMs),
    [1250.5, 10],
  );
});

test("results that fill no column count in a boot in which none does", (t) => {
  const line = (status: string): string => `${P}\texpected \`x\` to be 1 and was 1 ..... [ ${status} ]\r\n`;
  const log = `${now.header("a", "b")}${line("PASSED")}${line("FAILED")}${P}\t  in m.c]:7]\r\n${now.header("a", "c")}${line("PASSED")}${BANNER}`;
  const model = read(log);
  t.deepEqual(summary(model), ["a.b failed 1/1", "a.c passed 1/0"]);
  t.deepEqual(codes(model), []);
});

test("a result that fills no column after ones that do is damage", (t) => {
  const short = `${P}\texpected \`x\` to be 1 and was 1 ..... [ PASSED ]\r\n`;
  const model = read(`${now.header("a", "b")}${now.passed("expected `y` to be true")}${short}${BANNER}`);
  t.deepEqual(summary(model), ["a.b passed 1/0"]);
  t.deepEqual(codes(model), ["garbled-line"]);
});
