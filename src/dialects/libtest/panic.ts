/**
 * What a panic of Rust says in one line, where a test framework prints it as the reason of a failure: message and place, in
 * the order of the release. Reports of panics that are faults are read elsewhere.
 *
 * Source: std/src/panicking.rs of Rust 1.0 to 1.91; Asterinas ostd/libs/ostd-test.
 */
import type { RowFailure } from "../../core/grammar/grammar.js";

const PLACE = String.raw`([^\s'"]{1,300}\.rs):(\d{1,7})(?::\d{1,6})?`;
const OLD = new RegExp(String.raw`[Pp]anicked at ['"](.{0,400})['"], ${PLACE}`);
const NEW = new RegExp(String.raw`[Pp]anicked at ${PLACE}:?(?: (.{0,400}))?$`);
/** The message goes on, and its last line names the place. */
const OPEN = /[Pp]anicked at ['"](.{0,400})$/;
const REST = new RegExp(String.raw`^(.{0,400})['"], ${PLACE}$`);

const failure = (message: string, file: string | undefined, line: string | undefined): RowFailure =>
  file === undefined ? { message } : { message, file, line: Number(line) };

/** True for the first line of a panic. */
export const isPanic = (text: string): boolean => /[Pp]anicked at /.test(text);

/** The first line of a panic; its message is empty where that follows. */
export function panicIn(text: string): RowFailure | undefined {
  const [, said, oldFile, oldLine] = OLD.exec(text) ?? [];
  if (said !== undefined) return failure(said, oldFile, oldLine);
  const [, file, line, message = ""] = NEW.exec(text) ?? [];
  if (file !== undefined) return failure(message, file, line);
  const [, start] = OPEN.exec(text) ?? [];
  return start === undefined ? undefined : failure(start, undefined, undefined);
}

/** The last line of a panic whose message has several. */
export function restOfPanic(text: string): RowFailure | undefined {
  const [, message, file, line] = REST.exec(text) ?? [];
  return message === undefined ? undefined : failure(message.trim(), file, line);
}
