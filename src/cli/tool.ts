/** What this program is: its name and version, from the package. */
import { readFileSync } from "node:fs";
import type { Tool } from "../core/events.js";

const packageFile = new URL("../../../package.json", import.meta.url);

function readVersion(): string {
  const parsed: unknown = JSON.parse(readFileSync(packageFile, "utf8"));
  const version =
    typeof parsed === "object" && parsed !== null && "version" in parsed ? parsed.version : undefined;
  return typeof version === "string" ? version : "unknown";
}

/** Name and version, for events and reports. */
export const TOOL: Tool = { name: "uktest", version: readVersion() };
