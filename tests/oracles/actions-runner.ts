/**
 * What the GitHub Actions runner would see in a job's output, re-implemented from the description of its parser:
 * lines end at LF, CRLF and a lone CR; `::cmd::` may follow white space only, `##[cmd]` may stand anywhere.
 */

export interface WorkflowCommand {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly data: string;
}

const REGISTERED = new Set(
  `error warning notice debug group endgroup add-mask add-matcher remove-matcher add-path set-env set-output
   save-state echo stop-commands internal-set-repo-path command section`.split(/\s+/),
);

const unescapeData = (text: string): string =>
  text.replaceAll("%0D", "\r").replaceAll("%0A", "\n").replaceAll("%25", "%");

const unescapeProperty = (text: string): string =>
  text
    .replaceAll("%0D", "\r")
    .replaceAll("%0A", "\n")
    .replaceAll("%3A", ":")
    .replaceAll("%2C", ",")
    .replaceAll("%25", "%");

function propertiesOf(text: string, separator: string): Record<string, string> {
  const properties: Record<string, string> = {};
  for (const pair of text.trim().split(separator)) {
    const at = pair.indexOf("=");
    if (at > 0 && at < pair.length - 1)
      properties[pair.slice(0, at).trim()] = unescapeProperty(pair.slice(at + 1));
  }
  return properties;
}

function parseInfo(info: string, separator: string, data: string): WorkflowCommand | undefined {
  const space = info.indexOf(" ");
  const name = (space < 0 ? info : info.slice(0, space)).toLowerCase();
  if (!REGISTERED.has(name)) return undefined;
  return { name, properties: space < 0 ? {} : propertiesOf(info.slice(space + 1), separator), data };
}

function parseColons(line: string): WorkflowCommand | undefined {
  const trimmed = line.replace(/^[\s\u0085]+/, "");
  const end = trimmed.indexOf("::", 2);
  if (!trimmed.startsWith("::") || end < 0) return undefined;
  return parseInfo(trimmed.slice(2, end), ",", unescapeData(trimmed.slice(end + 2)));
}

function parseBrackets(line: string): WorkflowCommand | undefined {
  const start = line.indexOf("##[");
  const end = line.indexOf("]", start);
  if (start < 0 || end < 0) return undefined;
  return parseInfo(line.slice(start + 3, end), ";", line.slice(end + 1));
}

/** The commands in a job's output, in order. */
export function commandsIn(output: string): readonly WorkflowCommand[] {
  return output.split(/\r\n|\n|\r/).flatMap((line) => parseColons(line) ?? parseBrackets(line) ?? []);
}

/** What Azure Pipelines and TeamCity agents would take for a command. */
export const foreignCommandsIn = (output: string): readonly string[] =>
  output.match(/##(?:vso|teamcity)\[[^\]\n]*/gi) ?? [];
