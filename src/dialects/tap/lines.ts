/**
 * The grammar of one line of TAP 13, TAP 14 and KTAP, without its indentation.
 * It knows no stream: whether a line stands where it may is the business of stream.ts.
 */

/** A version line and what stands in front of it, which following lines may repeat. */
export interface VersionLine {
  readonly lead: string;
  readonly dialect: "tap" | "ktap";
}

export interface PointLine {
  readonly type: "point";
  /** Absent where it carries none. */
  readonly id?: number;
  readonly ok: boolean;
}

export type TapLine =
  | PointLine
  | { readonly type: "plan" }
  | { readonly type: "bail-out" }
  | { readonly type: "subtest"; readonly name: string }
  /** The brace after a point that has diagnostics, and the one after a subtest. */
  | { readonly type: "open" }
  | { readonly type: "close" }
  | { readonly type: "comment" }
  | { readonly type: "other" };

/** Firmware and kernels put up to this much in front of a version line. */
const VERSION = /^(.{0,200}?)(?<![A-Za-z0-9_])(K?)TAP version \d{1,3}\s*$/i;
const POINT = /^(not )?ok(?: (\d{1,9})(?![\w.]))?(?:$| )/;
const PLAN = /^\d{1,9}\.\.\d{1,9}\s*(?:#|$)/;
const SUBTEST = /^# Subtest(?:: ?(.{1,1000}))?/;

/**
 * Reads a version line anywhere in a line, but not in a comment: that is the stream of a program of which another stream
 * tells. Source: linux Documentation/dev-tools/ktap.rst, tools/testing/kunit, tools/testing/selftests/kselftest.
 */
export function readVersion(text: string): VersionLine | undefined {
  // Asked of every line: the last character rules out nearly all of them.
  const last = text.charCodeAt(text.length - 1);
  if (last > 0x39 || (last < 0x30 && last > 0x20)) return undefined;
  const match = /version \d{1,3}\s*$/i.test(text.slice(-64)) ? VERSION.exec(text) : null;
  if (match === null || /#\s*$/.test(match[1] ?? "")) return undefined;
  return { lead: match[1] ?? "", dialect: match[2] === "" ? "tap" : "ktap" };
}

/** Reads any other line. Source: testanything.org, TAP 13 and 14; linux Documentation/dev-tools/ktap.rst. */
export function readTapLine(text: string): TapLine {
  const point = POINT.exec(text);
  if (point !== null) {
    const ok = point[1] === undefined;
    return point[2] === undefined ? { type: "point", ok } : { type: "point", id: Number(point[2]), ok };
  }
  if (PLAN.test(text)) return { type: "plan" };
  if (text.startsWith("#")) {
    const subtest = SUBTEST.exec(text);
    return subtest === null ? { type: "comment" } : { type: "subtest", name: (subtest[1] ?? "").trim() };
  }
  if (/^bail out!/i.test(text)) return { type: "bail-out" };
  return { type: text === "}" ? "close" : text === "{" ? "open" : "other" };
}

/** True for the lines that move a stream on. */
export const isProtocol = (line: TapLine): boolean => line.type !== "other" && line.type !== "comment";
