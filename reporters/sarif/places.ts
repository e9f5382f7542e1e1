/**
 * Places, stacks and flows of a SARIF result. It refuses absolute paths: a consumer finds files below `%SRCROOT%` or
 * not at all.
 */
import type { FaultModel } from "../../src/core/model.js";
import type { Frame } from "../../src/core/fault.js";
import type { ReporterContext } from "../../src/core/reporter.js";
import { visibleLine } from "../../src/text/visible.js";
import type { Anchor } from "../view/anchor.js";
import { nameOf } from "../view/line.js";
import { frameName, shownFrames } from "../view/trace.js";

export const SOURCE_ROOT = "%SRCROOT%";
export const LOG_ROOT = "LOGS";

const FRAMES_MAX = 64;

const uriOf = (path: string): string => path.split("/").map(encodeURIComponent).join("/");

interface Spot {
  readonly path: string;
  readonly line: number;
  readonly column?: number;
  readonly isSource: boolean;
}

const physical = ({ path, line, column, isSource }: Spot): object => ({
  artifactLocation: { uri: uriOf(path), uriBaseId: isSource ? SOURCE_ROOT : LOG_ROOT },
  region: { startLine: line, ...(column !== undefined && { startColumn: column }) },
});

/** The one location of a result; a case is its logical place. */
export const locationOf = (anchor: Anchor, name: string | undefined): object => ({
  physicalLocation: physical(anchor),
  ...(name !== undefined && { logicalLocations: [{ fullyQualifiedName: name, kind: "function" }] }),
});

function spotOf({ file, line = 0, column = 0 }: Frame, context: ReporterContext): Spot | undefined {
  if (file === undefined || line <= 0) return undefined;
  const place = context.place(file);
  if (!place.inTree) return undefined;
  return { path: visibleLine(place.path), line, ...(column > 0 && { column }), isSource: true };
}

function frameLocation(frame: Frame, context: ReporterContext): object {
  const spot = spotOf(frame, context);
  const name = nameOf(frameName(frame));
  return {
    ...(spot !== undefined && { physicalLocation: physical(spot) }),
    logicalLocations: [{ fullyQualifiedName: name, kind: "function" }],
    message: { text: name },
  };
}

/** What calls the tests and what draws the crash screen is no part of how it came to the crash. */
const isAround = ({ machinery }: Frame): boolean => machinery !== undefined && machinery !== "library";

/** The stack of a fault, innermost first, and the same as a flow that ends at the fault; neither without a name. */
export function stackOf(fault: Pick<FaultModel, "callTrace" | "title">, context: ReporterContext): object {
  const frames = shownFrames(fault.callTrace, FRAMES_MAX);
  if (!frames.some((frame) => frame.function !== undefined || frame.symbol !== undefined)) return {};
  const stacks = [
    {
      message: { text: nameOf(fault.title) },
      frames: frames.map((frame) => ({ location: frameLocation(frame, context) })),
    },
  ];
  const steps = frames.filter((frame) => !isAround(frame) && spotOf(frame, context) !== undefined).reverse();
  if (steps.length < 2) return { stacks };
  const locations = steps.map((frame) => ({ location: frameLocation(frame, context) }));
  return { stacks, codeFlows: [{ threadFlows: [{ locations }] }] };
}
