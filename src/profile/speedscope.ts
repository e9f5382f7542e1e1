/**
 * Profiles as a file of speedscope, one profile for each boot, or for each of its cases.
 * Source of the format: https://www.speedscope.app/file-format-schema.json (npm speedscope 1.25).
 */
import { byCase, type Profile, rootFirst, samplesOf, type Stack } from "./profile.js";

const SCHEMA = "https://www.speedscope.app/file-format-schema.json";

interface SharedFrame {
  readonly name: string;
  readonly file?: string;
  readonly line?: number;
  readonly col?: number;
}

/**
 * The file, as JSON.
 * @param isByCase a profile for each case
 */
export function speedscopeOf(profiles: readonly Profile[], isByCase: boolean, exporter: string): string {
  const frames: SharedFrame[] = [];
  const known = new Map<string, number>();
  const indexOf = (frame: SharedFrame): number => {
    const key = JSON.stringify(frame);
    const found = known.get(key) ?? frames.push(frame) - 1;
    known.set(key, found);
    return found;
  };
  const sampled = (name: string, stacks: readonly Stack[]) => ({
    type: "sampled",
    name,
    unit: "none",
    startValue: 0,
    endValue: samplesOf(stacks),
    samples: stacks.map((stack) =>
      rootFirst(stack).map(({ function: called, file, line, column }) =>
        indexOf({
          name: called,
          ...(file !== undefined && { file }),
          ...(line !== undefined && { line }),
          ...(column !== undefined && { col: column }),
        }),
      ),
    ),
    weights: stacks.map(({ count }) => count),
  });
  const all = profiles.flatMap(({ source, stacks }) =>
    isByCase
      ? [...byCase(stacks)].map(([name, own]) => sampled(`${name} (${source})`, own))
      : [sampled(source, stacks)],
  );
  const document = {
    $schema: SCHEMA,
    exporter,
    name: profiles.map(({ source }) => source).join(", "),
    activeProfileIndex: 0,
    shared: { frames },
    profiles: all,
  };
  return `${JSON.stringify(document)}\n`;
}
