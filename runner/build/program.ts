/**
 * Turns the configuration of a project into programs: globs into files, folders into absolute paths, a profile into
 * flags. It builds nothing.
 */
import { readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import picomatch from "picomatch";
import { UsageError } from "../../src/core/errors.js";
import { profilesOf } from "../../src/config/profiles.js";
import type { LoadedConfig } from "../../src/config/load.js";
import { SOURCE } from "./kit.js";
import type { Program } from "./units.js";

/** The programs of a project that have one of `names`, in the order of the configuration. */
export function programsOf(
  { config, file, root }: LoadedConfig,
  profileName: string,
  names: readonly string[],
): readonly Program[] {
  const profiles = new Map(Object.entries(profilesOf(config)));
  const profile = profileName === "" ? {} : profiles.get(profileName);
  if (profile === undefined)
    throw new UsageError(
      `${file} has no profile "${profileName}"`,
      `there are: ${[...profiles.keys()].join(", ")}`,
    );
  const wanted = Object.entries(config.suites).filter(([name]) => names.includes(name));
  for (const [name, suite] of wanted)
    refuseLinkTime(file, [
      ["flags", config.flags],
      [`suites.${name}.flags`, suite.flags],
      [`profiles.${profileName}.flags`, profile.flags],
    ]);
  return wanted.map(([name, suite]) => ({
    name,
    suite,
    // Looked for when somebody needs them: what was built before is booted without.
    get sources() {
      const sources = suite.sources.flatMap((glob) => filesOf(glob, root, `${file}: suites.${name}.sources`));
      Object.defineProperty(this, "sources", { value: sources });
      return sources;
    },
    include: [...(config.include ?? []), ...(suite.include ?? [])].map((folder) => resolve(root, folder)),
    flags: [...(config.flags ?? []), ...(suite.flags ?? []), ...(profile.flags ?? [])],
    libraries: [...(config.libraries ?? []), ...(suite.libraries ?? []), ...(profile.libraries ?? [])],
    sanitize: profile.sanitize ?? true,
  }));
}

/**
 * Refuses to optimise at link time: the linker would get no machine code, and the test table no order.
 * Objects that hold machine code as well are linked without.
 */
function refuseLinkTime(
  file: string,
  flags: readonly (readonly [key: string, flags: readonly string[] | undefined])[],
): void {
  const all = flags.flatMap(([key, some = []]) => some.map((flag) => ({ key, flag })));
  if (all.some(({ flag }) => flag === "-ffat-lto-objects")) return;
  const last = all.findLast(({ flag }) => /^-f(?:no-)?lto(?:=|$)/.test(flag));
  if (last === undefined || last.flag === "-fno-lto") return;
  throw new UsageError(
    `${file}: ${last.key}: ${last.flag} is not supported: images of tests are linked without link-time optimisation`,
    'leave it out, or end the flags of a profile for tests with "-fno-lto"',
  );
}

/** The files that a glob means, sorted; a path without a glob has to exist. */
function filesOf(glob: string, root: string, key: string): readonly string[] {
  const { base, isGlob } = picomatch.scan(glob);
  if (!isGlob) {
    const path = resolve(root, glob);
    if (statSync(path, { throwIfNoEntry: false })?.isFile() === true) return [path];
    throw new UsageError(`${key}: there is no file ${glob}`, `it is looked for in ${root}`);
  }
  const matches = picomatch(glob);
  const start = resolve(root, base);
  const names = statSync(start, { throwIfNoEntry: false })?.isDirectory() === true ? walk(start) : [];
  const found = names.filter((name) => matches(join(base, name))).map((name) => join(start, name));
  if (found.length === 0)
    throw new UsageError(`${key}: no file matches ${glob}`, `it is looked for in ${root}`);
  return found;
}

const walk = (folder: string): readonly string[] =>
  (readdirSync(folder, { recursive: true }) as readonly string[]).filter((name) => SOURCE.test(name)).sort();
