/**
 * A dashboard of Grafana for the metrics of runs, as the JSON that its import takes: the classic model, which every version
 * reads. Each expression is made of the table of metrics, so that none asks for what is never emitted.
 * Source: Grafana, "Dashboard JSON model".
 */
import { TABLE } from "../../reporters/view/metrics.js";
import { type Metric, sampleName } from "../text/exposition.js";

/** Of the classic model; versions above it migrate what is below. */
const SCHEMA_VERSION = 39;

/** A variable, so that a dashboard does not name a data source of one Grafana. */
const SOURCE = { type: "prometheus", uid: "${datasource}" } as const;

const COLUMNS = 24;

interface Target {
  readonly expr: string;
  readonly legend: string;
  /** A table shows what is now, not a range. */
  readonly isInstant?: true;
}

interface Panel {
  readonly type: "stat" | "timeseries" | "bargauge" | "table";
  readonly title: string;
  readonly description: string;
  readonly width: number;
  readonly height: number;
  readonly unit: "none" | "bytes" | "s";
  readonly targets: readonly Target[];
  /** From when on a value is red. */
  readonly redFrom?: number;
  /** What a value is called instead. */
  readonly words?: Readonly<Record<string, { readonly text: string; readonly color: string }>>;
}

/** Of the suites and machines that are chosen above the panels. */
const ofCases = (metric: Metric, more: readonly string[] = []): string =>
  `${sampleName(metric)}{${['suite=~"$suite"', 'machine=~"$machine"', ...more].join(",")}}`;

const CASE = "{{suite}}.{{case}} on {{machine}}";

/** The cases with the most of something, those that have none left out. */
const most = (metric: Metric): readonly Target[] => [
  { expr: `topk(10, ${ofCases(metric)} > 0)`, legend: CASE, isInstant: true },
];

const PANELS: readonly Panel[] = [
  {
    type: "stat",
    title: "Verdict",
    description: "Passed only when the run is over.",
    ...{ width: 4, height: 4, unit: "none" },
    targets: [{ expr: sampleName(TABLE.runSuccess), legend: "{{instance}}" }],
    words: { 0: { text: "not passed", color: "red" }, 1: { text: "passed", color: "green" } },
  },
  {
    type: "stat",
    title: "Cases",
    description: "Cases with a result.",
    ...{ width: 4, height: 4, unit: "none" },
    targets: [{ expr: `sum(${sampleName(TABLE.runCases)})`, legend: "cases" }],
  },
  {
    type: "stat",
    title: "Red cases",
    description: "Cases that failed, crashed, took too long or did not run.",
    ...{ width: 4, height: 4, unit: "none" },
    targets: [{ expr: `sum(${sampleName(TABLE.runCases)}{status!~"passed|skipped"})`, legend: "red" }],
    redFrom: 1,
  },
  {
    type: "stat",
    title: "Findings",
    description: TABLE.runFindings.help,
    ...{ width: 4, height: 4, unit: "none" },
    targets: [{ expr: `sum(${sampleName(TABLE.runFindings)})`, legend: "findings" }],
    redFrom: 1,
  },
  {
    type: "stat",
    title: "Faults",
    description: TABLE.runFaults.help,
    ...{ width: 4, height: 4, unit: "none" },
    targets: [{ expr: `sum(${sampleName(TABLE.runFaults)})`, legend: "faults" }],
    redFrom: 1,
  },
  {
    type: "stat",
    title: "Problems of the run",
    description: TABLE.runProblems.help,
    ...{ width: 4, height: 4, unit: "none" },
    targets: [{ expr: `sum(${sampleName(TABLE.runProblems)})`, legend: "problems" }],
    redFrom: 1,
  },
  {
    type: "timeseries",
    title: "Cases by status",
    description: TABLE.runCases.help,
    ...{ width: 12, height: 8, unit: "none" },
    targets: [{ expr: `sum by (status) (${sampleName(TABLE.runCases)})`, legend: "{{status}}" }],
  },
  {
    type: "timeseries",
    title: "Findings by kind",
    description: TABLE.runFindings.help,
    ...{ width: 12, height: 8, unit: "none" },
    targets: [{ expr: `sum by (kind) (${sampleName(TABLE.runFindings)}) > 0`, legend: "{{kind}}" }],
  },
  {
    type: "table",
    title: "What is red",
    description: "The cases that are neither passed nor skipped.",
    ...{ width: 24, height: 8, unit: "none" },
    targets: [
      { expr: ofCases(TABLE.caseStatus, ['status!~"passed|skipped"']), legend: CASE, isInstant: true },
    ],
  },
  {
    type: "bargauge",
    title: "Memory that cases keep",
    description: TABLE.leaked_bytes.help,
    ...{ width: 8, height: 9, unit: "bytes" },
    targets: most(TABLE.leaked_bytes),
  },
  {
    type: "bargauge",
    title: "Blocks that cases keep",
    description: TABLE.leaked_blocks.help,
    ...{ width: 8, height: 9, unit: "none" },
    targets: most(TABLE.leaked_blocks),
  },
  {
    type: "bargauge",
    title: "Memory that cases need",
    description: TABLE.peak_bytes.help,
    ...{ width: 8, height: 9, unit: "bytes" },
    targets: most(TABLE.peak_bytes),
  },
  {
    type: "bargauge",
    title: "Slowest cases",
    description: TABLE.caseDuration.help,
    ...{ width: 8, height: 9, unit: "s" },
    targets: most(TABLE.caseDuration),
  },
  {
    type: "bargauge",
    title: "Cases that ran in several boots",
    description: TABLE.caseBoots.help,
    ...{ width: 8, height: 9, unit: "none" },
    targets: [{ expr: `topk(10, ${ofCases(TABLE.caseBoots)} > 1)`, legend: CASE, isInstant: true }],
  },
  {
    type: "timeseries",
    title: "Boots",
    description: TABLE.bootDuration.help,
    ...{ width: 8, height: 9, unit: "s" },
    targets: [
      {
        expr: `max by (machine) (${sampleName(TABLE.bootDuration)}{machine=~"$machine"})`,
        legend: "{{machine}}",
      },
    ],
  },
];

const thresholds = ({ redFrom }: Panel): object => ({
  mode: "absolute",
  steps: [
    { color: "green", value: null },
    ...(redFrom === undefined ? [] : [{ color: "red", value: redFrom }]),
  ],
});

function panelOf(panel: Panel, id: number, place: { readonly x: number; readonly y: number }): object {
  const { type, title, description, width, height, unit, targets, words } = panel;
  return {
    ...{ id, type, title, description, datasource: SOURCE },
    gridPos: { ...place, w: width, h: height },
    fieldConfig: {
      defaults: {
        unit,
        thresholds: thresholds(panel),
        ...(words !== undefined && { mappings: [{ type: "value", options: words }] }),
      },
      overrides: [],
    },
    options: type === "bargauge" ? { orientation: "horizontal", displayMode: "basic" } : {},
    targets: targets.map(({ expr, legend, isInstant = false }, at) => ({
      ...{ refId: String.fromCharCode("A".charCodeAt(0) + at), datasource: SOURCE, expr },
      legendFormat: legend,
      ...(isInstant && { instant: true, range: false, format: type === "table" ? "table" : "time_series" }),
    })),
  };
}

/** From left to right, and a row lower where there is no more room. */
function laidOut(panels: readonly Panel[]): readonly object[] {
  let [x, y, tallest] = [0, 0, 0];
  return panels.map((panel, at) => {
    if (x + panel.width > COLUMNS) [x, y, tallest] = [0, y + tallest, 0];
    const shown = panelOf(panel, at + 1, { x, y });
    x += panel.width;
    tallest = Math.max(tallest, panel.height);
    return shown;
  });
}

/** A choice of the values that a label has. */
const choice = (name: string): object => ({
  ...{ name, label: name, type: "query", datasource: SOURCE },
  query: { query: `label_values(${sampleName(TABLE.caseStatus)}, ${name})`, refId: name },
  ...{ refresh: 2, sort: 1, multi: true, includeAll: true, allValue: ".*" },
  current: { text: "All", value: "$__all" },
});

/** The dashboard as one JSON document. */
export const dashboard = (): string =>
  `${JSON.stringify(
    {
      ...{ title: "uktest", uid: "uktest", tags: ["uktest"], schemaVersion: SCHEMA_VERSION, version: 1 },
      ...{ editable: true, graphTooltip: 1, refresh: "5s", time: { from: "now-1h", to: "now" } },
      templating: {
        list: [
          { name: "datasource", label: "data source", type: "datasource", query: "prometheus" },
          choice("machine"),
          choice("suite"),
        ],
      },
      annotations: { list: [] },
      panels: laidOut(PANELS),
    },
    null,
    2,
  )}\n`;
