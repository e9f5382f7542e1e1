/**
 * The reports of every capture, of the samples and of the suites that have to fail, read back by the rules of those who
 * consume them: the same cases with the same outcome, every red one at its file and line, nothing dropped.
 */
import test, { type ExecutionContext } from "ava";
import { validate } from "ctrf";
import { reporter as codequality } from "../../reporters/codequality.js";
import { reporter as ctrf } from "../../reporters/ctrf.js";
import { reporter as junit } from "../../reporters/junit.js";
import { reporter as sarif } from "../../reporters/sarif.js";
import { reporter as teamcity } from "../../reporters/teamcity.js";
import { extrasOf } from "../../reporters/view/extras.js";
import { failuresOf, faultsByCase, whereOf } from "../../reporters/view/failures.js";
import { nameOf } from "../../reporters/view/line.js";
import type { CaseStatus, RunEvent } from "../../src/core/events.js";
import { reduce } from "../../src/core/model/reduce.js";
import { some } from "../amount.js";
import { scratch, uktest } from "../cli/run.js";
import { CONSUMERS, type Outcome, type Spot } from "../oracles/junit-consumers.js";
import { schemaErrors } from "../oracles/junit-schema.js";
import { messagesIn, testsOf } from "../oracles/teamcity.js";
import { complaintsAbout } from "../oracles/sarif.js";
import { parseXml } from "../oracles/xml.js";
import { bytesOf, readChunks, serialLogs } from "../reading.js";
import { ROOT } from "../runner/kit.js";
import { place, render } from "./render.js";
import { emptyRun, greenRun, redRun, symbolizedRun, twoBoots } from "./samples.js";

const OUTCOME: Readonly<Record<CaseStatus, Outcome>> = {
  passed: "passed",
  skipped: "skipped",
  "not-run": "failed",
  failed: "failed",
  "timed-out": "failed",
  crashed: "failed",
};

interface Expected {
  readonly name: string;
  readonly outcome: Outcome;
  /** Where it broke, and what the attributes say: the same, or the definition where that is in another file. */
  readonly broke?: Spot;
  readonly attributes?: Spot;
}

const spotOf = (where: { readonly file?: string; readonly line?: number }): Spot | undefined => {
  if (where.file === undefined) return undefined;
  const { path, inTree } = place(where.file);
  return inTree ? { file: path, line: where.line ?? 1 } : undefined;
};

/** What a run has to look like for everybody, from the model alone. */
function expectedOf(events: readonly RunEvent[]): readonly (readonly Expected[])[] {
  const model = reduce(events);
  const faultsOf = faultsByCase(model);
  return model.suites.map(({ cases }) =>
    cases.map((one) => {
      const outcome = OUTCOME[one.status];
      const base = { name: nameOf(one.name), outcome };
      if (outcome !== "failed") return base;
      // A body begins with its first assertion, wherever the case broke for consumers that read attributes.
      const [first] = one.status === "failed" ? failuresOf(one) : [];
      const broke = spotOf(first?.file === undefined ? whereOf(one, faultsOf(one)) : first);
      const where = spotOf(whereOf(one, faultsOf(one)));
      const defined = spotOf(one);
      const attributes = where?.file === defined?.file || one.file === undefined ? where : defined;
      return { ...base, ...(broke && { broke }), ...(attributes && { attributes }) };
    }),
  );
}

/** What is red outside the cases. */
const redExtras = (events: readonly RunEvent[]): number =>
  extrasOf(reduce(events)).filter(({ grade }) => grade === "error").length;

/** Paths that the shape of a Java class can say: see the reference of dorny's parser. */
const isJavaLike = ({ file }: Spot): boolean => /^(?:[a-z_][\w-]*\/)+[\w.+-]+$/.test(file);

async function junitHolds(t: ExecutionContext, events: readonly RunEvent[]): Promise<void> {
  const xml = await render(junit, events);
  t.is(schemaErrors("full", xml), "");
  t.is(schemaErrors("jenkins", await render(junit, events, { options: { dialect: "jenkins" } })), "");
  const root = parseXml(xml);
  const expected = expectedOf(events).flat();
  const spots = expected.flatMap(({ broke, attributes }) => [broke, attributes]);
  const tracked = new Set(spots.flatMap((one) => one?.file ?? []));
  const extras = redExtras(events);
  for (const [consumer, { read, place: reads }] of Object.entries(CONSUMERS)) {
    const seen = read(root, tracked);
    const isFinding = ({ classname }: { readonly classname: string }): boolean =>
      classname.endsWith(".ubsan");
    t.is(new Set(seen.map((one) => `${one.classname}\0${one.name}`)).size, seen.length, consumer);
    t.true(seen.length >= expected.length + extras, `${consumer}: ${String(seen.length)}`);
    t.is(
      seen.filter(({ outcome }) => outcome === "failed").length,
      expected.filter(({ outcome }) => outcome === "failed").length + extras,
      consumer,
    );
    // Cases in their order; what is beside them stands between.
    const rest = [...seen];
    for (const one of expected) {
      const at = rest.findIndex(
        (other) =>
          !isFinding(other) &&
          (other.name === one.name || /^(.*) \(\d+\)$/.exec(other.name)?.[1] === one.name),
      );
      const [found] = at < 0 ? [] : rest.splice(0, at + 1).slice(-1);
      t.is(found?.outcome, one.outcome, `${consumer}: ${one.name}`);
      if (one.outcome !== "failed" || reads === "none") continue;
      const wanted = reads === "attributes" ? one.attributes : one.broke;
      if (reads === "java" && (wanted === undefined || !isJavaLike(wanted))) continue;
      // A consumer that tests for tracked files cannot be led elsewhere.
      t.deepEqual(found?.spot, wanted, `${consumer}: ${one.name}`);
    }
  }
}

async function teamcityHolds(t: ExecutionContext, events: readonly RunEvent[]): Promise<void> {
  const messages = messagesIn(await render(teamcity, events));
  const tests = testsOf(messages);
  const expected = reduce(events).suites.flatMap(({ cases }) => cases);
  const word = (status: CaseStatus): string =>
    status === "passed" ? "passed" : status === "skipped" || status === "not-run" ? "ignored" : "failed";
  t.deepEqual(
    tests.map(({ name, status }) => [name, status]),
    expected.map(({ name, status }) => [nameOf(name), word(status)]),
  );
  const problems = messages.filter(({ name }) => name === "buildProblem");
  const notRun = expected.filter(({ status }) => status === "not-run").length;
  t.true(problems.length >= Math.min(100, redExtras(events) + notRun));
  t.is(new Set(problems.map(({ attributes }) => attributes["identity"])).size, problems.length);
}

async function ctrfHolds(t: ExecutionContext, events: readonly RunEvent[]): Promise<void> {
  const report = JSON.parse(await render(ctrf, events)) as {
    readonly results: {
      readonly summary: Readonly<Record<string, number>>;
      readonly tests: readonly { name: string; status: string; filePath?: string; line?: number }[];
    };
  };
  t.deepEqual(validate(report).errors, []);
  const { tests, summary } = report.results;
  const { failed = -1, tests: total = -1 } = summary;
  const expected = expectedOf(events).flat();
  t.deepEqual(
    tests.slice(0, expected.length).map(({ name, status }) => [name, status]),
    expected.map(({ name, outcome }) => [name, outcome]),
  );
  t.is(tests.filter(({ status }) => status === "failed").length, failed);
  t.is(failed, expected.filter(({ outcome }) => outcome === "failed").length + redExtras(events));
  t.is(tests.length, total);
}

interface Issue {
  readonly description: string;
  readonly check_name: string;
  readonly fingerprint: string;
  readonly severity: string;
  readonly location: { readonly path: string; readonly lines: { readonly begin: number } };
}

/** Every place at which something broke is among the places of the issues, and every red case is named by one. */
async function scannersHold(t: ExecutionContext, events: readonly RunEvent[]): Promise<void> {
  const issues = JSON.parse(await render(codequality, events)) as readonly Issue[];
  const { runs } = JSON.parse(await render(sarif, events)) as {
    runs: [
      {
        results: {
          level: string;
          locations: [
            { physicalLocation: { artifactLocation: { uri: string }; region: { startLine: number } } },
          ];
        }[];
      },
    ];
  };
  const ofSarif = runs[0].results.map(({ locations: [{ physicalLocation: at }] }) => ({
    file: decodeURIComponent(at.artifactLocation.uri),
    line: at.region.startLine,
  }));
  const ofGitlab = issues.map(({ location }) => ({ file: location.path, line: location.lines.begin }));
  const findings = reduce(events).findings.flatMap((finding) => spotOf(finding) ?? []);
  const red = expectedOf(events)
    .flat()
    .flatMap(({ broke }) => broke ?? []);
  for (const places of [ofSarif, ofGitlab])
    for (const spot of [...red, ...findings])
      t.true(
        places.some(({ file, line }) => file === spot.file && line === spot.line),
        JSON.stringify(spot),
      );
  for (const issue of issues) {
    t.regex(issue.severity, /^(?:info|minor|major|critical|blocker)$/);
    t.regex(issue.fingerprint, /^[0-9a-f]{32}$/);
    t.true(Number.isInteger(issue.location.lines.begin) && issue.location.lines.begin >= 1);
    t.true(issue.description !== "" && issue.check_name !== "");
  }
  t.is(new Set(issues.map(({ fingerprint }) => fingerprint)).size, issues.length);
}

async function holds(t: ExecutionContext, events: readonly RunEvent[]): Promise<void> {
  await junitHolds(t, events);
  await teamcityHolds(t, events);
  await ctrfHolds(t, events);
  await scannersHold(t, events);
}

const SAMPLES = {
  green: greenRun(),
  red: redRun(),
  symbolized: symbolizedRun(),
  two: twoBoots(),
  empty: emptyRun(),
};

for (const [name, events] of Object.entries(SAMPLES)) test(`the sample ${name}`, (t) => holds(t, events));

for (const log of serialLogs) test(log, (t) => holds(t, readChunks([bytesOf(log)])));

test("GitHub takes the SARIF of every capture", async (t) => {
  // Each of them is held to its model above; by hand this further consumer reads some.
  const captures = some(serialLogs, 5);
  const logs = await Promise.all(captures.map((log) => render(sarif, readChunks([bytesOf(log)]))));
  t.deepEqual(
    complaintsAbout(logs).filter(({ rule }) => rule !== "SARIF2005"),
    [],
  );
});

test.serial("the suites that have to fail", async (t) => {
  const { path, text } = scratch(t);
  const record = `${path}/run.jsonl`;
  const suites = ["uktest-fails", "uktest-abort", "ubsan-fatal"];
  const { code } = await uktest(["run", ...suites, "-m", "v86", "-r", `events=${record}`], { cwd: ROOT });
  t.is(code, 1);
  const events = text("run.jsonl")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as RunEvent);
  const red = expectedOf(events)
    .flat()
    .filter(({ outcome }) => outcome === "failed");
  t.true(red.length > 50, String(red.length));
  await holds(t, events);
});
