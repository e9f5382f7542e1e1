/**
 * The meaning of every assertion macro, on every machine: what the tables beside the suites promise is what the JSON,
 * the JUnit and the TAP of a run say.
 */
import test, { type ExecutionContext } from "ava";
import { turns } from "../amount.js";
import { Parser } from "tap-parser";
import { parseXml, type XmlNode } from "../oracles/xml.js";
import {
  documentOf,
  type JsonCase,
  type JsonDocument,
  MACHINES,
  type PromisedCase,
  promisedBy,
  runKit,
} from "./kit.js";

const FOLDERS = { uktest: 0, "uktest-fails": 1, "uktest-abort": 1 } as const;

function holdJson(t: ExecutionContext, document: JsonDocument, promised: readonly PromisedCase[]): void {
  const seen = new Map<string, JsonCase>(
    document.suites.flatMap(({ name, cases }) => cases.map((one) => [`${name}.${one.name}`, one] as const)),
  );
  t.deepEqual([...seen.keys()].sort(), promised.map(({ id }) => id).sort());
  for (const { id, status, reason, evaluations } of promised) {
    const one = seen.get(id);
    t.is(one?.status, status, id);
    if (reason !== undefined && status === "skipped") t.is(one?.reason, reason, id);
    const wanted = evaluations.filter((each) => each.status !== "omitted");
    const found = one?.assertions.map((each) => ({
      status: each.status,
      ...(each.status === "failed" && { place: `${each.file ?? ""}:${String(each.line ?? "")}` }),
    }));
    t.deepEqual(found, wanted, id);
  }
}

const childrenOf = (node: XmlNode, name: string): readonly XmlNode[] =>
  node.children.flatMap((child) => (child.name === name ? [child] : childrenOf(child, name)));

/** What JUnit says of each case: the name of the first element in it that is a result. */
function holdJunit(t: ExecutionContext, xml: string, promised: readonly PromisedCase[]): void {
  const cases = childrenOf(parseXml(xml), "testcase").filter(
    ({ attributes }) => attributes["classname"]?.startsWith("uktest_") === true,
  );
  const found = new Map(
    cases.map(({ attributes, children }) => [
      `${attributes["classname"] ?? ""}.${attributes["name"] ?? ""}`,
      children.find(({ name }) => ["failure", "error", "skipped"].includes(name))?.name ?? "passed",
    ]),
  );
  const words: Readonly<Record<string, string>> = {
    failed: "failure",
    skipped: "skipped",
    "not-run": "error",
  };
  for (const { id, status } of promised) t.is(found.get(id), words[status] ?? "passed", id);
}

/** What flat TAP says of each case. */
async function holdTap(t: ExecutionContext, tap: string, promised: readonly PromisedCase[]): Promise<void> {
  const found = new Map<string, string>();
  await new Promise<void>((resolve) => {
    const parser = new Parser(() => {
      resolve();
    });
    parser.on("assert", ({ ok, name, skip }: { ok: boolean; name: string; skip?: unknown }) => {
      found.set(name, ok ? (skip === undefined || skip === false ? "passed" : "skipped") : "failed");
    });
    parser.end(tap);
  });
  for (const { id, status } of promised) t.is(found.get(id), status === "not-run" ? "failed" : status, id);
}

for (const [folder, exitCode] of Object.entries(FOLDERS))
  for (const machine of turns(MACHINES, `runner/assertions: ${folder}`))
    test.serial(`${folder} on ${machine}`, async (t) => {
      const promised = promisedBy(folder);
      t.true(promised.length > 2, "the table was read");
      const json = await runKit(folder, "-m", machine, "-r", "json");
      t.is(json.code, exitCode, json.stderr);
      holdJson(t, documentOf(json), promised);
      const junit = await runKit(folder, "-m", machine, "-r", "junit", "--no-build");
      holdJunit(t, junit.stdout, promised);
      const tap = await runKit(folder, "-m", machine, "-r", "tap13", "--no-build");
      await holdTap(t, tap.stdout, promised);
    });
