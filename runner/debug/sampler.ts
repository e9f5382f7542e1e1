/**
 * Stops a guest under its machine's stub so many times a second, notes its stack, and lets it run on. The chain of frames is
 * walked by frame pointers, as the kit and Unikraft keep them. It knows no names and no tests.
 * Sources: uniprof (sysml), which does so from Xen's dom0; GDB manual, "Remote Protocol", "Packets" (`g`, `m`, `c`, `D`) and
 * "Interrupts"; AAPCS64, "The Frame Pointer"; System V ABI, "The Stack Frame".
 */
import { setTimeout as sleep } from "node:timers/promises";
import { hexOf } from "../../src/rsp/packets.js";
import { stopwatch } from "../host/clock.js";
import type { Architecture, Connection } from "../machine.js";
import { wordAt } from "../qemu/stack.js";
import { type Asking, openAsking } from "./asking.js";
import { directCalls } from "./direct-calls.js";
import { Over, read, REGISTERS, say, standingAt } from "./stops.js";

export interface Sampling {
  readonly architecture: Architecture;
  /** Samples a second. */
  readonly hz: number;
  /** Samples after which the guest runs on alone; absent: until it ends. */
  readonly most?: number;
  /** Where the function of an address begins; undefined for an address that is no code. */
  readonly entryOf: (address: number) => number | undefined;
}

/** What has been sampled; it grows while the guest runs. */
export interface Samples {
  /** How often each stack was seen, by its addresses: hexadecimal, innermost first, with commas between them. */
  readonly stacks: Map<string, number>;
  taken: number;
  /** Moments that had passed before the sample in front of them was taken. */
  missed: number;
  /** Milliseconds for which the guest stood for it, of all that it was sampled for. */
  stoodMs: number;
  totalMs: number;
}

export interface Sampler {
  readonly samples: Samples;
  /** Over once no further sample is taken; never rejects. */
  readonly over: Promise<void>;
  /** Takes no further sample. Over when the stub is not asked anything more; a guest that stands for a sample stays so. */
  readonly end: () => Promise<void>;
}

/** Frames of a stack: memory of a guest may hold a chain without an end. */
const MOST_FRAMES = 128;

/** Bytes of the stack that are asked for at once: a question takes longer than its bytes do. */
const WINDOW_BYTES = 512;

/** A guest gets at least so long between two samples, in milliseconds. */
const LEAST_MS = 1;

/** Lets a guest that stands at its first instruction run, and samples it. */
export function sampleStacks(stub: Connection, sampling: Sampling): Sampler {
  const samples: Samples = { stacks: new Map(), taken: 0, missed: 0, stoodMs: 0, totalMs: 0 };
  const asking = openAsking(stub, () => undefined);
  const leaving = new AbortController();
  const gone = new Promise<void>((resolve) => {
    stub.on("close", resolve);
    stub.on("end", resolve);
  });
  const done = sampleAll(asking, sampling, samples, leaving.signal).catch((error: unknown) => {
    if (!(error instanceof Over)) throw error;
  });
  const over = Promise.race([done, gone]);
  // A stub that is gone answers nothing: what waits for it ends here.
  void gone.then(() => {
    leaving.abort();
  });
  return {
    samples,
    over,
    end: () => {
      leaving.abort();
      return over;
    },
  };
}

async function sampleAll(
  asking: Asking,
  sampling: Sampling,
  samples: Samples,
  leaving: AbortSignal,
): Promise<void> {
  const { hz, most = Infinity } = sampling;
  const period = 1000 / hz;
  await say(asking, "?");
  const callerOf = directCalls(
    (address, bytes) => read(asking, { address, bytes }),
    (address) => sampling.entryOf(address) !== undefined,
  );
  const elapsed = stopwatch();
  let due = period;
  while (samples.taken < most) {
    if (leaving.aborted) throw new Over();
    await runFor(asking, Math.max(due - elapsed(), LEAST_MS), leaving);
    const stopped = elapsed();
    const stack = await stackNow(asking, sampling, callerOf);
    const key = stack.map((address) => address.toString(16)).join();
    samples.stacks.set(key, (samples.stacks.get(key) ?? 0) + 1);
    samples.taken += 1;
    const now = elapsed();
    samples.stoodMs += now - stopped;
    samples.totalMs = now;
    const late = Math.max(Math.ceil((now - due) / period) - 1, 0);
    samples.missed += late;
    due += (late + 1) * period;
  }
  await say(asking, "D");
}

/** Lets the guest run for so long, and stops it. @throws Over where it stops by itself, or nothing more is wanted */
async function runFor(asking: Asking, ms: number, leaving: AbortSignal): Promise<void> {
  const stop = say(asking, "c");
  const timer = new AbortController();
  const cancel = (): void => {
    timer.abort();
  };
  leaving.addEventListener("abort", cancel);
  try {
    const first = await Promise.race([
      stop.then(() => "stopped" as const),
      sleep(ms, "due" as const, { signal: timer.signal }).catch(() => "leaving" as const),
    ]);
    // Who has stopped it wants it to stand, or it has ended.
    if (first !== "due" || leaving.aborted) throw new Over();
  } finally {
    leaving.removeEventListener("abort", cancel);
    timer.abort();
  }
  asking.interrupt();
  const reply = await stop;
  if (!reply.startsWith("T02")) throw new Over();
}

/** The addresses of the stack of a guest that stands, innermost first; those of callers are the ones after their calls. */
async function stackNow(
  asking: Asking,
  { architecture, entryOf }: Sampling,
  callerOf: ReturnType<typeof directCalls>,
): Promise<readonly number[]> {
  const places = REGISTERS[architecture];
  const { at: pc, registers } = await standingAt(asking, places);
  const word = (at: number): number => wordAt(registers, at, places.bytes);
  // What firmware has in its registers is no chain of frames.
  const entry = entryOf(pc);
  if (entry === undefined) return [pc];
  const memory = windowed(asking);
  const callers = await callersFrom(memory, word(places.frame), places.bytes, entryOf);
  const direct =
    places.link === undefined
      ? ((await pushedAt(memory, pc, word(places.sp), places.bytes, entryOf)) ??
        (await callerOf(
          {
            ...{ entry, sp: word(places.sp), frame: word(places.frame) },
            ...{ bytes: places.bytes, caller: callers[0] },
          },
          memory,
        )))
      : linked(pc, word(places.link), entryOf);
  const isMissing = direct !== undefined && entryOf(direct - 1) !== undefined && direct !== callers[0];
  return isMissing ? [pc, direct, ...callers] : [pc, ...callers];
}

/**
 * Where a function of a PC has no frame yet, or no longer, the address after its call is on top of the stack: at its first
 * instruction and at its return; one word below that after its push. Source: Intel SDM, volume 2, PUSH, MOV, RET.
 */
async function pushedAt(
  memory: Memory,
  pc: number,
  sp: number,
  bytes: 4 | 8,
  entryOf: Sampling["entryOf"],
): Promise<number | undefined> {
  const code = hexOf((await memory(pc, CODE_BYTES)) ?? new Uint8Array());
  const isPushed = code.startsWith(bytes === 8 ? "4889e5" : "89e5");
  if (entryOf(pc) !== pc && !isPushed && !/^(?:55(?:48)?89e5|(?:f3)?c[23])/.test(code)) return undefined;
  const at = sp + (isPushed ? bytes : 0);
  const top = await memory(at, bytes);
  return top === undefined ? undefined : wordAt(top, 0, bytes);
}

/** `push %rbp; mov %rsp,%rbp`, which may stand after an endbr64, and what is shorter. */
const CODE_BYTES = 4;

/**
 * A leaf of arm64 has no frame, unless it was built with -mno-omit-leaf-frame-pointer: its caller is in the link register.
 * After a call of its own a function has an address of itself there.
 */
function linked(pc: number, link: number, entryOf: Sampling["entryOf"]): number | undefined {
  const entry = entryOf(pc);
  return entry !== pc && entry === entryOf(link - 1) ? undefined : link;
}

/** Bytes of the guest; undefined where nothing is mapped. */
type Memory = (address: number, bytes: number) => Promise<Uint8Array | undefined>;

/** Memory of a guest that stands, of which the last piece that was read is kept. */
function windowed(asking: Asking): Memory {
  let kept: { readonly from: number; readonly bytes: Uint8Array } | undefined;
  const readAt: Memory = (address, bytes) => read(asking, { address, bytes });
  return async (address, length) => {
    // Code is asked for once, and alone.
    if (length === CODE_BYTES) return readAt(address, length);
    const at = kept === undefined ? -1 : address - kept.from;
    if (kept !== undefined && at >= 0 && at + length <= kept.bytes.length)
      return kept.bytes.subarray(at, at + length);
    const many = await readAt(address, WINDOW_BYTES);
    if (many === undefined) return readAt(address, length);
    kept = { from: address, bytes: many };
    return many.subarray(0, length);
  };
}

/** Follows the chain of frames; memory may hold anything. */
async function callersFrom(
  memory: Memory,
  frame: number,
  bytes: 4 | 8,
  entryOf: Sampling["entryOf"],
): Promise<number[]> {
  const callers: number[] = [];
  let at = frame;
  while (callers.length < MOST_FRAMES && Number.isSafeInteger(at) && at > 0) {
    const pair = await memory(at, 2 * bytes);
    if (pair === undefined) break;
    const [outer, back] = [wordAt(pair, 0, bytes), wordAt(pair, bytes, bytes)];
    if (entryOf(back - 1) === undefined) break;
    callers.push(back);
    // Frames lie further and further up; anything else is no chain.
    if (outer <= at) break;
    at = outer;
  }
  return callers;
}
