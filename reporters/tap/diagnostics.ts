/**
 * Collects what the diagnostic block of a failing point says. It does not know how YAML looks.
 */
import type { AssertionModel, CaseModel, FaultModel } from "../../src/core/model.js";
import type { ReporterContext } from "../../src/core/reporter.js";
import { firstOf } from "../../src/text/shorten.js";
import { consoleView } from "../view/console.js";
import { parseExpectation } from "../view/expectation.js";
import type { Extra } from "../view/extras.js";
import { failuresOf, type Where, whereOf } from "../view/failures.js";
import { nameOf, oneLine } from "../view/line.js";
import { traceRows } from "../view/trace.js";
import type { Diagnostic } from "./yaml.js";
import { findingTrace, placeOfFinding } from "../view/found.js";

const FAILURES_MAX = 20;
const EXCERPT_MAX = 32;

const placeOf = (context: ReporterContext, { file, line }: Where): Diagnostic => ({
  file: file === undefined ? undefined : nameOf(context.place(file).path),
  line,
});

/** Lines by their number in the log; lines that share one are joined, because keys must differ. */
function byNumber(lines: readonly { readonly line: number; readonly text: string }[]): Diagnostic {
  const rows = new Map<string, string>();
  for (const { line, text } of lines) {
    const key = String(line);
    const known = rows.get(key);
    rows.set(key, known === undefined ? oneLine(text, 400) : `${known} / ${oneLine(text, 400)}`);
  }
  return Object.fromEntries(rows);
}

function assertionOf(context: ReporterContext, one: AssertionModel): Diagnostic {
  const message = oneLine(one.message);
  const parts = parseExpectation(message);
  return {
    message,
    expression: parts?.expression,
    expected: parts?.expected,
    actual: parts?.actual,
    at: placeOf(context, one),
  };
}

/** The lines of the source around a fault. */
const sourceOf = ({ source }: FaultModel): readonly { readonly line: number; readonly text: string }[] =>
  source?.texts.map((text, index) => ({ line: source.firstLine + index, text: text.trim() })) ?? [];

function faultOf(context: ReporterContext, fault: FaultModel): Diagnostic {
  const trace = traceRows(fault, context);
  const registers = fault.registers.map(({ name, value }) => `${name}=${value}`).join(" ");
  return {
    kind: fault.kind,
    title: oneLine(fault.title),
    at: placeOf(context, fault),
    registers: registers === "" ? undefined : oneLine(registers, 2000),
    trace: Object.fromEntries(trace.map(({ depth, brief }) => [String(depth), oneLine(brief, 200)])),
    source: byNumber(sourceOf(fault)),
    fingerprint: fault.fingerprint === undefined ? undefined : oneLine(fault.fingerprint),
    console: byNumber(fault.excerpt.slice(0, EXCERPT_MAX)),
  };
}

/** The block of a red case. */
export function ofCase(context: ReporterContext, one: CaseModel, faults: readonly FaultModel[]): Diagnostic {
  const { shown, more } = firstOf(failuresOf(one), FAILURES_MAX);
  return {
    status: one.status,
    message: one.reason === undefined ? undefined : oneLine(one.reason),
    at: placeOf(context, whereOf(one, faults)),
    failures: shown.map((assertion) => assertionOf(context, assertion)),
    moreFailures: more > 0 ? more : undefined,
    faults: faults.map((fault) => faultOf(context, fault)),
    console: byNumber(consoleView(one).rows.filter(({ marked }) => !marked)),
  };
}

/** The block of a point that stands for no case. */
export function ofExtra(context: ReporterContext, extra: Extra): Diagnostic {
  switch (extra.kind) {
    case "finding": {
      const { check, message, column, occurrences, case: name } = extra.finding;
      const place = placeOfFinding(extra.finding);
      const at = place.file === undefined ? undefined : { ...placeOf(context, place), column };
      const trace = findingTrace(extra.finding, context);
      const inCase = name === undefined ? undefined : nameOf(name);
      return {
        check: oneLine(check),
        message: oneLine(message),
        at,
        case: inCase,
        occurrences,
        trace:
          trace.length > 0 ? Object.fromEntries(trace.map((row, depth) => [String(depth), row])) : undefined,
      };
    }
    case "fault":
      return faultOf(context, extra.fault);
    case "problem":
      return { code: extra.problem.code, message: oneLine(extra.problem.message) };
    case "run":
      return {};
  }
}
