/**
 * Follows calls of functions that a guest finds in a table: it is stopped where its own code reads the pointer to a function,
 * directly before the call, and where that code reads the pointer to the end of the row, which it does after each call.
 * It knows nothing of tests, and calls nothing twice.
 *
 * At a breakpoint QEMU throws away all that it has translated (`tb_flush` in `gdb_vm_state_change`, 7.2), and the guest runs
 * for some milliseconds until it is all there again; a page with one also runs instruction by instruction. A watchpoint does
 * neither.
 */
import type { MemoryRange } from "../../src/image/evidence.js";
import { watchedIn } from "../../src/rsp/packets.js";
import { wordAt } from "../qemu/stack.js";
import type { Asking } from "./asking.js";
import type { Call, Following, FunctionTable, TableRow } from "./following.js";
import { callable } from "./guest-call.js";
import { Over, type Pieces, point, read, readAll, REGISTERS, resume, say, standingAt } from "./stops.js";

/** A row on its way. */
interface Row {
  readonly functions: readonly number[];
  readonly places: TableRow;
  /** An even number: waits for the call of the function at half of it. An odd one: waits for the return from that. */
  step: number;
  /** The one that has not returned. */
  open?: Call | undefined;
}

interface Walk {
  readonly asking: Asking;
  readonly following: Following;
  readonly caller: MemoryRange;
  readonly rows: readonly Row[];
  readonly calls: Call[];
}

/**
 * Follows the calls, until something else than the caller reads the pointer to a function that is to be called.
 * @param calls grows while the guest runs
 * @returns the functions of each row that were not called until then
 * @throws Over where the guest has ended, or stops at another place
 */
export async function followTable(
  asking: Asking,
  following: Following,
  { caller, rows: places }: FunctionTable,
  calls: Call[],
): Promise<readonly (readonly number[])[]> {
  const rows = places.map((one, at): Row => ({
    functions: following.rows[at] ?? [],
    places: one,
    step: 0,
  }));
  const walk: Walk = { asking, following, caller, rows, calls };
  await Promise.all(rows.map((row) => watch(walk, "Z3", row)));
  for (;;) {
    const watched = watchedIn(await resume(asking));
    const row = watched === undefined ? undefined : rows.find((one) => watchedOf(walk, one) === watched);
    if (row === undefined) throw new Over();
    if (await moved(walk, row)) continue;
    if (rows.every(({ open }) => open === undefined)) return giveUp(walk);
    await pass(walk, row);
  }
}

/**
 * The byte that a row waits for; undefined where it is over. It is the last one of its word: QEMU reads a word that lies across
 * two as both of them, so the first byte would be read with the word before it.
 */
function watchedOf({ following }: Walk, { functions, places, step }: Row): number | undefined {
  const nth = step >> 1;
  const pointer = nth === functions.length ? undefined : step % 2 === 1 ? places.end : places.functions[nth];
  return pointer === undefined ? undefined : pointer + REGISTERS[following.architecture].bytes - 1;
}

async function watch(walk: Walk, kind: "Z3" | "z3", row: Row): Promise<void> {
  const watched = watchedOf(walk, row);
  if (watched !== undefined) await point(walk.asking, kind, watched);
}

/** Waits for what comes after, or came before. */
async function move(walk: Walk, row: Row, steps: 1 | -1): Promise<void> {
  const removed = watch(walk, "z3", row);
  row.step += steps;
  await Promise.all([removed, watch(walk, "Z3", row)]);
}

/** Over an instruction that reads what is watched: some processors stop before it is executed, and would again. */
async function pass(walk: Walk, row: Row): Promise<void> {
  await watch(walk, "z3", row);
  await say(walk.asking, "s");
  await watch(walk, "Z3", row);
}

/**
 * What a row waits for was read: all that is to be known of the moment is asked for at once.
 * @returns false, and the row waits for the same, where it was not read for a call or after one
 */
async function moved(walk: Walk, row: Row): Promise<boolean> {
  const { asking, following, caller } = walk;
  const places = REGISTERS[following.architecture];
  const nth = row.step >> 1;
  const [called, address] = [row.functions[nth], row.places.functions[nth]];
  if (called === undefined || address === undefined) throw new Over();
  const [{ at }, pointer, pieces] = await Promise.all([
    standingAt(asking, places),
    read(asking, { address, bytes: places.bytes }),
    readAll(asking, following.ranges(called)),
    move(walk, row, 1),
  ]);
  const isCaller = at >= caller.address && at < caller.address + caller.bytes;
  const isIt = pointer !== undefined && wordAt(pointer, 0, places.bytes) === called;
  // Where one instruction reads the pointer and calls, the guest stands at the first one of the function.
  if (isIt && (isCaller || (at === called && row.open === undefined))) {
    await note(walk, row, called, pieces);
    return true;
  }
  await move(walk, row, -1);
  return false;
}

async function note({ asking, following, calls }: Walk, row: Row, called: number, pieces: Pieces) {
  const { open } = row;
  if (open === undefined) {
    row.open = { function: called, before: pieces };
    calls.push(row.open);
  } else {
    open.after = pieces;
    row.open = undefined;
  }
  await following.at?.(
    { kind: open ? "after" : "before", function: called },
    callable(asking, following.architecture),
  );
}

async function giveUp(walk: Walk): Promise<readonly (readonly number[])[]> {
  await Promise.all(walk.rows.map((row) => watch(walk, "z3", row)));
  return walk.rows.map(({ functions, step }) => functions.slice(step >> 1));
}
