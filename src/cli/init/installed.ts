/**
 * Where a project has uktest among its npm packages, so that its jobs install that one and no other. It reads package.json
 * and asks no registry.
 */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";

/** A folder with a package.json that names uktest. */
export interface Installed {
  /** Relative to the root of the repository; empty for the root itself. */
  readonly folder: string;
  /** Whether `npm ci` can be used: there is a lock file. */
  readonly isLocked: boolean;
}

type Values = Readonly<Record<string, unknown>>;

const below = (value: unknown, key: string): unknown =>
  typeof value === "object" && value !== null ? (value as Values)[key] : undefined;

/** How a package.json asks for uktest; undefined where it does not, or cannot be read. */
function wishIn(file: string): string | undefined {
  try {
    const content: unknown = JSON.parse(readFileSync(file, "utf8"));
    const wishes = ["devDependencies", "dependencies", "optionalDependencies"].map((kind) =>
      below(below(content, kind), "uktest"),
    );
    return wishes.find((wish) => typeof wish === "string");
  } catch {
    return undefined;
  }
}

/** A folder or an archive beside the repository is on this host and on no other. */
const isOutside = (top: string, folder: string, wish: string): boolean =>
  wish.startsWith("file:") &&
  relative(top, resolve(folder, wish.slice("file:".length))).split("/")[0] === "..";

/**
 * Looks upwards from a folder to the root of its repository.
 * @param top root of the repository, absolute
 */
export function installedFor(folder: string, top: string): Installed | undefined {
  for (let at = folder; ; at = dirname(at)) {
    const wish = wishIn(join(at, "package.json"));
    if (wish !== undefined)
      return isOutside(top, at, wish)
        ? undefined
        : { folder: relative(top, at), isLocked: existsSync(join(at, "package-lock.json")) };
    if (at === top || dirname(at) === at) return undefined;
  }
}
