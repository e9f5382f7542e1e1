/**
 * Reads bytes the way the command does, for tests: chunks in, events and model out. It also says a model's conclusions
 * as text, so that an expectation is a file people can review.
 */
import { readFileSync, readdirSync } from "node:fs";
import { dialectNames, dialectsFor } from "../src/console/dialects.js";
import { RunReader } from "../src/console/reader.js";
import type { Caps } from "../src/core/assemble/case.js";
import { casesOf } from "../src/core/model/counts.js";
import type { Policy, RunEvent } from "../src/core/events.js";
import type { RunModel } from "../src/core/model.js";
import type { Plan } from "../src/core/plan.js";
import { reduce } from "../src/core/model/reduce.js";
import { judge } from "../src/core/verdict.js";

/** The repository's own tests folder, from the compiled tests. */
export const TESTS = new URL("../../tests/", import.meta.url);

export interface ReadOptions {
  readonly ubsan?: Policy["ubsan"];
  readonly plan?: Plan;
  readonly caps?: Caps;
  readonly dialect?: string;
}

const DIALECTS = Object.fromEntries(
  await Promise.all(dialectNames.map(async (name) => [name, await dialectsFor(name)] as const)),
);

/** The events of one boot given in chunks. */
export function readChunks(chunks: Iterable<Uint8Array>, options: ReadOptions = {}): readonly RunEvent[] {
  const { plan, caps, ubsan = "fail", dialect = "auto" } = options;
  const reader = new RunReader(
    {
      tool: { name: "uktest", version: "0.0.0" },
      sources: ["test.log"],
      policy: { ubsan },
      ...(plan !== undefined && { plan }),
      ...(caps !== undefined && { caps }),
    },
    DIALECTS[dialect] ?? [],
  );
  const events: RunEvent[] = [];
  reader.open("test.log");
  for (const chunk of chunks) for (const event of reader.feed(chunk)) events.push(event);
  events.push(...reader.close(), ...reader.finish());
  return events;
}

/** The model of one boot: text is taken as one byte per character. */
export function read(log: string | Uint8Array, options: ReadOptions = {}): RunModel {
  const bytes = typeof log === "string" ? Buffer.from(log, "latin1") : log;
  return reduce(readChunks([bytes], options));
}

export const bytesOf = (name: string): Buffer => readFileSync(new URL(`fixtures/serial/${name}`, TESTS));

export const serialLogs: readonly string[] = readdirSync(new URL("fixtures/serial", TESTS))
  .filter((name) => name.endsWith(".log"))
  .sort();

/**
 * Everything a run concluded that does not depend on where in the log it stands: verdict, ends, cases in order with
 * their evaluations and places, findings, faults, problems.
 */
export function conclusions(model: RunModel): readonly string[] {
  const { verdict, exitCode, evidence } = judge(model);
  const at = (file?: string, line?: number): string =>
    file === undefined ? "" : ` at ${file}:${String(line ?? 0)}`;
  return [
    `verdict ${verdict} exit ${String(exitCode)} evidence ${evidence}`,
    ...model.boots.map(({ end, kernel, mainReturned }) =>
      [
        `boot ended ${String(end)}`,
        kernel ?? "",
        mainReturned === undefined ? "" : `main ${String(mainReturned)}`,
      ]
        .filter(Boolean)
        .join(", "),
    ),
    ...casesOf(model).flatMap((one) => [
      `case ${one.suite}.${one.name} ${one.status} passed ${String(one.evaluations.passed)} failed ${String(one.evaluations.failed)}`,
      ...one.assertions
        .filter(({ status }) => status === "failed")
        .map(({ message, file, line }) => `  failed${at(file, line)}: ${message}`),
      ...(one.status === "passed" || one.reason === undefined ? [] : [`  because ${one.reason}`]),
    ]),
    ...model.findings.map(
      (one) =>
        `finding ${one.check} at ${one.file}:${String(one.line)}:${String(one.column)} in ${one.case ?? "no case"} x${String(one.occurrences)}`,
    ),
    ...model.faults.map(
      (one) =>
        `fault ${one.kind} in ${one.case ?? one.suite ?? "no case"}${at(one.file, one.line)}: ${one.title} ` +
        `(${String(one.registers.length)} registers, ${String(one.callTrace.length)} frames)`,
    ),
    ...model.problems.map((one) => `problem ${one.grade} ${one.code}`),
  ];
}
