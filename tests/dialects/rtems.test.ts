/** What the logs of RTEMS do not show: vectors of the hash, and when it says nothing. */
import { createHash } from "node:crypto";
import test from "ava";
import { judge } from "../../src/core/verdict.js";
import { ReportHash } from "../../src/dialects/rtems/report-hash.js";
import { Sha256 } from "../../src/dialects/rtems/sha256.js";
import { read } from "../reading.js";

const hexOf = (text: string, pieces = 1): string => {
  const hash = new Sha256();
  const size = Math.ceil(text.length / pieces) || 1;
  for (let at = 0; at < text.length; at += size) hash.update(text.slice(at, at + size));
  return Buffer.from(hash.digest()).toString("hex");
};

test("SHA-256 has the values of FIPS 180-4", (t) => {
  t.is(hexOf(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  t.is(hexOf("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  t.is(
    hexOf("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 3),
    "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
  );
});

test("SHA-256 is that of the host for every length around its blocks", (t) => {
  for (let length = 0; length <= 200; length += 1) {
    const text = String.fromCharCode(...Array.from({ length }, (_, at) => (at * 37) & 0xff));
    t.is(hexOf(text, 1 + (length % 5)), createHash("sha256").update(text, "latin1").digest("hex"));
  }
});

const LINES = [
  "A:X",
  "S:Platform:RTEMS",
  "B:one",
  "P:0:0:UI1:x.c:3",
  "E:one:N:1:F:0:D:0.001000",
  "Z:X:C:1:N:1:F:0:D:0.002000",
];
const digest = (lines: readonly string[], form: "hex" | "base64"): string => {
  const text = createHash("sha256")
    .update(`${lines.join("\n")}\n`)
    .digest(form);
  return text.replaceAll("+", "-").replaceAll("/", "_");
};
const matched = (lines: readonly string[], said: string): string => {
  const hash = new ReportHash();
  for (const line of lines) hash.line(line);
  return hash.match(said);
};

test("a report matches its hash as digits and as base64url", (t) => {
  for (let salt = 0; salt < 20; salt += 1) {
    const lines = [`A:X${String(salt)}`, ...LINES.slice(1)];
    t.is(matched(lines, digest(lines, "hex")), "proves");
    t.is(matched(lines, digest(lines, "base64")), "proves");
  }
});

test("lines of other writers are in the hash or not, and make a wrong one say nothing", (t) => {
  const noisy = LINES.toSpliced(3, 0, "a valve hums");
  t.is(matched(noisy, digest(LINES, "hex")), "proves");
  t.is(matched(noisy, digest(noisy, "hex")), "proves");
  t.is(matched(noisy, digest(["A:Y"], "hex")), "says nothing");
  t.is(matched(LINES, digest(["A:Y"], "hex")), "contradicts");
});

const logOf = (lines: readonly string[], said: string): string =>
  ["*** BEGIN OF TEST X ***", ...lines, `Y:ReportHash:SHA256:${said}`, "", "*** END OF TEST X ***", ""].join(
    "\n",
  );
const problemsOf = (log: string): readonly string[] =>
  read(log).problems.map(({ grade, message }) => `${grade} ${message}`);

test("a hash that contradicts is red only where every counted check is shown", (t) => {
  const wrong = digest(["A:Y"], "hex");
  t.is(judge(read(logOf(LINES, wrong))).verdict, "failed");
  const short = LINES.filter((line) => !line.startsWith("P:"));
  t.is(judge(read(logOf(short, wrong))).verdict, "passed");
  t.regex(problemsOf(logOf(short, wrong)).join("\n"), /^note the SHA-256 of the report X says nothing/);
});

test("blanks at the end of a line are in the hash, colours keep it from being certain", (t) => {
  const blank = LINES.toSpliced(3, 0, "L:two blanks  ");
  t.regex(problemsOf(logOf(blank, digest(blank, "hex"))).join("\n"), /^note its SHA-256 proves/);
  const coloured = LINES.toSpliced(3, 0, "L:\x1b[31mred\x1b[0m");
  t.regex(problemsOf(logOf(coloured, digest(coloured, "hex"))).join("\n"), /says nothing/);
});
