/**
 * Writes and disarms the commands that CI agents read in a job's output: GitHub, Azure and TeamCity.
 * It does not choose what is annotated.
 */
import { visible } from "./visible.js";

/** The data of a GitHub command, that is, everything after the second `::` (actions/toolkit, command.ts). */
const workflowData = (text: string): string =>
  text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");

/** The value of a property of a GitHub command. */
const workflowProperty = (text: string): string =>
  workflowData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");

/**
 * Free text that will stand in a job's log, at any place of a line. `##[cmd]`, `##vso[` and `##teamcity[` are commands
 * wherever they stand, `::cmd::` after nothing but white space; each gets a backslash that no agent knows. Agents split
 * lines at a lone CR too, so that goes first.
 */
export const defang = (text: string): string =>
  visible(text)
    .replace(/##(\w{0,64})\[/g, "##$1\\[")
    .replace(/^([^\S\n]*):(?=:)/gm, "$1:\\");

/** One GitHub command. Properties without a value are left out. */
export function workflowCommand(
  name: "error" | "warning" | "notice",
  properties: Readonly<Record<string, string | number | undefined>>,
  message: string,
): string {
  const given = Object.entries(properties)
    .filter(([, value]) => value !== undefined && value !== "")
    .map(([key, value]) => `${key}=${workflowProperty(String(value))}`);
  return `::${name}${given.length > 0 ? ` ${given.join(",")}` : ""}::${workflowData(message)}`;
}
