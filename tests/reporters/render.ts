/**
 * Runs a reporter on events as the command line would, in memory, and compares its text with a golden file.
 */
import type { ExecutionContext } from "ava";
import { readFileSync, writeFileSync } from "node:fs";
import type { RunEvent } from "../../src/core/events.js";
import { reduce } from "../../src/core/model/reduce.js";
import type { Place, Reporter, ReporterContext } from "../../src/core/reporter.js";

const GOLDEN = new URL("../../../tests/golden/reporters/", import.meta.url);

/** Maps like `--strip-prefix /home/dev/app`. */
export function place(file: string): Place {
  const path = file.startsWith("/home/dev/app/") ? file.slice("/home/dev/app/".length) : file;
  const inTree = /^\w[\w./ -]*$/.test(path) && !path.split("/").includes("..");
  return { path, inTree };
}

export type Settings = Partial<Omit<ReporterContext, "model" | "place">>;

/** The context of a destination without colours, 100 columns wide, that shows UTF-8. */
export const contextFor = (events: readonly RunEvent[], settings: Settings = {}): ReporterContext => {
  const model = reduce(events);
  return { model: () => model, place, colorLevel: 0, width: 100, unicode: true, options: {}, ...settings };
};

async function* streamed(events: readonly RunEvent[]): AsyncGenerator<RunEvent> {
  for (const event of events) yield await Promise.resolve(event);
}

/** The pieces a reporter yields. */
export async function pieces(
  reporter: Reporter,
  events: readonly RunEvent[],
  settings?: Settings,
): Promise<readonly string[]> {
  const all: string[] = [];
  for await (const piece of reporter.render(streamed(events), contextFor(events, settings))) all.push(piece);
  return all;
}

/** The whole text a reporter yields. */
export const render = async (
  reporter: Reporter,
  events: readonly RunEvent[],
  settings?: Settings,
): Promise<string> => (await pieces(reporter, events, settings)).join("");

/** Compares with a golden file. A missing one fails; UKTEST_UPDATE_GOLDEN=1 writes them, on purpose only. */
export function golden(t: ExecutionContext, name: string, text: string): void {
  const file = new URL(name, GOLDEN);
  if (process.env["UKTEST_UPDATE_GOLDEN"] === "1") writeFileSync(file, text);
  let expected: string;
  try {
    expected = readFileSync(file, "utf8");
  } catch {
    t.fail(
      `golden file ${name} is missing; write it with UKTEST_UPDATE_GOLDEN=1 and read it before committing`,
    );
    return;
  }
  t.is(text, expected);
}
