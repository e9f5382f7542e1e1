/**
 * The machines and profiles of a run, crossed: each pair of them is a cell, in which all of the run's images are built and
 * booted. Most runs have one cell. It builds nothing.
 */
import { chooseMachine } from "../../runner/machines.js";
import type { Machine } from "../../runner/machine.js";
import { profilesOf } from "../config/profiles.js";
import type { Config } from "../config/schema.js";
import { UsageError } from "../core/errors.js";
import { sourceName } from "../core/model/sources.js";
import type { Cell, Project, ProjectArguments, Task } from "./task.js";

/** What the arguments name, and what of it the configuration says. */
type Wishes = Pick<ProjectArguments, "machine" | "machines" | "profile" | "profiles" | "isMatrix">;

/** The name of building as the configuration says it, without a profile; a profile of that name comes first. */
const DEFAULT = "default";

/** More are a mistake in a script, and each is built and booted. */
const MOST_CELLS = 64;

const machinesOf = ({ machine, machines, isMatrix }: Wishes, config: Config): readonly string[] =>
  machines ??
  (machine === undefined
    ? ((isMatrix === true ? config.matrix?.machines : undefined) ?? [config.machine ?? "auto"])
    : [machine]);

const profileNames = ({ profile, profiles, isMatrix }: Wishes, config: Config): readonly string[] =>
  profiles ??
  (profile === "" ? ((isMatrix === true ? config.matrix?.profiles : undefined) ?? [""]) : [profile]);

/**
 * The cells of a run of a project, those of one profile side by side.
 * @param own machines of the project
 * @throws UsageError for a machine that is none; programsOf has that of profiles
 */
export async function cellsOf(
  wishes: Wishes,
  config: Config,
  own: readonly Machine[],
): Promise<readonly [Cell, ...Cell[]]> {
  const known = profilesOf(config);
  const profiles = [
    ...new Set(
      profileNames(wishes, config).map((name) => (name === DEFAULT && !(DEFAULT in known) ? "" : name)),
    ),
  ];
  const choices = await Promise.all(
    machinesOf(wishes, config).map((name) => chooseMachine(name, undefined, own)),
  );
  const isLabelled = profiles.length > 1;
  const cells = profiles.flatMap((profile) =>
    choices.map((choice): Cell => ({
      ...{ choice, profile },
      ...(isLabelled && { label: profile === "" ? DEFAULT : profile }),
    })),
  );
  return several(cells);
}

/** Each once: `auto` may be a machine that is named as well. @throws UsageError for too many */
export function several(cells: readonly Cell[]): readonly [Cell, ...Cell[]] {
  const keyOf = ({ choice, profile }: Cell): string => `${choice.machine.name}\0${profile}`;
  const [first, ...others] = [...new Map(cells.map((cell) => [keyOf(cell), cell])).values()];
  if (first === undefined) throw new UsageError("no machine is named", "leave --machine out, or name one");
  if (others.length >= MOST_CELLS)
    throw new UsageError(
      `${String(others.length + 1)} pairs of machines and profiles are too many`,
      `name fewer: a run has room for ${String(MOST_CELLS)}`,
    );
  return [first, ...others];
}

/** What reports call the boots of a task. */
export const sourceOf = ({ name, cell }: Pick<Task, "name" | "cell">): string =>
  sourceName({
    program: name,
    machine: cell.choice.machine.name,
    ...(cell.label !== undefined && { profile: cell.label }),
  });

/** The machines of a project, each once. */
export const machinesIn = ({ cells }: Pick<Project, "cells">): readonly Machine[] => [
  ...new Set(cells.map(({ choice }) => choice.machine)),
];
