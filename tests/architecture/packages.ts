/**
 * What package.json promises against what the code uses: every package a user's machine needs is declared, pinned to
 * one version, and needed; what the bundles hold is needed to build them only.
 */
import { isBuiltin } from "node:module";
import type { Facts } from "./facts.js";
import { packageOf } from "./rules.js";

export interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  /** Only some users need them; they are declared and pinned like the others. */
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly scripts: Readonly<Record<string, string>>;
}

/** Packages that stay outside of the bundles, because they find files of their own beside themselves. */
const OUTSIDE: readonly string[] = ["jiti", "serialport"];

const SHIPPED = /^(?:src|runner|reporters)\//;

/** Breaches of the manifest. `words` is the text of scripts and settings, where tools are named and not imported. */
export function manifestBreaches(
  manifest: Manifest,
  scripts: ReadonlyMap<string, Facts>,
  words: string,
): readonly string[] {
  const imported = [...scripts].flatMap(([path, { imports }]) =>
    imports.flatMap(({ specifier }) =>
      specifier === undefined || /^[./]/.test(specifier) || isBuiltin(specifier)
        ? []
        : [{ path, name: packageOf(specifier) }],
    ),
  );
  const shipped = imported.filter(({ path }) => SHIPPED.test(path));
  const { devDependencies, optionalDependencies = {} } = manifest;
  const dependencies = { ...manifest.dependencies, ...optionalDependencies };
  const uses = (name: string, all: typeof imported): boolean => all.some((one) => one.name === name);
  return [
    ...shipped
      .filter(({ name }) => OUTSIDE.includes(name) && !Object.hasOwn(dependencies, name))
      .map(({ path, name }) => `${path}: ${name} is not among the dependencies`),
    ...Object.keys(dependencies)
      .filter((name) => !OUTSIDE.includes(name))
      .map((name) => `${name}: is bundled, and need not be installed with uktest`),
    ...imported
      .filter(({ name }) => !Object.hasOwn(dependencies, name) && !Object.hasOwn(devDependencies, name))
      .map(({ path, name }) => `${path}: ${name} is declared nowhere`),
    ...[...Object.entries(dependencies), ...Object.entries(devDependencies)]
      .filter(([, version]) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version))
      .map(([name, version]) => `${name}: ${version} is not one version`),
    ...Object.keys(dependencies)
      .filter((name) => !uses(name, shipped))
      .map((name) => `${name}: unused`),
    ...Object.keys(devDependencies)
      .filter((name) => !uses(name, imported) && !isNamed(name, manifest, words))
      .map((name) => `${name}: unused`),
  ];
}

/** Types of a package that is there, or a tool that a script or a setting calls by its name. */
function isNamed(name: string, { dependencies, devDependencies, scripts }: Manifest, words: string): boolean {
  const typed = /^@types\/(.*)$/.exec(name)?.[1];
  if (typed !== undefined)
    return typed === "node" || Object.hasOwn(dependencies, typed) || Object.hasOwn(devDependencies, typed);
  return `${Object.values(scripts).join(" ")} ${words}`.split(/[^\w@/.-]+/).includes(name);
}
