import { gzipSync } from "node:zlib";
import test from "ava";
import { reporter } from "../../reporters/sarif.js";
import { ruleText } from "../../reporters/sarif/rules.js";
import type { RunEvent } from "../../src/core/events.js";
import { reduce } from "../../src/core/model/reduce.js";
import { judge } from "../../src/core/verdict.js";
import { EVERYTHING } from "../oracles/hostile.js";
import { complaintsAbout } from "../oracles/sarif.js";
import { fault, RunBuilder } from "./builder.js";
import { render } from "./render.js";
import {
  emptyRun,
  greenRun,
  hostileRun,
  MAIN,
  manyCases,
  overflow,
  redRun,
  symbolizedRun,
  twoBoots,
} from "./samples.js";

interface Location {
  readonly physicalLocation?: {
    readonly artifactLocation: { readonly uri: string; readonly uriBaseId: string };
    readonly region: { readonly startLine: number; readonly startColumn?: number };
  };
  readonly logicalLocations?: readonly { readonly fullyQualifiedName: string }[];
}

interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly Location[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly stacks?: readonly { readonly frames: readonly { readonly location: Location }[] }[];
  readonly codeFlows?: readonly {
    readonly threadFlows: readonly { readonly locations: readonly { readonly location: Location }[] }[];
  }[];
}

interface Run {
  readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
  readonly invocations: readonly {
    readonly executionSuccessful: boolean;
    readonly toolExecutionNotifications: readonly { readonly level: string }[];
  }[];
  readonly results: readonly Result[];
}

const runOf = async (events: readonly RunEvent[]): Promise<Run> => {
  const { runs } = JSON.parse(await render(reporter, events)) as { runs: readonly Run[] };
  const [run] = runs;
  if (run === undefined) throw new Error("no run");
  return run;
};

const placeOf = ({ physicalLocation: at }: Location): string =>
  at === undefined
    ? "-"
    : `${at.artifactLocation.uriBaseId}/${at.artifactLocation.uri}:${String(at.region.startLine)}`;

const RUNS: Readonly<Record<string, readonly RunEvent[]>> = {
  green: greenRun(),
  red: redRun(),
  warned: redRun({ ubsan: "warn" }),
  symbolized: symbolizedRun(),
  twoBoots: twoBoots(),
  empty: emptyRun(),
  hostile: hostileRun(EVERYTHING),
  many: manyCases(500),
};

test("the validator of the standard and of GitHub has nothing to say, but that the tool has no page", async (t) => {
  const logs = await Promise.all(Object.values(RUNS).map((run) => render(reporter, run)));
  const complaints = complaintsAbout(logs);
  t.deepEqual(
    complaints.filter(({ rule, text }) => rule !== "SARIF2005" || !text.endsWith("| uktest")),
    [],
  );
});

test("the validator is not toothless", async (t) => {
  const log = JSON.parse(await render(reporter, redRun())) as {
    runs: [{ tool: { driver: { rules: [{ help?: unknown }] } }; results: [{ locations?: unknown }] }];
  };
  delete log.runs[0].results[0].locations;
  delete log.runs[0].tool.driver.rules[0].help;
  const rules = new Set(complaintsAbout([JSON.stringify(log)]).map(({ rule }) => rule));
  t.true(rules.has("GH1015"), [...rules].join());
  t.true(rules.has("GH2012"), [...rules].join());
});

test("the worst first, each at its place", async (t) => {
  const { results } = await runOf(redRun());
  t.deepEqual(
    results.map((one) => `${one.ruleId} ${one.locations.map(placeOf).join(" ")}`),
    [
      "fault/trap %SRCROOT%/main.c:71",
      "fault/suite-init LOGS/boot.log:147",
      "ubsan/alignment LOGS/boot.log:102",
      "ubsan/signed-integer-overflow %SRCROOT%/main.c:27",
      "case/timed-out LOGS/boot.log:152",
      "test/assertion %SRCROOT%/main.c:12",
      "test/assertion %SRCROOT%/main.c:13",
      "test/assertion %SRCROOT%/main.c:14",
      "test/assertion %SRCROOT%/main.c:12",
      "test/assertion %SRCROOT%/main.c:20",
      "case/not-run LOGS/boot.log:148",
      "case/not-run LOGS/boot.log:155",
      "problem/plan-short LOGS/boot.log:164",
    ],
  );
  t.like(results[3]?.locations[0]?.physicalLocation?.region, { startLine: 27, startColumn: 6 });
  t.regex(results[2]?.message.text ?? "", /^\/usr\/src\/unikraft\/include\/uk\/event\.h:280:10: load from/);
});

for (const [name, events] of Object.entries(RUNS))
  test(`${name}: red exactly when the verdict is, rules as used, paths relative, nothing counted twice`, async (t) => {
    const { results, tool, invocations } = await runOf(events);
    const red = judge(reduce(events)).verdict === "failed";
    t.is(
      results.some(({ level }) => level === "error"),
      red,
    );
    for (const { ruleId, ruleIndex, locations, message } of results) {
      t.is(tool.driver.rules[ruleIndex]?.id, ruleId);
      t.is(locations.length, 1);
      t.not(message.text, "");
      for (const { physicalLocation } of locations) {
        const path = decodeURIComponent(physicalLocation?.artifactLocation.uri ?? "/");
        t.notRegex(path, /^\/|^\w+:|(?:^|\/)\.\.(?:\/|$)/);
      }
    }
    t.is(new Set(results.map((one) => one.partialFingerprints["uktest/v1"])).size, results.length);
    t.is(new Set(tool.driver.rules.map(({ id }) => id)).size, tool.driver.rules.length);
    t.is(invocations[0]?.executionSuccessful, true);
  });

test("fingerprints outlive other lines, addresses and values, and tell issues apart", async (t) => {
  const at = (line: number, value: string) =>
    new RunBuilder()
      .boot("b.log", "normal", (run) => {
        run.suite("s", {
          name: "c",
          status: "failed",
          body: [
            { fail: `expected \`x\` to be 1 but was ${value}`, file: MAIN, line },
            { fail: `it was ${value}`, file: MAIN, line: line + 1 },
            { fail: "expected `y` to be 1 but was 0", file: MAIN, line: line + 2 },
          ],
        });
        run.finding({ ...overflow, line, message: `signed integer overflow: ${value} + 1` });
        run.fault(fault("trap", `page fault at 0x${value}`, { file: MAIN, line }));
        run.fault(fault("trap", "another title", { fingerprint: "trap: f < g" }));
      })
      .end();
  const prints = async (events: readonly RunEvent[]): Promise<readonly unknown[]> =>
    (await runOf(events)).results.map(({ partialFingerprints }) => partialFingerprints["uktest/v1"]);
  const before = await prints(at(10, "2"));
  t.deepEqual(await prints(at(99, "34567")), before);
  t.is(new Set(before).size, 6);
});

test("an assertion that failed a hundred times is one result", async (t) => {
  const body = Array.from({ length: 100 }, (_, value) => ({
    fail: `expected \`x\` to be -1 but was ${String(value)}`,
    file: MAIN,
    line: 3,
  }));
  const run = new RunBuilder()
    .boot("b", "normal", (one) => one.suite("s", { name: "c", status: "failed", body }))
    .end();
  t.deepEqual(
    (await runOf(run)).results.map(({ message }) => message.text),
    ["s.c: expected `x` to be -1 but was 0 (100 times)"],
  );
});

test("a stack with all frames, and a flow of those of the program that ends at the fault", async (t) => {
  const { results } = await runOf(symbolizedRun());
  const [crash, init] = results;
  t.is(crash?.stacks?.[0]?.frames.length, 7);
  t.deepEqual(
    crash?.codeFlows?.[0]?.threadFlows[0]?.locations.map(
      ({ location }) => `${location.logicalLocations?.[0]?.fullyQualifiedName ?? ""} ${placeOf(location)}`,
    ),
    [
      "test_read %SRCROOT%/main.c:49",
      "read_from %SRCROOT%/lib/memory.c:41",
      "load %SRCROOT%/lib/memory.c:22",
    ],
  );
  t.is(init?.stacks, undefined);
});

test("a crash in somebody else's file stands at the innermost frame of the tree", async (t) => {
  const callTrace = [
    { address: "1", function: "memcpy", file: "/usr/src/lib.c", line: 3 },
    { address: "2", function: "mine", file: MAIN, line: 8 },
  ];
  const run = new RunBuilder()
    .boot("b", "fault", (one) =>
      one.fault(fault("trap", "t", { file: "/usr/src/lib.c", line: 3, callTrace })),
    )
    .end();
  const [only] = (await runOf(run)).results;
  t.deepEqual(only?.locations.map(placeOf), ["%SRCROOT%/main.c:8"]);
  t.is(only?.message.text, "/usr/src/lib.c:3: t");
});

test("what GitHub takes is ten megabytes of compressed text, also of the least compressible", async (t) => {
  let state = 1;
  const noise = (): string =>
    Array.from({ length: 990 }, () => {
      state = (state * 48_271) % 2_147_483_647;
      return String.fromCharCode(33 + (state % 94));
    }).join("");
  const run = new RunBuilder()
    .boot("b", "normal", (one) => {
      for (let line = 1; line <= 25_000; line += 1) one.finding({ ...overflow, line, message: noise() });
    })
    .end();
  t.true(gzipSync(await render(reporter, run), { level: 1 }).length < 10_000_000);
});

test("within GitHub's limit, with a word about the rest", async (t) => {
  const run = new RunBuilder()
    .boot("b", "normal", (one) => {
      for (let line = 1; line <= 25_010; line += 1) one.finding({ ...overflow, line });
      one.suite("s", { name: "c", status: "crashed" });
    })
    .end();
  const { results, invocations } = await runOf(run);
  t.is(results.length, 25_000);
  t.is(results[0]?.ruleId, "case/crashed");
  t.deepEqual(
    invocations[0]?.toolExecutionNotifications.map((one) => one),
    [
      {
        level: "warning",
        message: { text: "11 more results are in the other reports of this run" },
      } as unknown as { level: string },
    ],
  );
});

test("every rule has words, also one that nobody knows", (t) => {
  const rules =
    "ubsan/bounds ubsan/x fault/trap fault/x test/assertion case/failed case/x problem/no-end run/incomplete";
  for (const rule of `${rules} ubsan/constructor x`.split(" ")) {
    const { short, full, help } = ruleText(rule);
    for (const text of [short, full, help]) t.regex(text, /^\S[^]{10,1000}$/, rule);
  }
});
