/**
 * The soak in small: some tens of boots with something killed in most of them, and nothing may be left or wrong. What it
 * holds results against is tested for what it has to find.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "ava";
import { randomOf } from "../../bench/integrity/random.js";
import { difference, type Document, lie } from "../../bench/soak/expected.js";
import { soak } from "../../bench/soak/rounds.js";

test.serial("some thirty boots, with kills of uktest and of its emulators, leave nothing", async (t) => {
  t.timeout(240_000);
  const folder = mkdtempSync(join(tmpdir(), "uktest-soak-"));
  t.teardown(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const { flaws, counts } = await soak(folder, 30, randomOf("soak in CI"), () => undefined, {
    programs: ["ukargparse"],
    machines: ["qemu-x86_64", "v86"],
    mostMs: 60_000,
  });
  t.deepEqual(flaws, []);
  t.log(JSON.stringify(counts));
  t.true((counts["boots that were begun"] ?? 0) >= 10);
  t.true(Object.keys(counts).filter((name) => name.startsWith("killed")).length > 2, JSON.stringify(counts));
});

const document = (
  exitCode: number,
  ...cases: readonly (readonly [name: string, status: string])[]
): Document => ({
  exitCode,
  suites: [{ name: "s", cases: cases.map(([name, status]) => ({ name, status })) }],
  problems: [],
});
const WANTED = document(1, ["a", "passed"], ["b", "failed"]);

test("a run that nobody disturbed has to be the same, case by case", (t) => {
  t.is(difference(WANTED, WANTED), undefined);
  t.is(difference(document(1, ["b", "failed"], ["a", "passed"]), WANTED)?.includes("s."), true);
  t.regex(difference(document(0, ["a", "passed"], ["b", "passed"]), WANTED) ?? "", /exit 0 instead of 1/);
  t.regex(
    difference(document(1, ["a", "passed"], ["b", "passed"]), WANTED) ?? "",
    /s\.b 1 is passed, wanted failed/,
  );
  t.regex(difference(document(1, ["a", "passed"]), WANTED) ?? "", /s\.b 1 is missing/);
});

test("a run that was cut short may know less, and nothing else", (t) => {
  t.is(lie(document(1, ["a", "passed"], ["b", "not-run"]), WANTED), undefined);
  t.is(lie(document(1), WANTED), undefined);
  t.regex(lie(document(1, ["a", "crashed"]), WANTED) ?? "", /s\.a 0 is crashed, wanted passed or not-run/);
  t.regex(lie(document(0, ["a", "passed"]), WANTED) ?? "", /everything passed/);
});
