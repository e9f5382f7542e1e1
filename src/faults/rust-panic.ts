/**
 * Panics of Rust, in the three places where releases and kernels put the message: in quotes in front of the place, on the
 * next line, and on a line of its own above the place. Whether the guest survives its thread is shown by what follows.
 */
import type { Frame } from "../core/fault.js";
import type { ReportDraft, ReportFamily } from "../core/fault/report.js";
import { listedDraft } from "../core/fault/report-draft.js";

const PLACE = String.raw`([^\s'"]{1,300}\.rs):(\d{1,7})(?::\d{1,6})?`;
const NEW = new RegExp(`(?:^|[\\s\\])'":])panicked at ${PLACE}:?(?: (.{0,400}))?$`);
const OLD = new RegExp(`(?:^|[\\s\\])'":])panicked at ['"](.{0,400})['"], ${PLACE}`);
/** The message goes on after its first line. */
const CUT = /(?:^|[\s\])'":])panicked at ['"](.{0,400})$/;
const REST = new RegExp(`['"], ${PLACE}`);
const ABOVE = /(?:^|[\s\])])Uncaught panic:\s*(.{0,400})$/;
const AT = new RegExp(`^at ${PLACE}$`);
const MARKED = /^(?:\[\d{1,3}\])?\[(?:!{1,3})?PANIC(?:!{1,3})?\]\s*(.{0,400})$/;

const DETAILS: readonly RegExp[] = [
  /^(?:note: run with|stack backtrace:|note: Some details|on CPU \d|at |Printing stack trace|left: |right: |\d{1,3}: |rax |r\w\w? {2,}0x|fatal runtime error|thread \S+ panicked while|rust_panic|aborting due to panic)/,
];
const NUMBERED =
  /^\d{1,3}: (?:fn )?(?:0x([0-9a-f]{1,16}) - )?(?:pc 0x[0-9a-f]{1,16} |([A-Za-z_<][^\s].{0,200}))/;

interface Panic {
  message: string | undefined;
  file: string | undefined;
  line: number | undefined;
}

function openingIn(text: string): Panic | undefined {
  const old = OLD.exec(text);
  if (old !== null) return { message: old[1], file: old[2], line: Number(old[3]) };
  const fresh = NEW.exec(text);
  if (fresh !== null) return { message: fresh[3], file: fresh[1], line: Number(fresh[2]) };
  const cut = CUT.exec(text) ?? ABOVE.exec(text) ?? MARKED.exec(text);
  return cut === null ? undefined : { message: cut[1] || undefined, file: undefined, line: undefined };
}

/** Takes what the next lines add to the opening. */
function complete(panic: Panic, text: string): void {
  const place = panic.file === undefined ? (AT.exec(text) ?? REST.exec(text)) : null;
  if (place !== null) {
    panic.file = place[1];
    panic.line = Number(place[2]);
  } else panic.message ??= text === "" || /^note: |^stack backtrace/.test(text) ? undefined : text;
}

function frameIn(text: string): Frame | undefined {
  const match = NUMBERED.exec(text);
  if (match === null) return undefined;
  const [, address = "", name] = match;
  return { address, ...(name !== undefined && { symbol: name.trim(), function: name.trim() }) };
}

/** Sources of the forms: std/src/panicking.rs of Rust 1.0 to 1.91, core::panic::PanicInfo, Asterinas ostd/src/panic.rs. */
export const family: ReportFamily = {
  name: "rust-panic",
  system: "rust",
  hints: ["panicked at ", "Uncaught panic:", "PANIC"],
  begin({ text: whole }) {
    const text = whole.trim();
    if (text.startsWith("#")) return undefined;
    const panic = openingIn(text);
    if (panic === undefined) return undefined;
    return draftOf(panic);
  },
};

/** Lines of a message that stand between the opening and its place. */
const MESSAGE_LINES = 4;

/** The first lines after the opening are the message, whatever they look like. */
function draftOf(panic: Panic): ReportDraft {
  let more = 0;
  const draft = listedDraft({
    details: DETAILS,
    frameIn,
    finish: ({ registers, callTrace }) => ({
      type: "fault",
      outlook: "goes-on",
      fault: {
        kind: "crash",
        title: `Rust panic: ${(panic.message ?? "no message").trim().slice(0, 240)}`,
        ...(panic.file !== undefined && { file: panic.file, line: panic.line ?? 0 }),
        registers,
        callTrace,
      },
    }),
  });
  return {
    take(line) {
      const text = line.text.trim();
      const wanted = panic.message === undefined || panic.file === undefined;
      complete(panic, text);
      const taken = draft.take(line);
      more += 1;
      return taken === "no" && wanted && more <= MESSAGE_LINES ? "yes" : taken;
    },
    finish: () => draft.finish(),
  };
}
