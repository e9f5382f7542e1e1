/**
 * Writes a run as metrics in the text format of Prometheus: for the textfile collector of node_exporter, or a push gateway.
 * It has no times: a collector says when it has read a file.
 */
import { atEnd, type Reporter } from "../src/core/reporter.js";
import { exposition } from "../src/text/exposition.js";
import { familiesOf } from "./view/metrics.js";

/** Text 0.0.4. */
export const reporter: Reporter = {
  name: "prometheus",
  summary: "metrics as Prometheus reads them, for a textfile collector",
  render: atEnd((model) => exposition(familiesOf(model), "prometheus")),
};
