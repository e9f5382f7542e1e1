/**
 * One finding of the sanitizer: what, where and how, how often, and the case it happened in. It does not be more than that.
 */
import { plural } from "../../../src/core/plural.js";
import type { FindingData } from "../data.js";
import { el } from "./dom.js";

/** What findings are together. */
export const headingOf = (findings: readonly FindingData[]): string =>
  findings.every(({ kind }) => kind === "UBSAN") ? "Undefined behavior" : "Findings";

/** A finding as a block. `link` is the fragment of its case, where that is known. */
export function finding(
  { kind, check, message, at, frames, times, scene, grade }: FindingData,
  link?: string,
): HTMLElement {
  const where = scene ?? "outside the cases";
  return el(
    `div.finding.${grade}`,
    {},
    el(
      "p.title",
      {},
      kind !== "UBSAN" && el("span.pill", {}, kind),
      el("code.check", {}, check),
      el("code.at", {}, at),
      el("span.pill", {}, times === 1 ? "once" : plural(times, "time")),
    ),
    el("p.message", {}, message),
    frames.length > 0 && el("pre.trace", {}, frames.join("\n")),
    el(
      "p.quiet",
      {},
      "in ",
      link === undefined ? where : el("a", { href: `#${link}` }, where),
      grade === "warning" && " \u00b7 a warning only",
    ),
  );
}
