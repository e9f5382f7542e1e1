/**
 * A gdb that is played: it agrees to everything, or answers as a test wants it to, and keeps the commands that it has got. No
 * program runs.
 */
import { GdbError, type Mi } from "../../runner/debug/mi.js";
import { type Live, newLive } from "../../src/dap/live.js";
import type { CaseFunction } from "../../src/debug/stops.js";
import type { MiTuple } from "../../src/mi/records.js";

export const CASE: CaseFunction = {
  name: "s.c",
  symbol: "_uk_testsuite_s_case_c",
  start: 0x1000,
  end: 0x1100,
};

/** What it answers to a command that begins so, a text: that it refuses it. The first that fits counts. */
export type Answers = readonly (readonly [begins: string, answer: MiTuple | Error | string])[];

export interface Played {
  readonly live: Live;
  /** All commands so far, those of its console as they were typed. */
  readonly commands: string[];
  /** All events for the editor. */
  readonly said: (readonly [event: string, body: unknown])[];
  /** All texts for the editor. */
  readonly printed: string[];
}

export interface Playing {
  readonly answers?: Answers;
  readonly what?: Live["what"];
  readonly lineOffset?: number;
  /** What a `monitor` command is answered with. */
  readonly console?: string;
  readonly over?: () => void;
}

export function played(playing: Playing = {}): Played {
  const {
    answers = [],
    what = "guest",
    lineOffset = 0,
    console: text = "",
    over = () => undefined,
  } = playing;
  const commands: string[] = [];
  const said: (readonly [event: string, body: unknown])[] = [];
  const printed: string[] = [];
  let number = 0;
  const run = (command: string): Promise<MiTuple> => {
    commands.push(command);
    const answer = answers.find(([begins]) => command.startsWith(begins))?.[1];
    if (typeof answer === "string") return Promise.reject(new GdbError(answer));
    if (answer instanceof Error) return Promise.reject(answer);
    if (answer !== undefined) return Promise.resolve(answer);
    if (!command.startsWith("-break-insert")) return Promise.resolve({});
    number += 1;
    return Promise.resolve({ bkpt: { number: String(number), line: "1" } });
  };
  const mi: Mi = {
    run,
    console: (command) => {
      commands.push(command);
      return Promise.resolve(text);
    },
    end: new Promise(() => undefined),
    stop: () => Promise.resolve(),
  };
  const client = {
    send: (event: string, body?: object) => void said.push([event, body]),
    print: (_: string, shown: string) => void printed.push(shown),
    lineOffset: () => lineOffset,
  };
  return { live: newLive({ mi, client, cases: [CASE], what, over }), commands, said, printed };
}
