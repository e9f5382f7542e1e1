/**
 * Writes TeamCity's service messages (https://www.jetbrains.com/help/teamcity/service-messages.html). It does not
 * choose what is said.
 */

const NAMED: Readonly<Record<string, string>> = {
  "|": "||",
  "'": "|'",
  "[": "|[",
  "]": "|]",
  "\n": "|n",
  "\r": "|r",
};

/** The value of an attribute: what the syntax needs by its name, all else beyond ASCII by its number. */
const teamcityValue = (text: string): string =>
  text.replace(
    /[|'[\]\n\r]|[^\x20-\x7e]/g,
    (unit) => NAMED[unit] ?? `|0x${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );

/** One message. Attributes without a value are left out. */
export function teamcityMessage(
  name: string,
  attributes: Readonly<Record<string, string | number | undefined>>,
): string {
  const given = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}='${teamcityValue(String(value))}'`],
  );
  return `##teamcity[${name}${given.join("")}]`;
}
