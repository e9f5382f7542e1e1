/**
 * What of each format's document may not depend on the guest, read back by the format's own reader: how many of what there
 * are, and every word that is ours. A document that is broken throws.
 */
import { shapeOfPage } from "../oracles/html.js";
import { Parser } from "tap-parser";
import type { Reporter } from "../../src/core/reporter.js";
import { commandsIn } from "../oracles/actions-runner.js";
import { elementsOf, readMarkdown, textsOf } from "../oracles/markdown.js";
import { messagesIn, testsOf } from "../oracles/teamcity.js";
import { withoutColours } from "../oracles/terminal.js";
import { nodesOf, parseXml } from "../oracles/xml.js";

/** Leaf results of a TAP stream, in order. */
export function points(tap: string): readonly boolean[] {
  const seen: boolean[] = [];
  const parser = new Parser();
  parser.on("result", (result: { ok: boolean }) => seen.push(result.ok));
  parser.end(tap);
  return seen;
}

interface Sarif {
  readonly runs: readonly {
    readonly results: readonly {
      readonly ruleId: string;
      readonly level: string;
      readonly locations: readonly {
        readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } };
      }[];
    }[];
  }[];
}

interface Ctrf {
  readonly results: {
    readonly summary: unknown;
    readonly tests: readonly { readonly status: string; readonly filePath?: string }[];
  };
}

type Issues = readonly { readonly severity: string; readonly location: { readonly path: string } }[];

type Check = (text: string) => unknown;

const SHAPE: Readonly<Record<string, Check>> = {
  tap: (text) => [points(text).length, points(text).filter((ok) => ok).length],
  junit: (text) => {
    const root = parseXml(text);
    return ["testcase", "failure", "error", "skipped"].map((name) => nodesOf(root, name).length);
  },
  github: (text) => commandsIn(text).map(({ name, properties }) => [name, "title" in properties]),
  markdown: (text) => {
    const page = readMarkdown(text);
    return [elementsOf(page), textsOf(page).plain];
  },
  sarif: (text) =>
    (JSON.parse(text) as Sarif).runs.map(({ results }) =>
      results.map(({ ruleId, level, locations }) => [ruleId.split("/")[0], level, locations.length]),
    ),
  codequality: (text) => (JSON.parse(text) as Issues).map((issue) => [Object.keys(issue), issue.severity]),
  html: shapeOfPage,
  ctrf: (text) => {
    const { summary, tests } = (JSON.parse(text) as Ctrf).results;
    return [summary, tests.map(({ status }) => status)];
  },
  teamcity: (text) => {
    const messages = messagesIn(text);
    return [messages.map(({ name }) => name), testsOf(messages).map(({ status }) => status)];
  },
  json: (text) => {
    const report = JSON.parse(text) as Record<string, unknown>;
    return [Object.keys(report), report["counts"], report["verdict"]];
  },
  events: (text) =>
    text
      .trimEnd()
      .split("\n")
      .map((line) => (JSON.parse(line) as { type: string }).type),
  lines: (text) => withoutColours(text).match(/^\w+(?= )/gm),
  pretty: (text) =>
    withoutColours(text).match(/^ (?:FAIL|CRASH|TIMEOUT|NOT RUN|UBSAN|FAULT|FAILED|PASSED) /gm),
};

/** The shape of a reporter's document. */
export const shapeOf = (reporter: Reporter, text: string): unknown => SHAPE[reporter.name]?.(text);

/** The files that a document asks its reader to open. */
const PATHS: Readonly<Record<string, (text: string) => readonly string[]>> = {
  junit: (text) => nodesOf(parseXml(text), "testcase").flatMap(({ attributes }) => attributes["file"] ?? []),
  github: (text) => commandsIn(text).flatMap(({ properties }) => properties["file"] ?? []),
  sarif: (text) =>
    (JSON.parse(text) as Sarif).runs.flatMap(({ results }) =>
      results.flatMap(({ locations }) =>
        locations.map((one) => decodeURIComponent(one.physicalLocation.artifactLocation.uri)),
      ),
    ),
  codequality: (text) => (JSON.parse(text) as Issues).map(({ location }) => location.path),
  ctrf: (text) => (JSON.parse(text) as Ctrf).results.tests.flatMap(({ filePath }) => filePath ?? []),
};

/** Those of them that are not below the user's tree. */
export const foreignPathsIn = (reporter: Reporter, text: string): readonly string[] =>
  (PATHS[reporter.name]?.(text) ?? []).filter(
    (path) => path === "" || /^[/\\]|^\w+:[/\\]|[\x00-\x1f]/.test(path) || path.split("/").includes(".."),
  );
