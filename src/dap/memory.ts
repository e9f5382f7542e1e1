/** Memory and instructions of the guest as an editor asks for them: by a reference to an address, and counts. */
import type { DebugProtocol } from "@vscode/debugprotocol";
import { GdbError } from "../../runner/debug/mi.js";
import { quoted } from "../mi/text.js";
import { numberOf, textOf, tupleAt, tuplesOf, wordOf } from "../mi/values.js";
import type { Live } from "./live.js";

/** What is asked for at once. */
const MOST_BYTES = 1 << 20;

export async function readMemory(
  live: Live,
  { memoryReference, offset = 0, count }: DebugProtocol.ReadMemoryArguments,
): Promise<DebugProtocol.ReadMemoryResponse["body"]> {
  const start = BigInt(memoryReference) + BigInt(offset);
  const address = `0x${BigInt.asUintN(64, start).toString(16)}`;
  const bytes = Math.min(count, MOST_BYTES);
  if (bytes <= 0) return { address, data: "" };
  try {
    const answer = await live.mi.run(`-data-read-memory-bytes ${address} ${String(bytes)}`);
    // gdb leaves out what cannot be read: that may be the first bytes, or some in the middle.
    const data = Buffer.from(wordOf(tupleAt(answer, "memory", 0), "contents"), "hex");
    const missing = numberOf(tupleAt(answer, "memory", 0), "offset") ?? 0;
    if (missing > 0) return { address, unreadableBytes: missing };
    const next = numberOf(tupleAt(answer, "memory", 1), "offset") ?? bytes;
    const gap = next - data.length;
    return { address, data: data.toString("base64"), ...(gap > 0 && { unreadableBytes: gap }) };
  } catch (error) {
    if (!(error instanceof GdbError)) throw error;
    return { address, unreadableBytes: bytes };
  }
}

export async function writeMemory(
  live: Live,
  { memoryReference, offset = 0, data }: DebugProtocol.WriteMemoryArguments,
): Promise<DebugProtocol.WriteMemoryResponse["body"]> {
  const bytes = Buffer.from(data, "base64");
  const words = quoted(`${memoryReference} + ${String(offset)}`);
  if (bytes.length > 0) await live.mi.run(`-data-write-memory-bytes ${words} ${bytes.toString("hex")}`);
  return { bytesWritten: bytes.length };
}

type Instruction = DebugProtocol.DisassembledInstruction;

/** Longest instruction of any processor here, in bytes. */
const LONGEST_BYTES = 15;

/** The instructions of a stretch of memory, or of the function at an address. */
async function instructions({ mi }: Live, words: string): Promise<readonly Instruction[]> {
  const answer = await mi.run(`-data-disassemble ${words} -- 2`);
  return tuplesOf(answer, "asm_insns").map((one) => {
    const name = textOf(one, "func-name");
    return {
      address: wordOf(one, "address"),
      instruction: wordOf(one, "inst"),
      instructionBytes: wordOf(one, "opcodes"),
      ...(name !== undefined && { symbol: `${name}+${wordOf(one, "offset")}` }),
    };
  });
}

/** Address of the instruction in front of another one of its function: the call, where that is what a call returns to. */
export async function callBefore(live: Live, address: string): Promise<string> {
  // What a call that never returns is followed by may be another function.
  const inside = `0x${(BigInt(address) - 1n).toString(16)}`;
  const before = (await instructions(live, `-a ${inside}`)).filter(
    (one) => BigInt(one.address) < BigInt(address),
  );
  return before.at(-1)?.address ?? inside;
}

/** In place of an instruction that cannot be known: the bytes before a function may mean anything. */
const unknown = (address: bigint): Instruction => ({
  address: `0x${(address < 0n ? 0n : address).toString(16)}`,
  instruction: "?",
  presentationHint: "invalid",
});

/** As many instructions as were asked for; those in front of an address are known within its function. */
export async function disassemble(
  live: Live,
  args: DebugProtocol.DisassembleArguments,
): Promise<DebugProtocol.DisassembleResponse["body"]> {
  const { memoryReference, offset = 0, instructionOffset = 0, instructionCount } = args;
  const from = BigInt(memoryReference) + BigInt(offset);
  const at = `0x${from.toString(16)}`;
  const wanted = Math.max(instructionOffset + instructionCount, 1);
  const end = `0x${(from + BigInt(wanted * LONGEST_BYTES)).toString(16)}`;
  const none = (): readonly Instruction[] => [];
  const after = await instructions(live, `-s ${at} -e ${end}`).catch(none);
  const own = instructionOffset < 0 ? await instructions(live, `-a ${at}`).catch(none) : [];
  const before = own.filter(({ address }) => BigInt(address) < from);
  const all = Array.from({ length: instructionCount }, (_, index) => {
    const place = instructionOffset + index;
    const known = place < 0 ? before.at(place) : after[place];
    // Of a negative place `at` counts from the end, and there may be fewer.
    return known !== undefined && (place >= 0 || -place <= before.length)
      ? known
      : unknown(from + BigInt(place));
  });
  return { instructions: all };
}
