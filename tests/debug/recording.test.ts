/** Recordings of guests that are played: when one is repeated, what is said of its end, and what cannot be recorded. No emulator runs. */
import test, { type ExecutionContext } from "ava";
import { type Boot, HALTED, type Machine } from "../../runner/machine.js";
import { sessionFolder } from "../../runner/debug/listening.js";
import type { MachineEnd } from "../../src/core/fault.js";
import { MOST_RECORDINGS, record } from "../../src/debug/recording.js";
import type { GuestOptions, Target } from "../../src/debug/target.js";
import { NO_EXTENSIONS } from "../../src/run/extensions.js";
import { scratch } from "../cli/run.js";

const info = (text: string): string => `[    0.000100] Info: ${text}\r\n`;
const BEGUN = [
  "[libuktest] uktest:plan build=ae suites=1 cases=1",
  "[libuktest] uktest:begin s",
  "test: s->c",
];
const resultOf = (word: string, failed: number): readonly string[] => [
  `\t${"expected `one` to be 1 and was 1 ".padEnd(81, ".")} [ ${word} ]`,
  `[libuktest] uktest:case s->c ${failed === 0 ? "passed" : "failed"} assertions=1 failed=${String(failed)} time=9`,
  `[libuktest] uktest:done s cases=1 failed=${String(failed)}`,
  `[libuktest] uktest:end cases=1 failed=${String(failed)} skipped=0`,
];
const RED = [...BEGUN, ...resultOf("FAILED", 1)];
const GREEN = [...BEGUN, ...resultOf("PASSED", 0)];

interface Played {
  readonly lines: readonly string[];
  readonly end: MachineEnd;
  readonly instructions?: number;
}

const HALT: MachineEnd = { kind: "ended", how: "unknown", detail: HALTED, cause: "halt" };

function bootOf({ lines, end, instructions }: Played): Boot {
  async function* output(): AsyncGenerator<Uint8Array> {
    yield await Promise.resolve(Buffer.from(lines.map(info).join("")));
  }
  return {
    output: output(),
    end: Promise.resolve(end),
    stop: () => undefined,
    inspect: () => Promise.resolve({ registers: [], read: () => Promise.resolve(undefined) }),
    waitedMs: () => 0,
    release: () => undefined,
    recorded: Promise.resolve(instructions),
  };
}

/** Records what is played, one boot after the other. @returns the recording, and what was said */
async function recorded(t: ExecutionContext, boots: readonly Played[], isAnyGood = false) {
  const { path, put } = scratch(t);
  const left = [...boots];
  const machine: Machine = {
    ...{ name: "played", summary: "", architecture: "i386", bootsAny: true },
    lack: () => undefined,
    boot: () => bootOf(left.shift() ?? { lines: [], end: HALT }),
  };
  const image = { path: put("image", ""), architecture: "i386", isKit: true, words: [] } as const;
  const plan = {
    image: "image",
    architecture: "i386",
    suites: [{ name: "s", cases: [{ name: "c", sites: [] }] }],
    orphans: [],
  };
  const task = { name: "image", image, files: { image: image.path }, whole: plan, plan };
  const choice = { machine, kvm: false };
  const project = { root: path, folder: path, choice, tasks: [task], limits: {}, extensions: NO_EXTENSIONS };
  const said: string[] = [];
  const options: GuestOptions = {
    tool: { name: "uktest", version: "0" },
    stop: new AbortController().signal,
    say: (line) => said.push(line),
  };
  const folder = sessionFolder();
  try {
    const target = { project, task, machine, stub: "machine", without: [] } as unknown as Target;
    return { ...(await record(target, options, folder, isAnyGood)), said, left: left.length };
  } finally {
    folder.remove();
  }
}

test("a guest that halts after its last line has ended as it should, and one that halts before has not", async (t) => {
  const normal = await recorded(t, [{ lines: RED, end: HALT, instructions: 7 }]);
  t.is(normal.instructions, 7);
  t.is(normal.why, undefined);
  t.true(normal.account.isRed());
  const halted = await recorded(t, [{ lines: BEGUN, end: HALT, instructions: 7 }]);
  t.is(halted.why, HALTED);
  const late: MachineEnd = { kind: "timed-out", detail: "stopped after 1 s, the limit of a boot," };
  const slow = await recorded(t, [{ lines: BEGUN, end: late, instructions: 7 }]);
  t.is(slow.why, "stopped after 1 s, the limit of a boot");
});

test("a green recording is repeated until one is red, and a few times at the most", async (t) => {
  const green = { lines: GREEN, end: HALT, instructions: 7 };
  const red = { lines: RED, end: HALT, instructions: 9 };
  const second = await recorded(t, [green, red, green]);
  t.is(second.instructions, 9);
  t.is(second.said.length, 1);
  t.is(second.left, 1);
  const never = await recorded(
    t,
    Array.from({ length: 9 }, () => green),
  );
  t.false(never.account.isRed());
  t.is(9 - never.left, MOST_RECORDINGS);
  const any = await recorded(t, [green, red], true);
  t.is(any.left, 1, "there is something else to stop at");
  t.deepEqual(any.said, []);
});

test("a boot that leaves no recording is an error", async (t) => {
  await t.throwsAsync(recorded(t, [{ lines: RED, end: HALT }]), { message: "played recorded nothing" });
});
