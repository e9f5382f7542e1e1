/**
 * Writes a run as one page that opens from disk: nothing is fetched, and nothing but its own script runs. It refuses
 * clocks and chance: the same run is the same page.
 */
import { atEnd, type Reporter } from "../src/core/reporter.js";
import { page } from "./html/document.js";

/** One self-contained HTML file. */
export const reporter: Reporter = {
  name: "html",
  summary: "one page to read in a browser, with search, consoles, crashes and boots",
  render: atEnd(page),
};
