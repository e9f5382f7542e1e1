/**
 * Builds an image of Unikraft with its tests on: a copy of a configuration, what came of it, make. Nothing is written into
 * the tree or beside the application; all of it is below `.uktest/unikraft`.
 */
import { existsSync, readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import {
  buildName,
  compileUnikraft,
  configure,
  emptyApp,
  type UnikraftFiles,
} from "../../../runner/build/unikraft.js";
import { NATIVE } from "../../../runner/host/native.js";
import { type HookEnd, lastLinesOf } from "../../../runner/process/hook.js";
import { RigError, UsageError } from "../../core/errors.js";
import type { Say } from "../../core/say.js";
import { lostIn, settingsIn, withSettings } from "./config-text.js";
import { optionsOf } from "./tree.js";
import { fragmentFor, testedIn, type TestWishes, whyLost } from "./wishes.js";

export interface UnikraftOrder extends TestWishes {
  /** Folder of the tree. */
  readonly tree: string;
  /** Folder of the application; absent: one that does nothing. */
  readonly app?: string;
  /** The configuration that is copied; absent: the application's `.config`, where it has one. */
  readonly from?: string;
  /** Folders of libraries beside the tree. */
  readonly outside: readonly string[];
  /** `.uktest`. */
  readonly folder: string;
  readonly stop: AbortSignal;
  readonly say: Say;
}

const SHOWN_LINES = 15;

/** Signs of make and of the shells that it starts; a colon stands between the libraries of `L=`. */
const NOT_FOR_MAKE = /[\s:#$%'"`\\]/;

/** @throws UsageError for paths that make would take apart */
function refusePaths(paths: readonly string[]): void {
  const wrong = paths.find((path) => NOT_FOR_MAKE.test(path));
  if (wrong !== undefined)
    throw new UsageError(
      `Unikraft's make cannot take the path ${wrong}`,
      "it has a blank, or a sign that means something to make, in it",
    );
}

function baseOf({ from }: UnikraftOrder, app: string | undefined): string {
  const own = app === undefined ? undefined : join(app, ".config");
  const path = from ?? (own !== undefined && existsSync(own) ? own : undefined);
  if (path === undefined) return 'CONFIG_UK_NAME="tests"\n';
  if (!existsSync(path)) throw new UsageError(`there is no ${path}`, "--from names a .config or a defconfig");
  return readFileSync(path, "utf8");
}

function filesOf(
  { architecture, folder }: UnikraftOrder,
  given: Pick<UnikraftFiles, "tree" | "app" | "outside">,
) {
  const out = join(folder, "unikraft", buildName(given, architecture));
  return {
    ...given,
    out,
    fragment: `${out}.defconfig`,
    config: `${out}.config`,
    log: `${out}.log`,
    prefix: architecture === "arm64" && NATIVE !== "arm64" ? "aarch64-linux-gnu-" : "",
  };
}

/** @throws RigError for make that has failed, once its last lines are shown */
function refuseFailure(end: HookEnd, what: string, log: string, say: Say): void {
  if (end.kind === "done") return;
  if (end.kind === "stopped") throw new RigError(`interrupted while ${what}`);
  for (const line of lastLinesOf(log, SHOWN_LINES)) say(line);
  throw new RigError(
    `${what}: make ${end.what}`,
    lastLinesOf(log, 1).length > 0
      ? `all that it printed is in ${log}`
      : "Unikraft's build needs make, flex, bison and a compiler",
  );
}

/** The image that a configuration gives its name. */
function imageOf(out: string, config: string, architecture: string): string {
  const name = settingsIn(config).get("UK_NAME")?.replace(/^"|"$/g, "") ?? "";
  const image = ["qemu", "kvm"]
    .map((platform) => join(out, `${name}_${platform}-${architecture}`))
    .find((path) => existsSync(path));
  if (image === undefined)
    throw new RigError(`make has built no image for QEMU in ${out}`, "its platform has to be KVM, for QEMU");
  return image;
}

/**
 * Builds it.
 * @returns the path of the image
 * @throws UsageError for a tree, a library or a machine that there is none of; RigError where it does not build, and for
 *   options that the configuration does not take
 */
export async function buildUnikraft(order: UnikraftOrder): Promise<string> {
  const { architecture, say, stop } = order;
  const tree = resolve(order.tree);
  const outside = order.outside.map((path) => resolve(path));
  const own = order.app === undefined ? undefined : resolve(order.app);
  if (own !== undefined && !existsSync(own))
    throw new UsageError(`there is no folder ${own}`, "--app names an application");
  refusePaths([tree, ...outside, ...(own === undefined ? [] : [own]), order.folder]);
  const options = optionsOf(tree, [...outside, ...(own === undefined ? [] : [own])]);
  const given = baseOf(order, own);
  const { strict, loose } = fragmentFor(order, options, settingsIn(given));
  const app = own ?? emptyApp(join(order.folder, "unikraft"));
  const files = filesOf(order, { tree, app, outside });
  const { out, config, log } = files;
  const base = withSettings(given, new Map([...loose, ...strict]));
  say(`configuring ${basename(app)} for ${architecture}: ${files.fragment}`);
  refuseFailure(await configure(files, base, stop), "configuring", log, say);
  const text = readFileSync(config, "utf8");
  const lost = lostIn(text, strict);
  if (lost.length > 0)
    throw new RigError(
      `the configuration does not take ${lost.map((name) => whyLost(name, options)).join(", ")}`,
      `turn on what they depend on, in a configuration of your own: --from FILE; what came out is ${config}`,
    );
  say(`libraries with tests: ${testedIn(settingsIn(text), options).join(", ")}`);
  say(`building; what make prints is in ${log}`);
  refuseFailure(await compileUnikraft(files, stop), "building", log, say);
  return imageOf(out, text, architecture);
}
