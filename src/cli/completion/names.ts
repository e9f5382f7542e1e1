/**
 * The names of a project that a pattern may begin with: programs of the configuration, suites and cases of what was built
 * before. It builds nothing, and what cannot be read has no names.
 */
import { plural } from "../../core/plural.js";
import { readdirSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { KIT_ROOT } from "../../../runner/build/kit.js";
import { configAt, loadConfig, type LoadedConfig } from "../../config/load.js";
import { profilesOf } from "../../config/profiles.js";
import { readPlan } from "../../image/plan.js";
import type { Described } from "./options.js";

/** The configuration that a run would take; undefined where it cannot be read. */
async function configuration(named: string | undefined): Promise<LoadedConfig | undefined> {
  const found = configAt(named);
  try {
    return await loadConfig(found ?? join(KIT_ROOT, "uktest.config.json"));
  } catch {
    return undefined;
  }
}

/** Names of the profiles of the project, and of every one. */
export const profileNames = async (config: string | undefined): Promise<readonly Described[]> =>
  Object.keys(profilesOf((await configuration(config))?.config ?? {})).map((name) => ({
    name,
    description: "profile",
  }));

const foldersIn = (path: string): readonly string[] => {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
};

/** The image of a program that was built last, whatever it was built for. */
function newestImage(folder: string, program: string): string | undefined {
  const images = foldersIn(folder).flatMap((variant) => {
    const path = join(folder, variant, `${program}.elf`);
    const stats = statSync(path, { throwIfNoEntry: false });
    return stats === undefined ? [] : [{ path, at: stats.mtimeMs }];
  });
  return images.sort((a, b) => b.at - a.at)[0]?.path;
}

interface Suite {
  readonly name: string;
  readonly program: string;
  readonly cases: readonly string[];
}

function suitesOf(folder: string, program: string): readonly Suite[] {
  const image = newestImage(folder, program);
  if (image === undefined) return [];
  try {
    return readPlan(image).suites.map(({ name, cases }) => ({
      name,
      program,
      cases: cases.map((one) => one.name),
    }));
  } catch {
    return [];
  }
}

/** What a pattern that begins with `typed` may become. */
export async function patternNames(typed: string, config: string | undefined): Promise<readonly Described[]> {
  const loaded = await configuration(config);
  if (loaded === undefined) return [];
  const programs = Object.keys(loaded.config.suites);
  // The kit's own suites are built where the command is typed.
  const isKit = config === undefined && configAt() === undefined;
  const folder = join(isKit ? resolve(".") : dirname(resolve(loaded.file)), ".uktest", "build");
  const suites = programs.flatMap((program) => suitesOf(folder, program));
  const dot = typed.indexOf(".");
  if (dot >= 0) return suites.filter(({ name }) => name === typed.slice(0, dot)).flatMap(casesOf);
  const near = suites.filter(({ name }) => name.startsWith(typed));
  const names = [
    ...programs.map((name) => ({ name, description: "folder of suites" })),
    ...suites.map(({ name, program, cases }) => ({
      name,
      description: `${plural(cases.length, "case")} of ${program}`,
    })),
  ].filter(({ name }) => name.startsWith(typed));
  // Where the suite is certain, its cases are next.
  return names.length === 1 && near[0] !== undefined ? [...names, ...casesOf(near[0])] : names;
}

const casesOf = ({ name, cases }: Suite): readonly Described[] =>
  cases.map((one) => ({ name: `${name}.${one}`, description: "case" }));
