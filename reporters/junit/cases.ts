/**
 * Turns cases, findings, faults and problems into JUnit cases. Whatever makes a run red is a failure or an error here;
 * it does not leave a red thing to a count.
 */
import { bootOf } from "../../src/core/model/boots.js";
import type { FaultKind } from "../../src/core/fault.js";
import type { Known } from "../../src/core/model/known.js";
import { sourceParts } from "../../src/core/model/sources.js";
import type { CaseModel, FaultModel, RunModel } from "../../src/core/model.js";
import type { ReporterContext } from "../../src/core/reporter.js";
import type { Extra } from "../view/extras.js";
import { isFlaky } from "../../src/core/verdict.js";
import { xmlText } from "../../src/text/xml.js";
import {
  differenceOf,
  expectedFailure,
  failuresOf,
  locationOf,
  type Where,
  whereOf,
} from "../view/failures.js";
import { attemptWords, firstFailure } from "../view/flaky.js";
import { nameOf, oneLine } from "../view/line.js";
import { measuredOf } from "../view/measurements.js";
import { annotatable, bodyOf, failureDetails, guestLine, faultDetails, systemOutOf } from "./body.js";
import type { Breakage, JunitCase, Outcome } from "./document.js";
import { findingTrace, foundAt, placeOfFinding } from "../view/found.js";

export interface Settings {
  readonly context: ReporterContext;
  /** Lines in the shape of stack traces in the bodies. */
  readonly shapes: boolean;
}

interface Broken {
  readonly where: Where;
  readonly name: string;
  readonly type: string;
  readonly message: string;
  readonly more?: readonly string[];
}

const breakage = ({ context, shapes }: Settings, broken: Broken): Breakage => ({
  message: oneLine(broken.message),
  type: broken.type,
  body: bodyOf({ context, shapes, ...broken }),
});

/** At most so many elements for one case; a loop may fail a million times. */
const FAILURES_MAX = 50;

function failures(settings: Settings, one: CaseModel): readonly Breakage[] {
  const failed = failuresOf(one);
  const elements = failed.slice(0, FAILURES_MAX).map((assertion) =>
    breakage(settings, {
      where: assertion.file === undefined ? locationOf(one) : locationOf(assertion),
      name: nameOf(one.name),
      type: "assertion",
      message: assertion.message,
      more: differenceOf(one, assertion).map((row) => `  ${guestLine(row)}`),
    }),
  );
  const more = one.evaluations.failed - elements.length;
  if (elements.length > 0 && more <= 0) return elements;
  const message = elements.length > 0 ? `${more} more assertions failed` : (one.reason ?? "failed");
  const rest = { where: whereOf(one, []), name: nameOf(one.name), type: "assertion", message };
  return [...elements, breakage(settings, rest)];
}

function outcomeOf(settings: Settings, one: CaseModel, faults: readonly FaultModel[]): Outcome {
  switch (one.status) {
    case "passed":
      return { kind: "passed" };
    case "skipped":
      return { kind: "skipped", message: oneLine(one.reason ?? "skipped") };
    case "failed":
      return { kind: "failure", failures: failures(settings, one) };
    case "crashed":
    case "timed-out":
    case "not-run": {
      const message = one.reason ?? faults[0]?.title ?? one.status;
      const more = [...faultDetails(settings.context, faults), ...failureDetails(settings.context, one)];
      const broken = {
        where: whereOf(one, faults),
        name: nameOf(one.name),
        type: one.status,
        message,
        more,
      };
      return { kind: "error", error: breakage(settings, broken) };
    }
  }
}

/** File and line of a case: the line of the first failing assertion where it is in that file, else the definition. */
function attributesOf({ context }: Settings, one: CaseModel, faults: readonly FaultModel[]): Where {
  const broken = whereOf(one, faults);
  const place = annotatable(context, one.file === undefined ? broken : one);
  if (place === undefined) return {};
  const seen = annotatable(context, broken);
  const line = seen?.file === place.file ? broken.line : one.line;
  return { file: place.file, ...(line !== undefined && line > 0 && { line }) };
}

const knownWords = (one: CaseModel, { by, reason }: Known): string =>
  oneLine(`${one.status}, and known (${by}: ${reason}): ${failuresOf(one)[0]?.message ?? one.reason ?? ""}`);

/** What a passed case leaves to say: that it was expected to fail, or failed before. */
function remarkOf(one: CaseModel): string | undefined {
  const flaky = isFlaky(one)
    ? `flaky (${attemptWords(one)}): ${firstFailure(one) ?? "no reason is known"}`
    : undefined;
  const lines = [flaky, expectedFailure(one)].filter((line) => line !== undefined);
  return lines.length === 0 ? undefined : xmlText(lines.map((line) => oneLine(line)).join("\n"));
}

/** A case of the guest; a red one that is known does not count. */
export function ofCase(
  settings: Settings,
  one: CaseModel,
  classname: string,
  faults: readonly FaultModel[],
  known: Known | undefined,
): JunitCase {
  const broken = outcomeOf(settings, one, faults);
  const red = broken.kind === "failure" || broken.kind === "error";
  // Skipped is the one outcome that no reader counts as red, and that none hides.
  const outcome: Outcome =
    red && known !== undefined ? { kind: "skipped", message: knownWords(one, known) } : broken;
  const measured = measuredOf(one);
  const systemOut = red ? systemOutOf(one) : remarkOf(one);
  return {
    classname,
    name: nameOf(one.name),
    ...attributesOf(settings, one, faults),
    ...(one.durationMs !== undefined && { timeMs: one.durationMs }),
    assertions: one.evaluations.passed + one.evaluations.failed,
    outcome,
    ...(measured.length > 0 && {
      properties: Object.fromEntries(measured.map(({ name, value }) => [name, String(value)])),
    }),
    ...(systemOut !== undefined && { systemOut }),
  };
}

const error = (settings: Settings, broken: Broken): Outcome => ({
  kind: "error",
  error: breakage(settings, broken),
});

function ofFinding(settings: Settings, extra: Extra & { kind: "finding" }, classname: string): JunitCase {
  const { context } = settings;
  const { kind, check, message, occurrences, case: charged } = extra.finding;
  const name = `${foundAt(context, extra.finding) ?? "?"} ${oneLine(check, 100)}`;
  const where = locationOf(placeOfFinding(extra.finding));
  const more = [
    ...(charged === undefined ? [] : [`in ${nameOf(charged)}`]),
    `reported ${occurrences} times`.replace(/^reported 1 times$/, "reported once"),
    ...findingTrace(extra.finding, context),
  ];
  const outcome: Outcome =
    extra.grade === "error"
      ? error(settings, { where, name, type: oneLine(check, 100), message, more })
      : {
          kind: "skipped",
          message: `${extra.known === undefined ? "warning, not judged" : `known: ${oneLine(extra.known)}`}: ${oneLine(message)}`,
        };
  const place = annotatable(context, where);
  return { classname: `${classname}.${kind}`, name, ...place, outcome };
}

/** The part of a suite or boot that a fault stands for, as a test case of its own. */
const SUITE_PARTS: Readonly<Partial<Record<FaultKind, string>>> = {
  "suite-init": "(init)",
  "init-assertion": "(init)",
  "exit-assertion": "(exit)",
  "boot-assertion": "(boot)",
};

/** Something red outside the cases, under a name that does not change from run to run; undefined for a problem that is only a remark. */
export function ofExtra(settings: Settings, extra: Extra, classname: string): JunitCase | undefined {
  switch (extra.kind) {
    case "finding":
      return ofFinding(settings, extra, classname);
    case "fault": {
      const { fault } = extra;
      const name = SUITE_PARTS[fault.kind] ?? `(${fault.kind})`;
      const broken = { where: locationOf(fault), name, type: fault.kind, message: fault.title };
      const outcome = error(settings, { ...broken, more: faultDetails(settings.context, [fault]) });
      return { classname, name, ...annotatable(settings.context, fault), outcome };
    }
    case "problem": {
      if (extra.grade !== "error") return undefined;
      const { code, message } = extra.problem;
      const name = `(${code})`;
      return { classname, name, outcome: error(settings, { where: {}, name, type: code, message }) };
    }
    case "run": {
      const name = "(run)";
      return {
        classname,
        name,
        outcome: error(settings, { where: {}, name, type: "run", message: extra.title }),
      };
    }
  }
}

/** Properties of a suite: which boot it ran in, so that several can be told apart. */
export function propertiesOf(model: RunModel, bootId: string): Readonly<Record<string, string>> {
  const boot = bootOf(model, bootId);
  const parts = boot && sourceParts(boot.source);
  return {
    ...(boot !== undefined && { boot: nameOf(boot.source) }),
    ...(parts !== undefined && { machine: parts.machine }),
    ...(parts?.profile !== undefined && { profile: parts.profile }),
    ...(boot?.kernel !== undefined && { kernel: nameOf(boot.kernel) }),
    ...(model.image !== undefined && { image: nameOf(model.image) }),
  };
}
