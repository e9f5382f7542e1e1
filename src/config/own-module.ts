/**
 * Modules of the user's own, by path or by the name of a package: reporters, dialects, fault families, machines. Whatever is
 * wrong with one is one error that names its own file and line. It does not know what any of them does.
 */
import { resolve } from "node:path";
import { RigError, UsageError } from "../core/errors.js";
import { codeOf, messageOf } from "../core/reason.js";

/** What a module has to export. */
export interface Contract<T> {
  /** `reporter`, `dialect`, `fault family`, `machine`. */
  readonly what: string;
  /** The name that is exported; a default export counts too. */
  readonly exported: string;
  /** What it has to be, for the hint of an error. */
  readonly shape: string;
  readonly isOne: (value: unknown) => value is T;
}

/** True for a name that is a path, or a package with a scope: nothing of ours has such a name. */
export const isPath = (name: string): boolean =>
  /^\.{0,2}\/|^[A-Za-z]:[\\/]|^@[^/]+\/|\.[cm]?[jt]s$/.test(name);

/** The absolute path that a name means in a folder; the name of a package as it is. */
export const placeOf = (name: string, folder: string): string =>
  isPath(name) && !name.startsWith("@") ? resolve(folder, name) : name;

/** True for an object that has these functions, besides a name. */
export const hasFunctions = (value: unknown, ...names: readonly string[]): boolean =>
  typeof value === "object" &&
  value !== null &&
  typeof (value as Record<string, unknown>)["name"] === "string" &&
  names.every((name) => typeof (value as Record<string, unknown>)[name] === "function");

/**
 * Loads one. TypeScript is read too.
 * @param name a path, relative to `folder`, or the name of a package that is installed there
 * @throws UsageError where there is none, or what it exports is something else
 */
export async function ownModule<T>(name: string, folder: string, contract: Contract<T>): Promise<T> {
  const wanted = placeOf(name, folder);
  const hint = `it has to export \`${contract.exported}\`, or by default: ${contract.shape}`;
  const { createJiti } = await import("jiti");
  let loaded: unknown;
  try {
    loaded = await createJiti(resolve(folder, "uktest.config.js"), { fsCache: false }).import(wanted);
  } catch (error) {
    if (isMissing(error, wanted)) throw new UsageError(`no such ${contract.what}: ${name}`, hint);
    throw new UsageError(`the ${contract.what} ${name} cannot be loaded: ${withFrame(error)}`);
  }
  const found = [propertyOf(loaded, contract.exported), propertyOf(loaded, "default")].find(contract.isOne);
  if (found === undefined) throw new UsageError(`${name} exports no ${contract.what}`, hint);
  return found;
}

/** What was asked for is missing, and not something that it imports itself. */
const isMissing = (error: unknown, wanted: string): boolean =>
  ["MODULE_NOT_FOUND", "ERR_MODULE_NOT_FOUND", "ENOENT"].includes(codeOf(error)) &&
  messageOf(error).includes(`'${wanted}'`);

const propertyOf = (value: unknown, key: string): unknown =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined;

/** Frames of Node, of ours and of what loads the module. */
const FOREIGN = /node:|[/\\]dist[/\\](?:bin|src|runner|reporters)[/\\]|[/\\]jiti[/\\]/;

/** The innermost place of the user's own code in the stack of an error, as `/path/mine.mjs:3`. */
export const ownFrameOf = (error: Error): string | undefined =>
  (error.stack ?? "")
    .split("\n")
    .filter((line) => /^\s*at /.test(line) && !FOREIGN.test(line))
    .map((line) => /\(?(?:file:\/\/)?((?:[A-Za-z]:)?[/\\][^():]*:\d+)(?::\d+)?\)?$/.exec(line)?.[1])
    .find((place) => place !== undefined);

/** The message, with the innermost place of the user's own code. */
function withFrame(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const frame = ownFrameOf(error);
  return frame === undefined ? error.message : `${error.message} (${frame})`;
}

/** What a module's own code threw, as an error that names it; ours pass as they are. */
export const failureOf = (who: string, error: unknown): Error =>
  error instanceof RigError || error instanceof UsageError
    ? error
    : Object.assign(new RigError(`${who} failed: ${withFrame(error)}`), { cause: error });

/**
 * The same object, whose functions and getters fail with an error that names it; so do those of the objects that its
 * functions return, and promises and streams of them. Lists pass as they are.
 * @param who `the dialect ./mine.mjs`
 */
export function guarded<T extends object>(who: string, target: T): T {
  const get = (key: PropertyKey): unknown => {
    const value = caught(who, () => Reflect.get(target, key, target) as unknown);
    if (typeof value !== "function") return wrapped(who, value);
    return (...given: readonly unknown[]) =>
      wrapped(
        who,
        caught(who, () => Reflect.apply(value, target, given) as unknown),
      );
  };
  // Not a proxy of the object itself, which may be frozen: then its own values would have to come back.
  const standIn = Object.create(Object.getPrototypeOf(target) as object | null) as T;
  return new Proxy(standIn, {
    get: (_, key) => get(key),
    has: (_, key) => Reflect.has(target, key),
    ownKeys: () => Reflect.ownKeys(target),
    getOwnPropertyDescriptor: (_, key) =>
      Object.hasOwn(target, key) ? { configurable: true, enumerable: true, get: () => get(key) } : undefined,
  });
}

function caught<T>(who: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw failureOf(who, error);
  }
}

function wrapped(who: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  if (value instanceof Promise)
    return value.then(
      (result: unknown) => wrapped(who, result),
      (error: unknown) => {
        throw failureOf(who, error);
      },
    );
  if (Symbol.asyncIterator in value) return streamed(who, value as AsyncIterable<unknown>);
  const isActive =
    Object.getPrototypeOf(value) !== Object.prototype ||
    Object.values(value).some((one) => typeof one === "function");
  return isActive && !ArrayBuffer.isView(value) && !(value instanceof RegExp) ? guarded(who, value) : value;
}

async function* streamed(who: string, source: AsyncIterable<unknown>): AsyncIterable<unknown> {
  try {
    yield* source;
  } catch (error) {
    throw failureOf(who, error);
  }
}
