/** What a row is, in words, for a person who looks at what the lines of a log were taken for. */
import type { Counts, Row } from "./grammar.js";

/** Words for a row that is no result of a case; nothing for one that is. */
export function meaningOf(row: Row): string | undefined {
  switch (row.type) {
    case "stream":
      return `tests begin${planOf(row.cases)}`;
    case "group":
      return `group begins${planOf(row.cases)}`;
    case "group-end":
      return `group ends${countsOf(row)}`;
    case "stream-end":
      return `tests end${countsOf(row)}`;
    case "counts":
      return `counts${countsOf(row)}`;
    case "about":
      return "explains a failure";
    case "place":
      return "place of a failure";
    case "took":
      return "time of a case";
    case "restarted":
      return "the guest starts again";
    case "note":
      return "note";
    case "alone":
      return "a program begins";
    case "check":
    case "unnamed":
    case "remark":
    case "begin":
    case "case":
    case "end":
    case "failure":
    case "fault":
    case "flaw":
      return undefined;
  }
}

const planOf = (cases: number | undefined): string => (cases === undefined ? "" : `, plan: ${String(cases)}`);

function countsOf({ cases, passed, failed, skipped, ok }: Counts): string {
  const parts = [
    ...Object.entries({ cases, passed, failed, skipped }).flatMap(([name, count]) =>
      count === undefined ? [] : [`${String(count)} ${name}`],
    ),
    ...(ok === undefined ? [] : [ok ? "all well" : "something failed"]),
  ];
  return parts.length === 0 ? "" : `: ${parts.join(", ")}`;
}
