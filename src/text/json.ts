/**
 * Writes JSON that may be shown in a terminal or a CI log: still the same value, but no raw control, no invisible
 * character and no workflow command. It does not spread a value over lines.
 */

const RISKY = /[\x7f-\x9f\p{Cf}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}\p{Default_Ignorable_Code_Point}]/gu;

const escaped = (character: string): string =>
  character
    .split("")
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("");

/** One line of JSON (RFC 8259). Outside strings JSON has no `#`, so escaping a bracket after `##` is lossless. */
export const jsonLine = (value: unknown): string =>
  JSON.stringify(value)
    .replace(RISKY, escaped)
    .replace(/##(\w{0,64})\[/g, "##$1\\u005b");
