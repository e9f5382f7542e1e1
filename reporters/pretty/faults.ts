/**
 * Shows the record of a crash on the terminal: registers, call trace, source, the console around it.
 * It does not say whose fault it was.
 */
import type { FaultModel } from "../../src/core/model.js";
import { leadUpLines, registerLines } from "../view/faults.js";
import { oneLine } from "../view/line.js";
import { sourceLines, traceLines } from "../view/trace.js";
import { fit, type Page, paragraph } from "./page.js";

function* section(page: Page, title: string, lines: readonly string[]): Generator<string> {
  const { theme } = page;
  if (lines.length === 0) return;
  yield `  ${theme.paint("faint", title)}`;
  for (const line of lines) yield `    ${fit(page, 4, theme.safe(line))}`;
}

/** The lines of a fault; its title only where `said` does not hold it already. */
export function* faultBlock(page: Page, fault: FaultModel, said: string | undefined): Generator<string> {
  const { theme, context } = page;
  const piped = (lines: readonly string[]): readonly string[] =>
    lines.map((line) => line.replace("|", theme.bar));
  if (fault.title !== said) yield* paragraph(page, 2, theme.safe(fault.title));
  yield* section(page, "registers", registerLines(fault, theme.width - 4));
  yield* section(page, "call trace", traceLines(fault, context));
  yield* section(page, "source", piped(sourceLines(fault)));
  yield* section(page, "console", piped(leadUpLines(fault)));
  if (fault.fingerprint !== undefined) yield* section(page, "fingerprint", [oneLine(fault.fingerprint)]);
}
