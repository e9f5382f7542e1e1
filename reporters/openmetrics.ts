/**
 * Writes a run as metrics in the text format of OpenMetrics, from the same families as the prometheus reporter. It has no
 * times, as that has none.
 */
import { atEnd, type Reporter } from "../src/core/reporter.js";
import { exposition } from "../src/text/exposition.js";
import { familiesOf } from "./view/metrics.js";

/** OpenMetrics 1.0.0. */
export const reporter: Reporter = {
  name: "openmetrics",
  summary: "metrics in the text format of OpenMetrics 1.0",
  render: atEnd((model) => exposition(familiesOf(model), "openmetrics")),
};
