/**
 * Crashes, findings of the sanitizer and problems as data of the page. It does not rank them: the page shows them in the
 * order of the run, crashes with their own section.
 */
import { casesOf } from "../../src/core/model/counts.js";
import type { Frame, Machinery } from "../../src/core/fault.js";
import type { FaultModel } from "../../src/core/model.js";
import { extrasOf, faultsOutsideCases, findingsOf } from "../view/extras.js";
import { nameOf, oneLine } from "../view/line.js";
import { frameName, shownFrames } from "../view/trace.js";
import { spansOf } from "./ansi.js";
import type { FaultData, FindingData, FrameData, ProblemData } from "./data.js";
import { CONSOLE_MAX, given, type Scene, text } from "./scene.js";
import { kindOf, placeOfFinding } from "../view/found.js";

const FRAMES_MAX = 256;
const REGISTERS_MAX = 128;
const CONSOLE_LINES_MAX = 200;
const NAME_MAX = 400;
const TAB_COLUMNS = 4;

const WORDS: Readonly<Record<Exclude<Machinery, "library">, string>> = {
  crash: "the way to the crash screen",
  test: "the test machinery",
  boot: "the boot",
};

function frameOf(scene: Scene, frame: Frame): FrameData {
  const { machinery } = frame;
  return {
    name: oneLine(frameName(frame), NAME_MAX),
    address: oneLine(frame.address, 64),
    ...given("at", scene.at(frame)),
    ...(frame.isInlined === true && { inlined: true }),
    // A function of the C library says too much to be folded.
    ...(machinery !== undefined && machinery !== "library" && { fold: WORDS[machinery] }),
  };
}

/** A frame of a finding: its name as the guest printed it, and its place where that is known. */
const frameText = (scene: Scene, frame: Frame): string =>
  [oneLine(frame.symbol ?? frame.function ?? frame.address, NAME_MAX), scene.at(frame)]
    .filter((part) => part !== undefined)
    .join("  ");

function faultOf(scene: Scene, fault: FaultModel, alone: boolean): FaultData {
  const { source } = fault;
  const what = fault.case ?? fault.suite;
  const at = scene.at(fault);
  return {
    kind: fault.kind,
    title: text(fault.title),
    boot: scene.bootAt(fault.boot),
    ...(what !== undefined && { scene: nameOf(what) }),
    ...(alone && { alone }),
    ...given("at", at),
    ...(fault.fingerprint !== undefined && { fingerprint: text(fault.fingerprint) }),
    ...(source !== undefined && {
      source: {
        at: scene.at(source) ?? "",
        first: source.firstLine,
        meant: source.line,
        texts: source.texts.map((one) => oneLine(one.replaceAll("\t", " ".repeat(TAB_COLUMNS)), CONSOLE_MAX)),
      },
    }),
    frames: shownFrames(fault.callTrace, FRAMES_MAX).map((frame) => frameOf(scene, frame)),
    registers: fault.registers
      .slice(0, REGISTERS_MAX)
      .map(({ name, value }) => [oneLine(name, 48), oneLine(value, 64)] as const),
    console: fault.excerpt
      .slice(0, CONSOLE_LINES_MAX)
      .map(({ line, text: said }) => ({ line, spans: spansOf(said, CONSOLE_MAX) })),
  };
}

/** All crashes, in the order of the run: cases name them by their position. */
export function faultsOf(scene: Scene): readonly FaultData[] {
  const earlier = new Set(casesOf(scene.model).flatMap(({ attempts = [] }) => attempts.map(({ id }) => id)));
  const alone = new Set(
    faultsOutsideCases(scene.model).flatMap(({ fault }) => (earlier.has(fault.caseId ?? "") ? [] : [fault])),
  );
  return scene.model.faults.map((fault) => faultOf(scene, fault, alone.has(fault)));
}

/** All findings that the policy does not hide: then all, so that cases can name them by their position. */
export const findingDataOf = (scene: Scene): readonly FindingData[] =>
  findingsOf(scene.model).map(({ finding, grade }) => ({
    kind: kindOf(finding),
    check: nameOf(finding.check),
    message: text(finding.message),
    at: scene.at(placeOfFinding(finding)) ?? nameOf(finding.function ?? "?"),
    frames: (finding.callTrace ?? []).slice(0, FRAMES_MAX).map((frame) => frameText(scene, frame)),
    times: finding.occurrences,
    ...(finding.case !== undefined && { scene: nameOf(finding.case) }),
    boot: scene.bootAt(finding.boot),
    grade: grade === "error" ? "error" : "warning",
  }));

const GRADES = ["error", "warning", "note"] as const;

/** What was wrong with the stream, the grave ones first, and what keeps a run from being green without a code of its own. */
export function problemsOf(scene: Scene): readonly ProblemData[] {
  const problems = extrasOf(scene.model).flatMap((extra): readonly ProblemData[] => {
    if (extra.kind === "run") return [{ grade: extra.grade, message: text(extra.title) }];
    if (extra.kind !== "problem") return [];
    const { code, grade, message, boot, origin } = extra.problem;
    const where = boot === undefined ? undefined : scene.bootAt(boot);
    return [{ grade, code, message: text(message), ...given("boot", where), ...given("log", origin?.line) }];
  });
  return GRADES.flatMap((grade) => problems.filter((one) => one.grade === grade));
}
