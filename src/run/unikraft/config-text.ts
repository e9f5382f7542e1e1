/**
 * The text of a configuration of Kconfig: what it sets, a copy with other settings, and what of them did not stick. It reads
 * and writes no file.
 *
 * Source: Linux, Documentation/kbuild/kconfig-language.rst; a `.config` has `CONFIG_NAME=value`, or `# CONFIG_NAME is not set`.
 */

/** Values by name without `CONFIG_`: `y`, a number, a text with its quotes; absent for what is off. */
export type Settings = ReadonlyMap<string, string>;

const SETTING = /^CONFIG_(\w+)=(.*)$/;
const OFF = /^# CONFIG_(\w+) is not set$/;

/** What a configuration sets. */
export function settingsIn(text: string): Settings {
  const settings = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const [, name, value] = SETTING.exec(line) ?? [];
    if (name === undefined || value === undefined) continue;
    if (value === "n") settings.delete(name);
    else settings.set(name, value);
  }
  return settings;
}

/** A copy in which these settings take the place of what is said of the same names, at its end: the last one counts. */
export function withSettings(text: string, wanted: Settings): string {
  const kept = text.split(/\r?\n/).filter((line) => {
    const name = SETTING.exec(line)?.[1] ?? OFF.exec(line)?.[1];
    return name === undefined || !wanted.has(name);
  });
  while (kept.at(-1) === "") kept.pop();
  const added = [...wanted].map(([name, value]) =>
    value === "n" ? `# CONFIG_${name} is not set` : `CONFIG_${name}=${value}`,
  );
  return [...kept, ...added, ""].join("\n");
}

/** Names of what was asked for and is otherwise in the configuration that came out. */
export const lostIn = (text: string, wanted: Settings): readonly string[] => {
  const found = settingsIn(text);
  return [...wanted].flatMap(([name, value]) => ((found.get(name) ?? "n") === value ? [] : [name]));
};
