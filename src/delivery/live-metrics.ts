/**
 * The metrics of a run while it lasts: a destination without a file, and the page that shows what has come to it. Nothing is
 * counted before somebody asks. It serves nothing; src/cli/run.ts hands the page to a server.
 */
import { ModelBuilder } from "../core/model/reduce.js";
import type { RunModel } from "../core/model.js";
import { familiesOf } from "../../reporters/view/metrics.js";
import { type Exposition, exposition, MEDIA_TYPES } from "../text/exposition.js";
import type { Destination } from "./fan-out.js";
import { FILE_SCREEN } from "./terminal.js";
import { TOOL } from "./tool.js";

export interface LiveMetrics {
  readonly destination: Destination;
  /** The metrics of this moment. @param accept header of HTTP with the media types that are taken */
  readonly page: (accept: string) => { readonly type: string; readonly body: string };
}

/** How much each format is wanted, from 0 to 1: the exact type counts before `text/*` and that before any. */
interface Weights {
  openmetrics?: number;
  prometheus?: number;
  text?: number;
  any?: number;
}

const VERSIONS = { openmetrics: "1.0.0", prometheus: "0.0.4" } as const;
const RANGES: Readonly<Record<string, keyof Weights>> = {
  "application/openmetrics-text": "openmetrics",
  "text/plain": "prometheus",
  "text/*": "text",
  "*/*": "any",
};

/** The format that an Accept header prefers; text 0.0.4 where it says nothing of use. Source: RFC 9110, 12.5.1. */
export function formatFor(accept: string): Exposition {
  const weights: Weights = {};
  for (const range of accept.toLowerCase().split(",")) {
    const [type = "", ...parameters] = range.split(";").map((word) => word.trim());
    const name = Object.hasOwn(RANGES, type) ? RANGES[type] : undefined;
    const valueOf = (key: string): string | undefined =>
      parameters
        .find((one) => one.startsWith(`${key}=`))
        ?.slice(key.length + 1)
        .replaceAll('"', "");
    const version = valueOf("version");
    if (name === undefined) continue;
    // Of a version that is not ours we would send something else.
    if ((name === "openmetrics" || name === "prometheus") && (version ?? VERSIONS[name]) !== VERSIONS[name])
      continue;
    const weight = Number(valueOf("q") ?? 1);
    weights[name] = Math.max(weights[name] ?? 0, weight >= 0 && weight <= 1 ? weight : 0);
  }
  const { openmetrics = 0, prometheus = weights.text ?? weights.any ?? 0 } = weights;
  return openmetrics > 0 && openmetrics >= prometheus ? "openmetrics" : "prometheus";
}

/** Metrics of a run that has not begun. */
export function liveMetrics(): LiveMetrics {
  let model = (): RunModel => ({ ...new ModelBuilder().model(), tool: TOOL });
  const nothing = (): Promise<void> => Promise.resolve();
  return {
    destination: {
      reporter: {
        name: "metrics",
        summary: "what is served while the run lasts",
        async *render(events, context) {
          for await (const { type } of events) if (type === "run-started") model = () => context.model();
          yield "";
        },
      },
      sink: { name: "metrics", write: nothing, close: nothing, discard: nothing },
      context: { ...FILE_SCREEN, options: {}, place: (path) => ({ path, inTree: false }) },
    },
    page: (accept) => {
      const format = formatFor(accept);
      return { type: MEDIA_TYPES[format], body: [...exposition(familiesOf(model()), format)].join("") };
    },
  };
}
