/**
 * What Unikraft's boot code says of itself: how far the boot is, the test statistics, init functions that failed.
 * It reads no test results and no crash screens.
 *
 * Source: lib/ukboot, lib/uktest and plat/kvm of Unikraft 0.5 to 0.21 and the tree after it.
 */
import type { ClaimBody } from "../core/claims.js";
import { decodeText } from "../core/decode.js";
import type { Segment } from "../core/segment.js";

const STATISTICS = /uktest:(suites|cases|assertions): +(?:(\d{1,9}) failed, )?(\d{1,9}) total$/;
const SUITE_INIT = /^Could not initialize test suite: (\S+)$/;
const BOOT_INIT = /^Init function at (0x[0-9a-f]+) returned error (-?\d{1,9})$/;
const MAIN_RETURNED = /^main returned (-?\d{1,10})(?:, halting system)?$/;
const EXIT_CALLED = /^exit called with status (-?\d{1,10})/;
const HALTING = /^Halting system \((\d)\)$/;
/** Since 0.21 these are the last words: no platform announces its halt any more. */
const SHUTTING_DOWN =
  /^(?:Shutting down system \((\d)\)|Unikraft terminates with exit status -?\d{1,10} \(target: (\d)\))$/;
/** `CODENAME VERSION[~githash]`, right-aligned under the banner or in brackets after its short form. */
const VERSION = /(?:^|Powered by Unikraft )\s*([A-Z][A-Za-z]+) \(?(\d+\.\d+\.\d+[\w.+-]*(?:~[0-9a-f]+)?)\)?$/;

const ESP_RESET = /^rst:0x[0-9a-f]{1,2} \([A-Z0-9_]{3,40}\),boot:0x/;

/** Reads one segment of the boot; undefined when it is not the boot code's. */
export function readKernel(segment: Segment): ClaimBody | undefined {
  const { prefix, body } = segment;
  if (prefix === undefined) return readBanner(segment);
  if (prefix.level === "err" || prefix.level === "crit") return readInitFailure(body);
  const statistics = body.includes("uktest:") ? STATISTICS.exec(body) : null;
  if (statistics !== null) return statisticsOf(statistics);
  if (prefix.library === "libuktest")
    return { type: "suspect", code: "garbled-line", text: decodeText(body) };
  return readShutdown(body) ?? readBootStep(segment);
}

function statisticsOf([, what, failed, total]: RegExpExecArray): ClaimBody {
  const kind = what === "suites" || what === "cases" ? what : "assertions";
  return { type: "statistics", what: kind, failed: Number(failed ?? 0), total: Number(total) };
}

function readInitFailure(body: string): ClaimBody | undefined {
  const suite = SUITE_INIT.exec(body);
  if (suite !== null) return { type: "suite-init-failed", suite: decodeText(suite[1] ?? "") };
  const init = BOOT_INIT.exec(body);
  return init === null
    ? undefined
    : { type: "boot-init-failed", address: init[1] ?? "", error: Number(init[2]) };
}

function readShutdown(body: string): ClaimBody | undefined {
  if (body === "Unikraft halted") return { type: "milestone", milestone: "halted" };
  if (body.startsWith("Calling main(")) return { type: "milestone", milestone: "main-called" };
  const returned = MAIN_RETURNED.exec(body);
  if (returned !== null) {
    // Up to 0.15 the boot code says in one line that it halts as well.
    const text = body.endsWith("halting system") ? { text: "halting" } : {};
    return { type: "milestone", milestone: "main-returned", code: Number(returned[1]), ...text };
  }
  const exited = EXIT_CALLED.exec(body);
  if (exited !== null) return { type: "milestone", milestone: "exit-called", code: Number(exited[1]) };
  const halting = HALTING.exec(body);
  if (halting !== null) return { type: "milestone", milestone: "halting", code: Number(halting[1]) };
  const last = SHUTTING_DOWN.exec(body);
  return last === null
    ? undefined
    : { type: "milestone", milestone: "shutting-down", code: Number(last[1] ?? last[2]) };
}

/** The boot code goes on: whatever ran before has returned. */
function readBootStep({ prefix, body }: Segment): ClaimBody | undefined {
  if (/^Unikraft constructor table at /.test(body))
    return { type: "milestone", milestone: "boot-step", text: "constructors" };
  if (prefix?.library === "libukboot") return { type: "milestone", milestone: "boot-step" };
  const version = /^Unikraft ([A-Z]\w+ \(\d+\.\d+\.\d+[^)]*\))$/.exec(body);
  return version === null ? undefined : { type: "milestone", milestone: "kernel", text: version[1] ?? "" };
}

/** Firmware and the banner come through the plain console. */
function readBanner({ body, first, terminated }: Segment): ClaimBody | undefined {
  if (!first) return undefined;
  if (body.startsWith("SeaBIOS (version ")) return { type: "restarted" };
  // The first word of the ROM of Espressif's chips, whatever reset them.
  if (body.startsWith("rst:0x") && ESP_RESET.test(body)) return { type: "restarted" };
  const version = terminated ? VERSION.exec(body) : null;
  if (version !== null) {
    const milestone = body.includes("Powered by") ? "banner" : "kernel";
    return { type: "milestone", milestone, text: `${version[1] ?? ""} ${version[2] ?? ""}` };
  }
  // It may stand after output of the last test that has no line end.
  return body.endsWith("Powered by") ? { type: "milestone", milestone: "banner" } : undefined;
}
