/**
 * Where the usual consumers of JUnit XML would put an annotation, re-implemented from the description of their parsers.
 */
import type { XmlNode } from "./xml.js";

export interface Spot {
  readonly file: string;
  readonly line: number;
}

const spot = (file: string | undefined, line: string | undefined): Spot | undefined =>
  file === undefined || line === undefined ? undefined : { file, line: Number(line) };

/** mikepenz, EnricoMi and dorny's phpunit parser read the attributes of the case. */
export const byAttributes = ({ attributes }: XmlNode): Spot | undefined =>
  spot(attributes["file"], attributes["line"]);

/** dorny's jest parser: the first line of a body that ends in `(path:line:column)`. */
export function byJestTrace(body: string): Spot | undefined {
  for (const line of body.split("\n")) {
    const match = /\((.*):(\d+):\d+\)$/.exec(line);
    if (match !== null) return spot(match[1], match[2]);
  }
  return undefined;
}

/** dorny's java parser: the first `at package.Class.method(file:line)` whose file the repository has. */
export function byJavaTrace(body: string, tracked: readonly string[]): Spot | undefined {
  for (const line of body.split("\n")) {
    const match = /^\s*at (\S+\/\S*\/)?(.*)\((.*):(\d+)\)$/.exec(line);
    if (match === null) continue;
    const parts = (match[2] ?? "").split(".");
    const end = parts.findIndex((part) => part === "" || part.charAt(0) <= "Z");
    const file = [...parts.slice(0, Math.max(0, end)), match[3] ?? ""].join("/");
    if (tracked.includes(file)) return spot(file, match[4]);
  }
  return undefined;
}

/** mikepenz without attributes: the last `path:line` in a body that names the file of the class. */
export function byBody(body: string, file: string): Spot | undefined {
  const last = [...body.matchAll(/(?:^|[ (])([^ (:]+):(\d+)/gm)]
    .filter((match) => match[1]?.endsWith(file))
    .at(-1);
  return spot(last?.[1], last?.[2]);
}
