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
  /** True when it carries an id. */
  readonly numbered: boolean;
  readonly ok: boolean;
}

export type TapLine =
  | PointLine
  | { readonly type: "plan" }
  | { readonly type: "bail-out" }
  | { readonly type: "subtest"; readonly name: string }
  /** The brace behind a subtest. */
  | { readonly type: "close" }
  | { readonly type: "comment" }
  | { readonly type: "other" };

/** Firmware and kernels put up to this much in front of a version line. */
const VERSION = /^(.{0,200}?)(?<![A-Za-z0-9_])(K?)TAP version \d{1,3}\s*$/i;
const POINT = /^(not )?ok(?: (\d{1,9})(?![\w.]))?(?:$| )/;
const PLAN = /^\d{1,9}\.\.\d{1,9}\s*(?:#|$)/;
const SUBTEST = /^# Subtest(?:: ?(.{1,1000}))?/;

/** Reads a version line anywhere in a line. Source: linux Documentation/dev-tools/ktap.rst, tools/testing/kunit. */
export function readVersion(text: string): VersionLine | undefined {
  const match = /version \d{1,3}\s*$/i.test(text.slice(-64)) ? VERSION.exec(text) : null;
  return match === null ? undefined : { lead: match[1] ?? "", dialect: match[2] === "" ? "tap" : "ktap" };
}

/** Reads any other line. Source: testanything.org, TAP 13 and 14; linux Documentation/dev-tools/ktap.rst. */
export function readTapLine(text: string): TapLine {
  const point = POINT.exec(text);
  if (point !== null) {
    return { type: "point", numbered: point[2] !== undefined, ok: point[1] === undefined };
  }
  if (PLAN.test(text)) return { type: "plan" };
  if (text.startsWith("#")) {
    const subtest = SUBTEST.exec(text);
    return subtest === null ? { type: "comment" } : { type: "subtest", name: (subtest[1] ?? "").trim() };
  }
  if (/^bail out!/i.test(text)) return { type: "bail-out" };
  return { type: text === "}" ? "close" : "other" };
}

/** True for the lines that move a stream on. */
export const isProtocol = (line: TapLine): boolean => line.type !== "other" && line.type !== "comment";

/** Text in which numbers and spaces no longer tell lines apart: `[    1.25] ` and `[   10.50] ` are one shape. */
const shape = (text: string): string => text.replace(/[0-9 ]/g, "0");

/** What stands behind a repeated lead, or nothing when the line does not begin like it. */
export function behindLead(text: string, lead: string): string | undefined {
  if (lead === "") return text;
  return shape(text.slice(0, lead.length)) === shape(lead) ? text.slice(lead.length) : undefined;
}
