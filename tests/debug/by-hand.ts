/**
 * Guests that have their own stub and are booted without uktest: the words of QEMU for an image of the kit, its serial line
 * for whoever wants it, a gdb on it, and its console without the packets in it. It judges nothing.
 */
import { createServer } from "node:net";
import { join } from "node:path";
import type { Duplex } from "node:stream";
import type { ExecutionContext } from "ava";
import { bytesOf } from "../../src/rsp/packets.js";
import { type Running, type Said, scratch, startProgram } from "../cli/run.js";
import { ROOT, runKit } from "../runner/kit.js";
import { until } from "../runner/processes.js";

export const ARCHITECTURES = ["x86_64", "i386", "arm64"] as const;
export type Architecture = (typeof ARCHITECTURES)[number];

const COMMON = [
  ...["-nodefaults", "-no-user-config", "-display", "none"],
  ...["-no-reboot", "-m", "32", "-serial", "stdio"],
];
const PC = [
  ...["-M", "microvm,x-option-roms=off,acpi=off", "-cpu", "max"],
  ...["-device", "isa-debug-exit,iobase=0xf4,iosize=4"],
];
const VIRT = ["-M", "virt", "-cpu", "cortex-a53", "-semihosting-config", "enable=on,target=native"];

/** What QEMU returns for a guest that has ended by itself. */
export const ENDED = { normal: 33, crash: 35 } as const;

/**
 * Builds an image by running a pattern of it, in a profile where there is one.
 * @returns its path
 */
export async function imageOf(
  architecture: Architecture,
  image: string,
  { pattern = image, profile }: { readonly pattern?: string; readonly profile?: string } = {},
): Promise<string> {
  const words = profile === undefined ? [] : ["--profile", profile];
  await runKit(pattern, "-m", `qemu-${architecture}`, ...words);
  const folder = [architecture, "gcc", ...words.slice(1)].join("-");
  return join(ROOT, ".uktest/build", folder, `${image}.elf`);
}

/** What a guest is booted with. */
export interface ByHand {
  readonly architecture: Architecture;
  readonly image: string;
  /** Words for the guest itself. */
  readonly words?: string;
}

/** A guest and its serial line, which one after the other may have. */
export interface OnLine {
  readonly guest: Running;
  /** Whoever comes has the line from now on. */
  readonly attach: (stream: Duplex) => void;
  /** Everything that the guest has sent, whoever was there. */
  readonly sent: () => string;
  /** Everything that was said to it. */
  readonly heard: () => string;
}

/** Boots a guest; it ends with its test. */
export function boot(t: ExecutionContext, { architecture, image, words = "" }: ByHand): OnLine {
  const isArm = architecture === "arm64";
  const append = [isArm ? "uktest.exit=semihosting" : "", words].filter((word) => word !== "").join(" ");
  const guest = startProgram(
    isArm ? "qemu-system-aarch64" : `qemu-system-${architecture}`,
    [...COMMON, ...(isArm ? VIRT : PC), "-kernel", image, "-append", append],
    { input: null },
  );
  t.teardown(() => guest.child.kill("SIGKILL"));
  let has: Duplex | undefined;
  let sent = "";
  let heard = "";
  guest.child.stdout?.on("data", (chunk: Buffer) => {
    sent += chunk.toString("latin1");
    if (has?.writable === true) has.write(chunk);
  });
  guest.child.on("close", () => has?.end());
  const attach = (stream: Duplex): void => {
    has = stream;
    stream.on("data", (chunk: Buffer) => {
      heard += chunk.toString("latin1");
      guest.child.stdin?.write(chunk);
    });
    stream.on("error", () => undefined);
  };
  return { guest, attach, sent: () => sent, heard: () => heard };
}

/** How a program has ended. One that goes on for a minute fails its test, with what it has said. */
export async function ended(t: ExecutionContext, { child, end }: Running): Promise<Said> {
  const isOver = await until(() => child.exitCode !== null || child.signalCode !== null);
  if (!isOver) child.kill("SIGKILL");
  const said = await end;
  t.true(isOver, `it goes on:\n${said.stdout}\n${said.stderr}`);
  return said;
}

/** A guest whose line is a socket. */
export interface OnSocket extends Omit<OnLine, "attach"> {
  /** Path of the socket. */
  readonly line: string;
}

/** Boots a guest, and listens for those who want its line. */
export async function bootOnSocket(t: ExecutionContext, order: ByHand): Promise<OnSocket> {
  const line = scratch(t).file("line");
  const { attach, ...rest } = boot(t, order);
  const server = createServer(attach);
  t.teardown(() => server.close());
  await new Promise<void>((resolve) => server.listen(line, resolve));
  return { ...rest, line };
}

/** A gdb on such a line. @param words after those that connect */
export const gdbOn = (
  { line }: Pick<OnSocket, "line">,
  image: string,
  words: readonly string[],
  input?: null,
): Running =>
  startProgram(
    "gdb-multiarch",
    [
      ...["-nx", "-q", "-iex", "set debuginfod enabled off", "-iex", "set confirm off", image],
      // A busy host may take its time.
      ...["-ex", "set remotetimeout 20", "-ex", `target remote ${line}`, ...words],
    ],
    { cwd: ROOT, ...(input === null && { input }) },
  );

/** Commands as words of gdb. */
export const commandWords = (commands: readonly string[]): readonly string[] =>
  commands.flatMap((command) => ["-ex", command]);

const WAITS = /^.*Waiting for a debugger on this line\r\n/m;
const OK = "$OK#9a";

/** The console of a guest whose debugger has detached: in packets up to there, and as it is from then on. */
export function unwrapped(sent: string): string {
  const [before = "", ...rest] = sent.split(WAITS);
  const after = rest.join("");
  const end = after.lastIndexOf(OK) + OK.length;
  const inPackets = after.slice(0, end).replace(/\+*\$([^#]*)#[0-9a-f]{2}/g, (_, data: string) => {
    const bytes = data.startsWith("O") && data !== "OK" ? bytesOf(data.slice(1)) : undefined;
    return bytes === undefined ? "" : Buffer.from(bytes).toString("latin1");
  });
  return before + inPackets + after.slice(end);
}

/**
 * A console without what differs from one run to the next: clocks, how long something took, registers of a crash, and the last
 * line feed, which QEMU keeps where nobody has read what is in front of it.
 */
export const withoutTimes = (console: string): string =>
  console
    .trimEnd()
    .replaceAll("\r", "")
    .replace(/^\[ *\d+\.\d+\]|(?<=time=)\d+/gm, "")
    .replace(/(?<=^ CRIT: .*\b(?:R\d+|X\d+|E[A-D]X): ?)[0-9a-f]+/gm, "")
    // What a stack held before, where nothing has written since, is what was called before: the debugger's calls too.
    .replace(/(?<=^ CRIT: {2}[0-9a-f]{8,16}) {2}.*$/gm, "");
