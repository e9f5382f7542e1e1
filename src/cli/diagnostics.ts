/**
 * `--debug`, or UKTEST_DEBUG=1: the stages of a command with their times, the emulator's command lines, and stacks with
 * their causes. Places in the bundle are shown as places of the sources. It changes nothing that a command does.
 */
import { readFileSync } from "node:fs";
import { SourceMap } from "node:module";
import { fileURLToPath } from "node:url";
import { onStage } from "../../runner/host/stages.js";

/** Writes every stage from now on. */
export function showStages(write: (line: string) => void): void {
  onStage(({ what, atMs }) => {
    write(`uktest: debug: ${atMs.toFixed(0).padStart(5)} ms  ${what}\n`);
  });
}

/** The stack of an error and of its causes. */
export function stackOf(error: Error): string {
  const causes: string[] = [];
  const seen = new Set<unknown>();
  for (let one: unknown = error; one instanceof Error && !seen.has(one); one = one.cause) {
    seen.add(one);
    causes.push(`${causes.length === 0 ? "" : "caused by "}${mapped(one.stack ?? one.message)}`);
  }
  return causes.join("\n");
}

/** A stack whose places in the bundle are places of the sources; as it is where there is no map. */
function mapped(stack: string): string {
  const bundle = fileURLToPath(import.meta.url);
  const map = mapOf(bundle);
  if (map === undefined) return stack;
  return stack.replaceAll(
    /([^\s()]+\.cjs):(\d+):(\d+)/g,
    (whole, file: string, line: string, column: string) => {
      if (file.replace(/^file:\/\//, "") !== bundle) return whole;
      const place = map.findEntry(Number(line) - 1, Number(column) - 1);
      if (!("originalSource" in place)) return whole;
      return `${sourceOf(place.originalSource)}:${String(place.originalLine + 1)}:${String(place.originalColumn + 1)}`;
    },
  );
}

/** `src/cli/main.ts` for a source as the map names it. */
const sourceOf = (path: string): string =>
  path.replace(/^(?:\.\.\/)+/, "").replace(/^dist\/(.*)\.js$/, "$1.ts");

function mapOf(bundle: string): SourceMap | undefined {
  try {
    return new SourceMap(
      JSON.parse(readFileSync(`${bundle}.map`, "utf8")) as ConstructorParameters<typeof SourceMap>[0],
    );
  } catch {
    return undefined;
  }
}
