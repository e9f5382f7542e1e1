/**
 * A board after a serial port: it runs what is flashed on it, and its line is listened to. Nothing is known of its memory
 * and nothing of its image can be chosen; all that can be done to it is a reset, where the user says how.
 */
import { codeOf } from "../../src/core/reason.js";
import { execFile } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import { createRequire } from "node:module";
import { Duplex } from "node:stream";
import type { SerialPort } from "serialport";
import { RigError, UsageError } from "../../src/core/errors.js";
import type { MachineEnd } from "../../src/core/fault.js";
import type { Architecture, Boot, BootOptions, MissingTool, Machine } from "../machine.js";
import { Queue } from "../../src/core/queue.js";

/** The beginning of the name of every board. */
export const SERIAL = "serial:";

/** Lines of the port that a board may have its reset on. */
const PULSES = ["dtr", "rts"] as const;
const PULSE_MS = 100;
const DEFAULT_BAUD = 115_200;
const MOST_BAUD = 12_000_000;

export interface Port {
  readonly path: string;
  readonly baud: number;
  /** The line that is let go and pulled again, so that the board starts. */
  readonly pulse?: (typeof PULSES)[number];
  /** The device of its second line, which is a debugger's. */
  readonly second?: string;
}

/**
 * Reads `serial:PATH[,BAUD][,dtr|rts][,gdb=PATH]`.
 * @throws UsageError
 */
export function portOf(name: string): Port {
  const [path = "", ...words] = name.slice(SERIAL.length).split(",");
  const hint = "as in --machine serial:/dev/ttyUSB0,115200 or serial:/dev/ttyUSB0,115200,dtr";
  if (path === "") throw new UsageError("--machine serial: names no device", hint);
  let baud = DEFAULT_BAUD;
  let pulse: Port["pulse"];
  let second: string | undefined;
  for (const word of words) {
    const line = PULSES.find((one) => one === word);
    const own = /^gdb=(.+)$/.exec(word)?.[1];
    if (line !== undefined) pulse = line;
    else if (own !== undefined && (second ?? own) === own && own !== path) second = own;
    else if (own !== undefined)
      throw new UsageError(`--machine ${name}: gdb= names another device than the console's, once`, hint);
    else if (/^\d+$/.test(word) && Number(word) >= 50 && Number(word) <= MOST_BAUD) baud = Number(word);
    else
      throw new UsageError(
        `--machine ${name}: "${word}" is no baud rate, and none of dtr, rts and gdb=DEVICE`,
        hint,
      );
  }
  return { path, baud, ...(pulse !== undefined && { pulse }), ...(second !== undefined && { second }) };
}

/** The version that package.json pins. */
const PACKAGE = "serialport@13.0.0";

/** What is missing for any board here. */
export function missingForSerial(): MissingTool | undefined {
  try {
    createRequire(import.meta.url).resolve("serialport");
    return undefined;
  } catch {
    return { what: "the npm package serialport is not installed", hint: `npm install ${PACKAGE}` };
  }
}

const noSerial = (path: string): RigError =>
  new RigError(`${path} is no serial device`, "see ls -l /dev/serial/by-id for those there are");

/** Why a device cannot be opened, as far as its file tells; nothing where it looks well. */
function deviceFault(path: string): RigError | undefined {
  try {
    if (!statSync(path).isCharacterDevice()) return noSerial(path);
    accessSync(path, constants.R_OK | constants.W_OK);
    return undefined;
  } catch (error) {
    if (codeOf(error) === "EACCES")
      return new RigError(
        `${path} may not be used by this user`,
        "sudo usermod -aG dialout $USER, and log in again",
      );
    return new RigError(`there is no device ${path}`, "is it plugged in? see ls -l /dev/serial/by-id");
  }
}

/** What the driver says, in words that help. */
function openFault({ path, baud }: Port, error: Error): RigError {
  if (/lock|busy|temporarily unavailable/i.test(error.message))
    return new RigError(`${path} is in use`, `fuser ${path} says by whom: a terminal program may be open`);
  if (/inappropriate ioctl/i.test(error.message)) return noSerial(path);
  if (/baud|rate/i.test(error.message))
    return new RigError(`${path} cannot do ${String(baud)} baud`, "take the rate that the board speaks");
  return new RigError(`${path} cannot be opened: ${error.message}`);
}

export interface BoardSettings {
  /** What the board is known to be, for the words of reports. */
  readonly architecture: Architecture;
  /** A command that makes the board start again, run once the line is listened to. */
  readonly reset?: readonly string[];
  /** Where that command runs. */
  readonly root: string;
}

function runReset([program = "", ...args]: readonly string[], root: string): Promise<void> {
  return new Promise((resolve, reject) => {
    execFile(program, args, { cwd: root }, (error, _stdout, stderr) => {
      if (error === null) return resolve();
      const words = stderr.trim().split("\n")[0] ?? "";
      const what = words === "" ? error.message.split("\n")[0] : words;
      reject(
        new RigError(
          `the reset command ${program} failed: ${what ?? ""}`,
          "see serial.reset in the configuration",
        ),
      );
    });
  });
}

const pulse = async (port: SerialPort, line: "dtr" | "rts"): Promise<void> => {
  for (const level of [false, true]) {
    await new Promise<void>((resolve, reject) => {
      port.set({ [line]: level }, (error) => {
        if (error instanceof Error) reject(new RigError(`${line} cannot be set: ${error.message}`));
        else resolve();
      });
    });
    if (!level) await new Promise((resolve) => setTimeout(resolve, PULSE_MS));
  }
};

/** Opens the port; whoever listens gets what comes from then on. */
async function opened(wanted: Port, hear: (port: SerialPort) => void): Promise<SerialPort> {
  const fault = deviceFault(wanted.path);
  if (fault !== undefined) throw fault;
  const { SerialPort: Port } = await import("serialport");
  return new Promise((resolve, reject) => {
    const port = new Port({ path: wanted.path, baudRate: wanted.baud, autoOpen: false });
    hear(port);
    port.open((error) => {
      if (error instanceof Error) reject(openFault(wanted, error));
      else resolve(port);
    });
  });
}

/** The second line of a board, from the moment that its device is open; what is written before waits. */
function secondLine(wanted: Port, fail: (error: Error) => void): Duplex {
  let port: SerialPort | undefined;
  const ready = opened(wanted, (line) => {
    line.on("data", (bytes: Buffer) => stub.push(bytes));
    line.on("close", () => stub.push(null));
  });
  const stub = new Duplex({
    read: () => undefined,
    write: (chunk: Uint8Array, _encoding, done) => {
      ready.then((line) => line.write(Buffer.from(chunk), done), done);
    },
    destroy: (error, done) => {
      if (port?.isOpen === true) port.close(() => undefined);
      done(error);
    },
  });
  // What is wrong with the device is reported by `fail`.
  stub.on("error", () => undefined);
  ready.then((line) => {
    port = line;
    if (stub.destroyed) line.close(() => undefined);
  }, fail);
  return stub;
}

/** The end of a boot, settled from outside. */
function settledEnd() {
  let resolve: (end: MachineEnd) => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const end = new Promise<MachineEnd>((...settlers) => ([resolve, reject] = settlers));
  end.catch(() => undefined);
  return { end, settle: { resolve, reject } };
}

/** Nobody sees into a board. */
const UNSEEN: Pick<Boot, "inspect" | "waitedMs"> = {
  inspect: () => Promise.resolve({ registers: [], read: () => Promise.resolve(undefined) }),
  waitedMs: () => 0,
};

function listen(
  wanted: Port,
  { reset, root }: BoardSettings,
  { takesInput, secondLine: isDebugged }: BootOptions,
): Boot {
  const output = new Queue<Uint8Array>();
  let port: SerialPort | undefined;
  let isStopped = false;
  const { end, settle } = settledEnd();
  const fail = (error: Error): void => {
    settle.reject(error);
    second?.destroy();
    output.close();
    if (port?.isOpen === true) port.close(() => undefined);
  };
  const stop = (): void => {
    if (isStopped) return;
    isStopped = true;
    second?.destroy();
    const over = (): void => {
      settle.resolve({ kind: "ended", how: "unknown", detail: "stopped" });
      output.close();
    };
    if (port?.isOpen === true) port.close(over);
    else over();
  };
  const { second: path } = wanted;
  const second =
    isDebugged === true && path !== undefined ? secondLine({ ...wanted, path }, fail) : undefined;
  const hear = (line: SerialPort): void => {
    line.on("data", (bytes: Buffer) => {
      output.push(bytes);
    });
    const gone = (): void => {
      if (!isStopped) fail(new RigError(`${wanted.path} is gone`, "was the board unplugged?"));
    };
    line.on("close", gone);
    line.on("error", gone);
  };
  opened(wanted, hear)
    .then(async (line) => {
      port = line;
      if (isStopped) return line.close(() => undefined);
      if (wanted.pulse !== undefined) await pulse(line, wanted.pulse);
      if (reset !== undefined) await runReset(reset, root);
    })
    .catch((error: unknown) => {
      fail(error instanceof Error ? error : new Error(String(error)));
    });
  return {
    ...{ output, end, stop, ...UNSEEN, release: stop },
    ...(second !== undefined && { stub: second }),
    ...(takesInput === true && {
      type: (bytes) => void port?.write(typeof bytes === "string" ? bytes : Buffer.from(bytes)),
    }),
  };
}

/**
 * The board that a name of the command line means.
 * @throws UsageError for a name that is no serial device
 */
export function boardOf(name: string, settings: BoardSettings): Machine {
  const port = portOf(name);
  const how = port.pulse ?? (settings.reset === undefined ? undefined : "the reset command");
  return {
    name,
    summary: "a board after a serial port",
    architecture: settings.architecture,
    bootsAny: true,
    notice:
      how === undefined
        ? `listening to ${port.path} at ${String(port.baud)} baud: start the board now`
        : `listening to ${port.path} at ${String(port.baud)} baud, and starting the board by ${how}`,
    isReset: how !== undefined,
    lack: missingForSerial,
    isBoard: true,
    hasInput: true,
    ...(port.second !== undefined && { hasSecondLine: true }),
    boot: (_image, options) => listen(port, settings, options),
  };
}
