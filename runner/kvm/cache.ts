/**
 * What the probe guest said, kept in the folder of the project until the host is booted anew or its kernel is another.
 * A cache that cannot be read or written counts as none, without a message.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeRunFolder } from "../files/run-folder.js";

/** The sentence that says why KVM does not work; the empty one where it does. */
export interface ProbeCache {
  read(key: string): string | undefined;
  write(key: string, why: string): void;
}

/** Name of the file in the folder. */
export const CACHE_NAME = "kvm.json";

/** The cache in a folder; without one nothing is kept. */
export const probeCache = (folder: string | undefined): ProbeCache => ({
  read: (key) => {
    if (folder === undefined) return undefined;
    try {
      const found: unknown = JSON.parse(readFileSync(join(folder, CACHE_NAME), "utf8"));
      return isEntry(found) && found.key === key ? found.why : undefined;
    } catch {
      return undefined;
    }
  },
  write: (key, why) => {
    if (folder === undefined) return;
    try {
      makeRunFolder(folder);
      writeFileSync(join(folder, CACHE_NAME), `${JSON.stringify({ key, why })}\n`);
    } catch {
      // The next run asks the guest again.
    }
  },
});

const isEntry = (found: unknown): found is { readonly key: string; readonly why: string } =>
  typeof found === "object" &&
  found !== null &&
  "key" in found &&
  typeof found.key === "string" &&
  "why" in found &&
  typeof found.why === "string";
