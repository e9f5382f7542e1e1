/** What this program is: its name and version, from the package. */
import { readFileSync } from "node:fs";
import type { Tool } from "../core/events.js";

const packageFile = new URL("../../../package.json", import.meta.url);

const valueIn = (value: unknown, key: string): unknown =>
  typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>)[key] : undefined;

function inPackage(...keys: readonly string[]): string {
  const found = keys.reduce<unknown>(valueIn, JSON.parse(readFileSync(packageFile, "utf8")));
  return typeof found === "string" ? found : "unknown";
}

/** Name and version, for events and reports. */
export const TOOL: Tool = { name: "uktest", version: inPackage("version") };

/** The versions of Node that it is tried with, as the package has it. */
export const nodeRange = (): string => inPackage("engines", "node");
