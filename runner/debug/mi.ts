/**
 * A gdb that is spoken to in MI: commands in, answers and events out. It knows no command; what records look like is in src/mi.
 * Source: GDB manual, "The GDB/MI Interface".
 */
import { type ChildProcess, spawn } from "node:child_process";
import { RigError } from "../../src/core/errors.js";
import { type MiRecord, type MiTuple, recordOf } from "../../src/mi/records.js";
import { quoted } from "../../src/mi/text.js";
import { textOf } from "../../src/mi/values.js";
import { shellWord } from "../../src/text/shell-word.js";
import { stage } from "../host/stages.js";
import { endedAtExit } from "../process/at-exit.js";
import { withParentDeathSignal } from "../process/parent-death-signal.js";

/** gdb does not do what it was asked for; the message is gdb's own. */
export class GdbError extends Error {
  override readonly name = "GdbError";
}

export interface Mi {
  /** Runs a command of MI, from its dash on. Rejects with GdbError where gdb reports an error, and with RigError where it is gone. */
  readonly run: (command: string) => Promise<MiTuple>;
  /**
   * Runs a command of gdb's console.
   * @param frame options of MI that select a frame, or nothing
   * @returns what it has printed
   */
  readonly console: (command: string, frame?: string) => Promise<string>;
  /** Its exit code, 1 where a signal ended it. */
  readonly end: Promise<number>;
  /** Ends it, and resolves when it is gone. */
  readonly stop: () => Promise<void>;
}

/** One that does not end when it is asked to is killed after so long: it may wait for a target that is gone. */
const END_MS = 2000;

/** Hears of what is no answer: events, texts of the console and of the target. */
export type Hear = (record: MiRecord) => void;

interface Asked {
  readonly token: number;
  /** Collects what is printed until the answer; absent: it is for `Hear`. */
  readonly printed?: string[];
  readonly done: (values: MiTuple) => void;
  readonly failed: (error: Error) => void;
}

/** Debuggers that run: none outlives this process. */
const running = endedAtExit<ChildProcess>((child) => {
  child.kill("SIGKILL");
});

/** Calls back with each whole line of a stream. */
function lines(take: (line: string) => void): (chunk: string) => void {
  let rest = "";
  return (chunk) => {
    const all = (rest + chunk).split("\n");
    rest = String(all.pop());
    for (const line of all) take(line.replace(/\r$/, ""));
  };
}

/** What is asked and not answered yet, in its order: gdb does one after the other. */
function conversation(hear: Hear) {
  const asked: Asked[] = [];
  let token = 0;
  const answered = (record: Extract<MiRecord, { kind: "result" }>): void => {
    const at = asked.findIndex((one) => one.token === record.token);
    const [one] = at < 0 ? [] : asked.splice(at, 1);
    if (record.name !== "error") return one?.done(record.values);
    one?.failed(new GdbError(textOf(record.values, "msg") ?? "gdb refused it"));
  };
  return {
    ask: (one: Omit<Asked, "token">): number => {
      token += 1;
      asked.push({ ...one, token });
      return token;
    },
    take: (line: string): void => {
      const record = recordOf(line);
      const printed = asked[0]?.printed;
      if (record.kind === "result") answered(record);
      else if (printed !== undefined && "text" in record) {
        // The log repeats the command, and after that says what gdb complains of; an error has that in its answer, too.
        if (record.kind !== "log") printed.push(record.text);
      } else hear(record);
    },
    end: (why: Error): void => {
      for (const one of asked.splice(0)) one.failed(why);
    },
  };
}

/**
 * Starts a gdb that speaks MI.
 * @param args for gdb, after those that make it speak MI
 */
export function startMi(program: string, args: readonly string[], hear: Hear): Mi {
  const [first, words] = withParentDeathSignal("TERM", program, ["-q", "-i=mi3", ...args]);
  stage(() => [first, ...words].map(shellWord).join(" "));
  const child = spawn(first, words, { stdio: ["pipe", "pipe", "pipe"] });
  running.add(child);
  const talk = conversation(hear);
  child.stdin.on("error", () => undefined);
  child.stdout.setEncoding("utf8").on("data", lines(talk.take));
  child.stderr.setEncoding("utf8").on(
    "data",
    lines((text) => {
      hear({ kind: "other", text });
    }),
  );
  let isOver = false;
  const over = (): void => {
    isOver = true;
    running.delete(child);
    talk.end(new RigError("gdb has ended"));
  };
  const end = new Promise<number>((resolve, reject) => {
    child.on("error", (error) => {
      over();
      reject(new RigError(`${program} could not be started: ${error.message}`));
    });
    child.on("close", (code) => {
      over();
      resolve(code ?? 1);
    });
  });
  end.catch(() => undefined);
  const send = (command: string, printed?: string[]): Promise<MiTuple> =>
    new Promise((done, failed) => {
      if (isOver) return failed(new RigError("gdb has ended"));
      const token = talk.ask({ done, failed, ...(printed !== undefined && { printed }) });
      child.stdin.write(`${String(token)}${command}\n`);
    });
  return {
    run: (command) => send(command),
    console: async (command, frame = "") => {
      const printed: string[] = [];
      await send(`-interpreter-exec${frame === "" ? "" : ` ${frame}`} console ${quoted(command)}`, printed);
      return printed.join("");
    },
    end,
    stop: async () => {
      if (isOver) return;
      const timer = setTimeout(() => child.kill("SIGKILL"), END_MS);
      child.kill("SIGTERM");
      await end.catch(() => undefined);
      clearTimeout(timer);
    },
  };
}
