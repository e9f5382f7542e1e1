/** `uktest dialect`: lists the ways of printing results that are read, or shows what the lines of a log are taken for. */
import { dialectsAt, type LogMeanings, logMeanings, type MeaningArguments } from "../../run/logs/meanings.js";
import { visibleLine } from "../../text/visible.js";

export type DialectArguments =
  { readonly action: "list"; readonly config?: string } | ({ readonly action: "try" } & MeaningArguments);

/** What the command prints. @throws UsageError, RigError */
export async function dialect(args: DialectArguments): Promise<string> {
  if (args.action === "try") return meaningsText(await logMeanings(args));
  const all = await dialectsAt(args.config);
  const width = Math.max(...all.map(({ name }) => name.length));
  return all.map(({ name, summary }) => `${name.padEnd(width)}  ${summary}\n`).join("");
}

/** Columns of the meaning; longer ones push the line to the right. */
const MEANING_COLUMNS = 36;

/** A line for each line of the log: number, meaning, text. */
export function meaningsText({ dialect: name, meanings, lines }: LogMeanings): string {
  const digits = String(lines.length).length;
  const width = Math.min(
    MEANING_COLUMNS,
    Math.max(0, ...[...meanings.values()].map((words) => words.join("; ").length)),
  );
  const rows = lines.map((text, at) => {
    const meaning = (meanings.get(at + 1) ?? []).join("; ");
    return `${String(at + 1).padStart(digits)}  ${visibleLine(meaning).padEnd(width)}  ${visibleLine(text)}`.trimEnd();
  });
  const head =
    name === undefined
      ? "no dialect: no line says for certain that results stand here\n"
      : `dialect: ${name}\n`;
  return `${head}\n${rows.map((row) => `${row}\n`).join("")}`;
}
