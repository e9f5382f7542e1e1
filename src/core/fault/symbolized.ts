/**
 * Adds to the record of a crash what the symbols of its image say: functions and places of the addresses, where it
 * happened, and a fingerprint. Pure: it reads no source; a record of which nothing is known stays as it is.
 */
import type { FaultRecord, Frame } from "../fault.js";
import { markMachinery, ownFrames, plainName } from "./machinery.js";
import type { Symbols } from "./symbols.js";

/** The register that holds the address of the instruction, by its names on the three architectures. */
const COUNTERS: readonly string[] = ["RIP", "EIP", "PC", "ELR_EL1"];
/** The register that holds the address after the last call, where there is one. */
const LINK = "LR";

const numberOf = (hexadecimal: string): bigint | undefined =>
  /^[0-9a-f]{1,16}$/i.test(hexadecimal) ? BigInt(`0x${hexadecimal}`) : undefined;

function registerOf(
  { registers }: Pick<FaultRecord, "registers">,
  names: readonly string[],
): string | undefined {
  return registers.find(({ name }) => names.includes(name.toUpperCase()))?.value;
}

/** One frame of the guest as the frames of the program: what was inlined there comes first. */
function expand({ frame, lookUp }: Asked, symbols: Symbols): readonly Frame[] {
  const found = lookUp === undefined ? [] : symbols.frames(lookUp);
  if (found.length === 0) return [frame];
  return found.map((one, depth) => ({
    address: frame.address,
    ...(depth === found.length - 1 && frame.symbol !== undefined && { symbol: frame.symbol }),
    function: one.function,
    ...(one.file !== undefined && { file: one.file }),
    ...(one.line !== undefined && { line: one.line }),
    ...(one.column !== undefined && { column: one.column }),
    ...(one.isInlined && { isInlined: true }),
  }));
}

interface Asked {
  readonly frame: Frame;
  readonly lookUp: bigint | undefined;
}

const exactly = (frame: Frame): Asked => ({ frame, lookUp: numberOf(frame.address) });

/**
 * A caller's frame holds the address after the call, or one byte before it: guests differ. The byte before that is in
 * the call in both cases, since no call is shorter than two bytes.
 */
function asCaller(frame: Frame): Asked {
  const address = numberOf(frame.address);
  return { frame, lookUp: address === undefined || address === 0n ? undefined : address - 1n };
}

/** The frames to look up: the instruction that crashed in front, though not every guest puts it there. */
function askedOf(fault: FaultRecord, symbols: Symbols): readonly Asked[] {
  const counter = registerOf(fault, COUNTERS);
  const [first, ...callers] = fault.callTrace;
  const isThere = (address: string): boolean =>
    fault.callTrace.some((frame) => numberOf(frame.address) === numberOf(address));
  if (counter === undefined || isThere(counter))
    return first === undefined ? [] : [exactly(first), ...callers.map(asCaller)];
  const top = exactly({ address: counter });
  const link = fault.callTrace.length === 0 ? registerOf(fault, [LINK]) : undefined;
  if (link === undefined) return [top, ...fault.callTrace.map(asCaller)];
  // After a call it made itself, the link register only leads back into the same function.
  const caller = asCaller({ address: link });
  const nameAt = ({ lookUp }: Asked): string | undefined =>
    lookUp === undefined ? undefined : symbols.function(lookUp)?.name;
  return nameAt(caller) === undefined || nameAt(caller) === nameAt(top) ? [top] : [top, caller];
}

/**
 * Addresses in the code that a crash came from, innermost first; none where the guest tells none.
 * @param stackTop see FaultDescription
 */
export function codeAddresses(
  fault: Pick<FaultRecord, "registers" | "callTrace">,
  stackTop?: string,
): readonly bigint[] {
  const counter = registerOf(fault, COUNTERS);
  const link = fault.callTrace.length === 0 ? registerOf(fault, [LINK]) : undefined;
  const callers = [stackTop, link, ...fault.callTrace.map(({ address }) => address)];
  return [
    ...(counter === undefined ? [] : [exactly({ address: counter })]),
    ...callers.flatMap((address) => (address === undefined ? [] : [asCaller({ address })])),
  ].flatMap(({ lookUp }) => lookUp ?? []);
}

const FINGERPRINT_FRAMES = 3;

/**
 * The kind of a crash and the functions that it happened in: no addresses and no lines, so that it survives a build, and
 * recursion counts once.
 */
export function fingerprintOf(kind: FaultRecord["kind"], own: readonly Frame[]): string | undefined {
  const names = own.flatMap((frame) => (frame.function === undefined ? [] : [plainName(frame.function)]));
  const different = names.filter((name, at) => name !== names[at - 1]);
  return different.length === 0
    ? undefined
    : `${kind}: ${different.slice(0, FINGERPRINT_FRAMES).join(" < ")}`;
}

/** Where the fault is: as the guest says it, unless it gave only the last part of a path, or a place of the machinery. */
function whereOf({ file, line }: FaultRecord, frames: readonly Frame[]): Pick<FaultRecord, "file" | "line"> {
  const isSaid = (frame: Frame): boolean =>
    file !== undefined && frame.file !== undefined && `/${frame.file}`.endsWith(`/${file}`);
  const same = frames.filter(isSaid);
  const said = same.find((frame) => frame.line === line) ?? same[0];
  if (file !== undefined && said?.machinery !== "crash")
    return { file: said?.file ?? file, ...(line !== undefined && { line }) };
  const own = ownFrames(frames).find((frame) => frame.file !== undefined);
  if (own?.file === undefined) return {};
  return { file: own.file, ...(own.line !== undefined && { line: own.line }) };
}

const INIT = /^init function at 0x([0-9a-f]{1,16}) (.*)$/;

/** An init function is known by its address alone. */
function namedInit(fault: FaultRecord, symbols: Symbols): FaultRecord {
  const match = fault.kind === "boot-init" ? INIT.exec(fault.title) : null;
  const address = numberOf(match?.[1] ?? "");
  const frame = address === undefined ? undefined : symbols.frames(address).at(-1);
  if (frame === undefined) return fault;
  const fingerprint = fingerprintOf(fault.kind, [{ address: match?.[1] ?? "", function: frame.function }]);
  return {
    ...fault,
    title: `init function ${frame.function} at 0x${match?.[1] ?? ""} ${match?.[2] ?? ""}`,
    ...(fault.file === undefined && frame.file !== undefined && { file: frame.file }),
    ...(fault.file === undefined && frame.line !== undefined && { line: frame.line }),
    ...(fingerprint !== undefined && { fingerprint }),
  };
}

/** True when symbols could say anything of a fault; a hang, for one, has no address. */
export const hasAddress = ({ kind, registers, callTrace }: FaultRecord): boolean =>
  registers.length > 0 || callTrace.length > 0 || kind === "boot-init";

/** A guest that was stopped from outside hung somewhere, and that is what one wants to know. */
function titleOf({ kind, title }: FaultRecord, frames: readonly Frame[]): string {
  const own = ownFrames(frames).find((frame) => frame.file !== undefined && frame.line !== undefined);
  if (kind !== "time-out" || own?.function === undefined) return title;
  return `${title}: hung in ${own.function} at ${own.file ?? ""}:${String(own.line)}`;
}

/** The record with all that the symbols of its image say. */
export function symbolized(fault: FaultRecord, symbols: Symbols): FaultRecord {
  const asked = askedOf(fault, symbols);
  if (asked.length === 0) return namedInit(fault, symbols);
  const callTrace = markMachinery(asked.flatMap((one) => expand(one, symbols)));
  if (callTrace.every((frame) => frame.function === undefined)) return fault;
  const fingerprint = fingerprintOf(fault.kind, ownFrames(callTrace));
  return {
    ...fault,
    title: titleOf(fault, callTrace),
    ...whereOf(fault, callTrace),
    callTrace,
    ...(fingerprint !== undefined && { fingerprint }),
  };
}
