/**
 * The values of ukstore of a run as metrics, `unikraft_<library>_<entry>`: one table knows what the entries of Unikraft and of
 * the kit count, and in which unit; any other number is a gauge without a unit. Text is a label of an info
 * metric. It writes no format.
 */
import type { RunModel, ValueModel } from "../../src/core/model.js";
import { type Family, type Metric, type Sample, sampleName } from "../../src/text/exposition.js";

interface Known {
  readonly kind: "gauge" | "counter";
  readonly unit?: "bytes" | "seconds";
  /** What the number is multiplied by to be in that unit. */
  readonly scale?: number;
}

const BYTES: Known = { kind: "gauge", unit: "bytes" };
const TOTAL: Known = { kind: "counter" };
const NANOSECONDS: Known = { kind: "counter", unit: "seconds", scale: 1e-9 };

const all = (
  library: string,
  names: readonly string[],
  known: Known,
): readonly (readonly [string, Known])[] => names.map((name) => [`${library}/${name}`, known]);

/** Sources: Unikraft 0.9 to 0.21, `store.c` of these libraries; `guest/lib` of the kit. */
const KNOWN: ReadonlyMap<string, Known> = new Map([
  ...all("ukalloc", ["last_alloc_size", "max_alloc_size", "min_alloc_size"], BYTES),
  ...all("ukalloc", ["cur_mem_free", "cur_mem_use", "max_mem_use"], BYTES),
  ...all("ukalloc", ["tot_nb_allocs", "tot_nb_frees", "nb_enomem"], TOTAL),
  ...all("uknetdev", ["tx_bytes", "rx_bytes"], { kind: "counter", unit: "bytes" }),
  ...all("uknetdev", ["tx_packets", "tx_errors", "tx_fifo", "rx_packets", "rx_errors", "rx_fifo"], TOTAL),
  ...all("ukfalloc", ["free_memory", "total_memory", "free_memory_global", "total_memory_global"], BYTES),
  ...all("uksched", ["cpu_time_total", "cpu_time_idle"], NANOSECONDS),
  ...all("uksched", ["sched_count", "yield_count", "next_count", "idle_count"], TOTAL),
  ...all("uktest", ["suites", "failed_suites", "cases", "failed_cases", "skipped_cases"], TOTAL),
  ...all("ramfs", ["content_bytes"], BYTES),
  ...all("ukboot", ["uptime_ns"], NANOSECONDS),
]);

/** Without what a name of a metric must not have. */
const plain = (text: string): string => text.slice(0, 100).replace(/[^A-Za-z0-9_]/g, "_");

/** The metric of a value. */
export function storeMetric({ library, name, valueType }: ValueModel): Metric & { readonly scale: number } {
  const { kind, unit, scale = 1 }: Known = KNOWN.get(`${library}/${name}`) ?? { kind: "gauge" };
  const base = `unikraft_${plain(library)}_${plain(name)}`;
  const help = `The value ${plain(library)}/${plain(name)} of ukstore, as the guest had it when it stopped.`;
  if (valueType === "charp") return { name: base, kind: "info", help, scale };
  // The format itself ends counters with `_total`, and nothing else may end so.
  const bare = base.replace(/(?:_total)+$/, "");
  const inUnit = scale === 1 ? bare : bare.replace(/_ns$/, "");
  const named = unit === undefined || inUnit.endsWith(`_${unit}`) ? inUnit : `${inUnit}_${unit}`;
  return { name: named, kind, ...(unit !== undefined && { unit }), help, scale };
}

/** More metrics of one run are no table of values. */
const MOST_FAMILIES = 2000;

interface Growing {
  readonly metric: Metric;
  /** By their labels: no two samples have the same. */
  readonly samples: Map<string, Sample>;
}

/**
 * The families of all values; two that would have one name are the first of them.
 * @param placeOf labels of a source: its machine, and its profile where there are several
 * @param label text as a label
 */
export function storeFamilies(
  { boots }: RunModel,
  placeOf: (source: string) => Readonly<Record<string, string>>,
  label: (text: string) => string,
): readonly Family[] {
  const families = new Map<string, Growing>();
  // The name of a sample belongs to one family: an info `a` and a gauge `a_info` would be the same to a reader.
  const taken = new Map<string, string>();
  for (const { id, source, values = [] } of boots)
    for (const one of values) {
      const { scale, ...metric } = storeMetric(one);
      const key = `${metric.kind} ${metric.name}`;
      const owners = [sampleName(metric), metric.name].map((name) => taken.get(name));
      if (owners.some((owner) => owner !== undefined && owner !== key)) continue;
      const known = families.get(key) ?? { metric, samples: new Map<string, Sample>() };
      if (!families.has(key) && families.size >= MOST_FAMILIES) continue;
      families.set(key, known);
      for (const name of [sampleName(metric), metric.name]) taken.set(name, key);
      const labels = {
        boot: label(id),
        ...placeOf(source),
        ...(one.object !== undefined && { object: label(one.object) }),
        ...(metric.kind === "info" && { value: label(one.value) }),
      };
      const place = [labels.boot, labels.object ?? ""].join("\0");
      const value = metric.kind === "info" ? 1 : Number(one.value) * scale;
      if (!known.samples.has(place) && Number.isFinite(value)) known.samples.set(place, { labels, value });
    }
  return [...families.values()].map(({ metric, samples }) => ({ ...metric, samples: samples.values() }));
}
