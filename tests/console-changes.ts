/** What programs around a console do to a log, as functions of its text. */

const everyLine = (text: string, lead: (index: number) => string): string =>
  text
    .split("\n")
    .map((line, index) => (line === "" ? line : lead(index) + line))
    .join("\n");
const two = (index: number): string => String(index % 60).padStart(2, "0");

export const CONSOLE_CHANGES: readonly (readonly [string, (text: string) => string])[] = [
  ["CRLF", (text) => text.replaceAll("\n", "\r\n")],
  ["tio", (text) => everyLine(text, (at) => `[12:00:${two(at)}.001] `)],
  ["Jenkins", (text) => everyLine(text, (at) => `[2024-03-05T12:00:${two(at)}.001Z] `)],
  ["GitLab", (text) => everyLine(text, (at) => `2024-03-05T12:00:${two(at)}.000001Z 01O `)],
  ["GitHub", (text) => everyLine(text, (at) => `2024-03-05T12:00:${two(at)}.0000001Z `)],
  ["docker compose", (text) => everyLine(text, () => "guest-1  | ")],
  ["ts", (text) => everyLine(text, (at) => `Mar 05 12:00:${two(at)} `)],
  ["journald", (text) => everyLine(text, (at) => `Mar 05 12:00:${two(at)} vm-3 console[77]: `)],
  [
    "compose in GitHub",
    (text) => everyLine(text, (at) => `2024-03-05T12:00:${two(at)}.0000001Z guest-1  | `),
  ],
];
