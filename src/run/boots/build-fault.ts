/** What a compiler complained about, as the fault of a boot that never came to be. */
import type { BuildFailure } from "../../../runner/build/compile.js";
import type { FaultRecord } from "../../core/fault.js";

const EXCERPT_LINES = 40;

/** The fault of the program that does not build. */
export function buildFault(name: string, { diagnostics, output }: BuildFailure): FaultRecord {
  const [first] = diagnostics;
  const place = first?.file === undefined ? "" : `${first.file}:${String(first.line ?? 1)}: `;
  const lines = output.split("\n").filter((line) => line.trim() !== "");
  return {
    kind: "build",
    title: `${name} does not build: ${place}${first?.message ?? "no reason was given"}`,
    ...(first?.file !== undefined && { file: first.file }),
    ...(first?.line !== undefined && { line: first.line }),
    registers: [],
    callTrace: [],
    excerpt: lines.slice(0, EXCERPT_LINES).map((text, index) => ({ line: index + 1, text })),
  };
}
