/**
 * One finding of the sanitizer: what, where, how often, and the case it happened in. It refuses to be more than a line or two.
 */
import { plural } from "../../../src/text/duration.js";
import type { FindingData } from "../data.js";
import { el } from "./dom.js";

/** A finding as a block. `link` is the fragment of its case, where that is known. */
export function finding(
  { check, message, at, times, scene, grade }: FindingData,
  link?: string,
): HTMLElement {
  const where = scene ?? "outside the cases";
  return el(
    `div.finding.${grade}`,
    {},
    el(
      "p.title",
      {},
      el("code.check", {}, check),
      el("code.at", {}, at),
      el("span.pill", {}, times === 1 ? "once" : plural(times, "time")),
    ),
    el("p.message", {}, message),
    el(
      "p.quiet",
      {},
      "in ",
      link === undefined ? where : el("a", { href: `#${link}` }, where),
      grade === "warning" && " \u00b7 a warning only",
    ),
  );
}
