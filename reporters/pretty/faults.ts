/**
 * Shows the record of a crash on the terminal: where, registers, call trace, the console around it.
 * It refuses to say whose fault it was.
 */
import type { FaultModel } from "../../src/core/model.js";
import { leadUpLines, registerLines, traceLines } from "../view/faults.js";
import { fit, type Page, paragraph } from "./page.js";

function* section(page: Page, title: string, lines: readonly string[]): Generator<string> {
  const { theme } = page;
  if (lines.length === 0) return;
  yield `  ${theme.paint("faint", title)}`;
  for (const line of lines) yield `    ${fit(page, 4, theme.safe(line))}`;
}

/** The lines of a fault; its title only where `said` has not already told it. */
export function* faultBlock(page: Page, fault: FaultModel, said: string | undefined): Generator<string> {
  const { theme } = page;
  if (fault.title !== said) yield* paragraph(page, 2, theme.safe(fault.title));
  yield* section(page, "registers", registerLines(fault, theme.width - 4));
  yield* section(page, "call trace", traceLines(fault));
  yield* section(
    page,
    "console",
    leadUpLines(fault).map((line) => line.replace("|", theme.bar)),
  );
}
