/** What the adapter can do, always or in some sessions, and the kinds of red that an editor may turn off. Data only. Source: Debug Adapter Protocol, "Capabilities". */
import type { DebugProtocol } from "@vscode/debugprotocol";
import type { RedKind } from "../debug/stops.js";

const FILTERS: Readonly<Record<RedKind, readonly [label: string, description: string]>> = {
  assertion: ["Failed assertion", "stop where an assertion of a case fails"],
  fault: [
    "Fault",
    "stop at an exception, a failed UK_ASSERT and a machine that ends in the middle of a case",
  ],
  finding: ["Sanitizer finding", "stop at undefined behavior that the sanitizer reports"],
};

export const CAPABILITIES: DebugProtocol.Capabilities = {
  supportsConfigurationDoneRequest: true,
  supportsConditionalBreakpoints: true,
  supportsHitConditionalBreakpoints: true,
  supportsLogPoints: true,
  supportsFunctionBreakpoints: true,
  supportsDataBreakpoints: true,
  supportsInstructionBreakpoints: true,
  supportsEvaluateForHovers: true,
  supportsSetVariable: true,
  supportsSetExpression: true,
  supportsCompletionsRequest: true,
  supportsExceptionInfoRequest: true,
  supportsTerminateRequest: true,
  supportsReadMemoryRequest: true,
  supportsWriteMemoryRequest: true,
  supportsDisassembleRequest: true,
  supportsSteppingGranularity: true,
  exceptionBreakpointFilters: Object.entries(FILTERS).map(([filter, [label, description]]) => ({
    ...{ filter, label, description },
    default: true,
  })),
};

/** What it can do besides with a guest that is recorded: that is known once it was launched. */
export const OF_RECORDINGS: DebugProtocol.Capabilities = { supportsStepBack: true };
