/** Memory and instructions as an editor asks for them, with a gdb that is played. */
import test from "ava";
import { RigError } from "../../src/core/errors.js";
import { callBefore, disassemble, readMemory, writeMemory } from "../../src/dap/memory.js";
import type { MiTuple } from "../../src/mi/records.js";
import { type Answers, played } from "./played.js";

const READ = "-data-read-memory-bytes";
const piece = (offset: string, contents: string): MiTuple => ({ begin: "0x1000", offset, contents });
const read = (answers: Answers, words: object) =>
  readMemory(played({ answers }).live, { memoryReference: "0x1000", count: 4, ...words });
const base64 = (hex: string): string => Buffer.from(hex, "hex").toString("base64");

test("memory is read from a reference and an offset on, and never too much of it", async (t) => {
  const { live, commands } = played({ answers: [[READ, { memory: [piece("0x0", "01020304")] }]] });
  const order = { memoryReference: "0x1000", offset: -16, count: 4 };
  t.deepEqual(await readMemory(live, order), { address: "0xff0", data: base64("01020304") });
  await readMemory(live, { ...order, count: 1 << 30 });
  t.deepEqual(commands, [`${READ} 0xff0 4`, `${READ} 0xff0 1048576`]);
  t.deepEqual(await readMemory(live, { ...order, count: 0 }), { address: "0xff0", data: "" });
  t.is(commands.length, 2, "nothing is not asked for");
  const below = await readMemory(live, { memoryReference: "0", offset: -1, count: 1 });
  t.is(below?.address, "0xffffffffffffffff");
});

test("what cannot be read is counted from where it begins", async (t) => {
  const address = "0x1000";
  t.deepEqual(await read([[READ, "Unable to read memory."]], {}), { address, unreadableBytes: 4 });
  t.deepEqual(await read([[READ, { memory: [piece("0x0", "0102")] }]], {}), {
    ...{ address, data: base64("0102"), unreadableBytes: 2 },
  });
  const hole = [piece("0x0", "01"), piece("0x3", "04")];
  t.deepEqual(
    await read([[READ, { memory: hole }]], {}),
    { address, data: base64("01"), unreadableBytes: 2 },
    "what is behind a hole can be asked for again",
  );
  const late = await read([[READ, { memory: [piece("0x3", "04")] }]], {});
  t.deepEqual(late, { address, unreadableBytes: 3 }, "bytes are never shown at another address");
  await t.throwsAsync(read([[READ, new RigError("gdb has ended")]], {}), { message: "gdb has ended" });
});

test("memory is written, and nothing is no command", async (t) => {
  const { live, commands } = played();
  const order = { memoryReference: "0x1000", data: base64("00ff") };
  t.deepEqual(await writeMemory(live, order), { bytesWritten: 2 });
  t.deepEqual(await writeMemory(live, { ...order, offset: 8, data: "" }), { bytesWritten: 0 });
  await writeMemory(live, { ...order, offset: 8 });
  t.deepEqual(commands, [
    '-data-write-memory-bytes "0x1000 + 0" 00ff',
    '-data-write-memory-bytes "0x1000 + 8" 00ff',
  ]);
  const refused = played({ answers: [["-data-write", "Could not write memory"]] });
  await t.throwsAsync(writeMemory(refused.live, order), { message: "Could not write memory" });
});

/** A function of four instructions from 0x1000 on, two bytes each; what follows it has no name. */
const INSTRUCTIONS = [0, 1, 2, 3].map((at) => ({
  ...{ address: `0x${(0x1000 + 2 * at).toString(16)}`, inst: `i${String(at)}`, opcodes: "90 90" },
  ...{ "func-name": "f", offset: String(2 * at) },
}));
const NAMELESS = { address: "0x1008", inst: "after", opcodes: "90" };
const DISASSEMBLE: Answers = [
  ["-data-disassemble -a", { asm_insns: INSTRUCTIONS }],
  ["-data-disassemble -s 0x1004", { asm_insns: [...INSTRUCTIONS.slice(2), NAMELESS] }],
  ["-data-disassemble -s 0x1006", { asm_insns: [...INSTRUCTIONS.slice(3), NAMELESS] }],
  ["-data-disassemble", "Cannot access memory at address 0x0"],
];

async function around(words: object): Promise<readonly string[]> {
  const { live } = played({ answers: DISASSEMBLE });
  const order = { memoryReference: "0x1004", instructionCount: 3, ...words };
  const { instructions } = (await disassemble(live, order)) ?? { instructions: [] };
  return instructions.map(({ instruction, symbol = "" }) => `${instruction} ${symbol}`.trim());
}

test("instructions around an address: as many as were asked for, and what is not known is none", async (t) => {
  t.deepEqual(await around({}), ["i2 f+4", "i3 f+6", "after"]);
  t.deepEqual(await around({ offset: 2 }), ["i3 f+6", "after", "?"]);
  t.deepEqual(await around({ instructionOffset: 1 }), ["i3 f+6", "after", "?"]);
  t.deepEqual(await around({ instructionOffset: -1 }), ["i1 f+2", "i2 f+4", "i3 f+6"]);
  t.deepEqual(await around({ instructionOffset: -4 }), ["?", "?", "i0 f+0"], "in front of the function");
  t.deepEqual(await around({ instructionOffset: -9 }), ["?", "?", "?"]);
  t.deepEqual(await around({ memoryReference: "0x2000", instructionOffset: -1 }), [...["i3 f+6", "?", "?"]]);
});

test("an instruction that is not known has an address, which is never below zero", async (t) => {
  const { live } = played({ answers: [["-data-disassemble", "nothing there"]] });
  const order = { memoryReference: "0x1", instructionOffset: -3, instructionCount: 5 };
  const { instructions } = (await disassemble(live, order)) ?? { instructions: [] };
  t.deepEqual(
    instructions.map(({ address }) => address),
    ["0x0", "0x0", "0x0", "0x1", "0x2"],
  );
  t.true(instructions.every(({ presentationHint }) => presentationHint === "invalid"));
});

test("the call in front of the address that it returns to", async (t) => {
  const { live, commands } = played({ answers: DISASSEMBLE });
  t.is(await callBefore(live, "0x1006"), "0x1004");
  t.is(await callBefore(live, "0x1008"), "0x1006", "one that never returns is the last of its function");
  t.deepEqual(commands, ["-data-disassemble -a 0x1005 -- 2", "-data-disassemble -a 0x1007 -- 2"]);
  const none = played({ answers: [["-data-disassemble", { asm_insns: [] }]] });
  t.is(await callBefore(none.live, "0x1006"), "0x1005");
});
