/**
 * The soak in small: some tens of boots with something killed in most of them, and nothing may be left or wrong. What it
 * holds results against is tested for what it has to find.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "ava";
import { randomOf } from "../../bench/integrity/random.js";
import { amount } from "../amount.js";
import { complaints, DEEDS, difference, type Document, lie } from "../../bench/soak/expected.js";
import { soak } from "../../bench/soak/rounds.js";
import { putKitObjects } from "../kit-objects.js";

const MACHINES = ["qemu-x86_64", "v86"];
const putKit = (project: string): Promise<void> => putKitObjects(project, MACHINES);

test.serial("some boots, with kills of uktest and of its emulators, leave nothing", async (t) => {
  // Counted in boots, not in time: a busy host needs minutes for them.
  t.timeout(900_000);
  const folder = mkdtempSync(join(tmpdir(), "uktest-soak-"));
  t.teardown(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const { flaws, counts } = await soak(folder, amount(20, 10), randomOf("soak in CI"), () => undefined, {
    programs: ["ukargparse"],
    machines: MACHINES,
    prepare: putKit,
    // By hand what is built again is the suite alone.
    afterForgetting: amount(undefined, putKit),
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

const incomplete = (document: Document): Document => ({
  ...document,
  problems: [{ code: "incomplete-run", message: "interrupted by SIGINT" }],
});

test("a run that was cut short may know less, and nothing else", (t) => {
  t.is(lie(incomplete(document(1, ["a", "passed"], ["b", "not-run"])), WANTED), undefined);
  t.is(lie(incomplete(document(1)), WANTED), undefined);
  t.is(lie(document(1), WANTED), "it does not say that it is incomplete");
  t.regex(lie(document(1, ["a", "crashed"]), WANTED) ?? "", /s\.a 0 is crashed, wanted passed or not-run/);
  t.regex(lie(document(0, ["a", "passed"]), WANTED) ?? "", /everything passed/);
});

const GREEN = document(0, ["a", "passed"], ["b", "passed"]);
const PART = incomplete(document(1, ["a", "passed"], ["b", "not-run"]));

test("a report that was finished in front of the signal may be green, any other one may not", (t) => {
  for (const [cause, ends] of [
    ["SIGINT", [0, 130, "SIGINT"]],
    ["SIGINT twice", [0, 130, "SIGINT"]],
    ["SIGTERM", [0, 143, "SIGTERM"]],
    ["SIGKILL", [0, "SIGKILL"]],
    ["emulator", [0, 3]],
  ] as const) {
    for (const end of ends) t.deepEqual(complaints(cause, end, GREEN, GREEN), [], `${cause} ${String(end)}`);
    const part = complaints(cause, ends.at(-1) ?? null, document(0, ["a", "passed"]), GREEN);
    t.deepEqual(part, ["it says that everything passed"], cause);
    const silent = complaints(cause, ends.at(-1) ?? null, document(1, ["a", "passed"]), GREEN);
    t.deepEqual(silent, ["it does not say that it is incomplete"], cause);
    t.deepEqual(complaints(cause, ends.at(-1) ?? null, PART, GREEN), [], cause);
    t.regex(complaints(cause, 1, GREEN, GREEN).join(), /^exit 1 instead of [\w ]+$/, cause);
    t.regex(complaints(cause, 0, PART, GREEN).join(), /^exit 0 instead of /, cause);
  }
});

test("who may leave without a report", (t) => {
  const silent = DEEDS.filter(
    (cause) =>
      complaints(
        cause,
        { "SIGINT twice": 130, SIGINT: 130, SIGTERM: 143, SIGKILL: "SIGKILL", emulator: 3, nothing: 0 }[
          cause
        ],
        undefined,
        GREEN,
      ).length === 0,
  );
  t.deepEqual(silent, ["SIGKILL", "SIGINT twice"]);
  t.deepEqual(complaints("SIGINT", "SIGINT", undefined, GREEN), []);
  t.deepEqual(complaints("nothing", 0, undefined, GREEN), ["no report, exit 0"]);
  t.deepEqual(complaints("nothing", null, GREEN, GREEN), ["a true report, exit null"]);
});
