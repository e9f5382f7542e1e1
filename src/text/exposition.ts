/**
 * The two text formats in which Prometheus reads metrics, both written from the same families. It knows no metric, and gives
 * no sample a time: a value is one of the moment in which it is read, and the textfile collector rejects anything else.
 * Sources: prometheus.io, "Exposition formats", text 0.0.4; OpenMetrics 1.0.0, "Text format".
 *
 * `prom-client` would write both as well, from a registry of objects that are set as things happen. Here every value is read
 * from the model when somebody asks: the registry would be emptied and filled for each answer, and it knows neither `# UNIT`
 * nor the type `info`.
 */

/** Each format by its media type. */
export const MEDIA_TYPES = {
  prometheus: "text/plain; version=0.0.4; charset=utf-8",
  openmetrics: "application/openmetrics-text; version=1.0.0; charset=utf-8",
} as const;

export type Exposition = keyof typeof MEDIA_TYPES;

/** What a name must end with, besides the unit. */
const SUFFIX = { gauge: "", counter: "_total", info: "_info" } as const;

export type MetricKind = keyof typeof SUFFIX;

/** What a metric is called and means. */
export interface Metric {
  /** Of the family: without `_total` and `_info`, and with its unit at the end. */
  readonly name: string;
  readonly kind: MetricKind;
  readonly unit?: "bytes" | "seconds";
  /** One sentence. */
  readonly help: string;
}

export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface Family extends Metric {
  /** No two have the same labels. */
  readonly samples: Iterable<Sample>;
}

/** The name by which a metric is asked for, in either format. */
export const sampleName = ({ name, kind }: Pick<Metric, "name" | "kind">): string => name + SUFFIX[kind];

const escapeHelp = (text: string): string => text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n");
const escapeLabel = (text: string): string => escapeHelp(text).replaceAll('"', '\\"');

function numberOf(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (Number.isFinite(value)) return String(value);
  return value > 0 ? "+Inf" : "-Inf";
}

function labelsOf(labels: Sample["labels"]): string {
  const pairs = Object.entries(labels).map(([key, text]) => `${key}="${escapeLabel(text)}"`);
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}

/** What stands above the samples: text 0.0.4 knows no family, and no `info`. */
function headOf(family: Family, format: Exposition): string {
  const isOpen = format === "openmetrics";
  const name = isOpen ? family.name : sampleName(family);
  const help = isOpen ? escapeLabel(family.help) : escapeHelp(family.help);
  const type = family.kind === "info" && !isOpen ? "gauge" : family.kind;
  const unit = isOpen && family.unit !== undefined ? `# UNIT ${name} ${family.unit}\n` : "";
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${unit}`;
}

/** The families as one text, in pieces of a line; one without samples is left out. */
export function* exposition(families: Iterable<Family>, format: Exposition): Generator<string> {
  // Cases have the same labels in each of their families.
  const written = new WeakMap<Sample["labels"], string>();
  for (const family of families) {
    const name = sampleName(family);
    let isFirst = true;
    for (const { labels, value } of family.samples) {
      if (isFirst) yield headOf(family, format);
      isFirst = false;
      const text = written.get(labels) ?? labelsOf(labels);
      written.set(labels, text);
      yield `${name}${text} ${numberOf(value)}\n`;
    }
  }
  if (format === "openmetrics") yield "# EOF\n";
}
