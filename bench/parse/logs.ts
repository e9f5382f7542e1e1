/**
 * Writes the logs that the parse benchmark reads: a long one of results, one endless line, headers without an end.
 * Each is the same on every machine; none is kept.
 */
import { closeSync, openSync, writeSync } from "node:fs";

/** Lines of one writer, with a clock of the guest. */
class Writer {
  readonly #file: number;
  #pending: string[] = [];
  #pendingChars = 0;
  bytes = 0;
  #timeUs = 100_000;

  constructor(path: string) {
    this.#file = openSync(path, "w");
  }

  put(text: string): void {
    this.#pending.push(text);
    this.#pendingChars += text.length;
    this.bytes += text.length;
    if (this.#pendingChars > 1 << 20) this.#flush();
  }

  /** The next time stamp of the guest. */
  time(): string {
    this.#timeUs += 370;
    const seconds = String(Math.floor(this.#timeUs / 1e6)).padStart(5);
    return `[${seconds}.${String(this.#timeUs % 1e6).padStart(6, "0")}] `;
  }

  close(): void {
    this.#flush();
    closeSync(this.#file);
  }

  #flush(): void {
    writeSync(this.#file, this.#pending.join(""));
    this.#pending = [];
    this.#pendingChars = 0;
  }
}

const END =
  "[99999.000001] Info: [libukboot] <boot.c @  503> main returned 0\r\n" +
  "[99999.000002] Info: [libkvmplat] <shutdown.c @   59> Unikraft halted\r\n";

const padded = (message: string): string => `${message} ${".".repeat(80 - message.length)}`;

/** Passed results of one boot, `perCase` to a case; with colours, thread and caller as upstream CI prints them. */
export function writeResults(path: string, bytes: number, perCase: number, coloured: boolean): void {
  const writer = new Writer(path);
  const lead = (): string =>
    coloured
      ? `\x1b[0m\x1b[0m\x1b[32m${writer.time()}\x1b[0m\x1b[1m\x1b[32mInfo:\x1b[0m \x1b[0m\x1b[34m<init> \x1b[0m\x1b[31m{r:0x11d8b1,f:0x10d80} \x1b[0m`
      : `${writer.time()}Info: `;
  const status = coloured ? "\x1b[1m\x1b[37m\x1b[42m PASSED \x1b[0m" : "[ PASSED ]";
  for (let index = 0; writer.bytes < bytes; index += 1) {
    if (index % perCase === 0)
      writer.put(`${lead()}test:\x1b[0m big_suite->case_${String(index / perCase)}\r\n`);
    const value = String(index % 977);
    writer.put(`${lead()}\t${padded(`expected \`argc\` to be ${value} and was ${value}`)} ${status}\r\n`);
  }
  writer.put(END);
  writer.close();
}

/** One line that never ends. */
export function writeEndlessLine(path: string, bytes: number): void {
  const writer = new Writer(path);
  const piece = "x".repeat(4096);
  while (writer.bytes < bytes) writer.put(piece);
  writer.close();
}

/** Headers of cases that print nothing, and no end. */
export function writeHeaders(path: string, count: number): void {
  const writer = new Writer(path);
  for (let index = 0; index < count; index += 1)
    writer.put(
      `${writer.time()}Info: test:\x1b[0m big_suite_${String(Math.floor(index / 100))}->case_${String(index)}\r\n`,
    );
  writer.close();
}

const text = "x7Fq ".repeat(780);

/** What applications print between the results of a boot, one kind of line each. */
export const NOISES: Readonly<Record<string, (index: number) => string>> = {
  "JSON lines of 4 KB": (at) =>
    `{"t":{"$date":"2024-03-05T12:00:00"},"ctx":"conn${String(at)}","blob":"${text}"}`,
  "prose of 4 KB": (at) => `a failure at line address ${String(at)}, said the fault `.repeat(80),
  strace: (at) => `openat(AT_FDCWD, "/lib/lib${String(at)}.so", O_RDONLY|O_CLOEXEC) = ${String(at % 99)}`,
  "a clock in brackets": (at) =>
    `[12:34:56.${String(at % 1000).padStart(3, "0")}] [info] connection ${String(at)}`,
  iperf3: (at) => `[  5] ${String(at)}.00-${String(at + 1)}.00   sec   112 MBytes   941 Mbits/sec`,
  "ping -D": (at) =>
    `[1709640001.${String(at % 1e6).padStart(6, "0")}] 64 bytes from 10.0.2.2: icmp_seq=${String(at)}`,
  candump: (at) => ` (1436509053.${String(at % 1e6).padStart(6, "0")}) vcan0 044#2A366C2BBA`,
  hexdump: (at) =>
    `${(at * 16).toString(16).padStart(8, "0")}  7f 45 4c 46 02 01 01 00  00 00 00 00 00 00 00 00  |.ELF....|`,
  "another kernel's log": (at) =>
    `[    ${String(at % 9)}.${String(at % 1000).padStart(3, "0")}] e1000: eth0: link up, 1000 Mbps, full duplex`,
  "the kernel's own lines": (at) =>
    `[    0.002060] dbg:  [libukalloc] <alloc.c @  120> ${String(at % 50)} pages at 0x${(at * 4096).toString(16)}`,
};

/** Lines of one kind in the middle of a case. */
export function writeKind(path: string, bytes: number, line: (index: number) => string): void {
  const writer = new Writer(path);
  writer.put(`${writer.time()}Info: test:\x1b[0m noisy->case\r\n`);
  for (let index = 0; writer.bytes < bytes; index += 1) writer.put(`${line(index)}\r\n`);
  writer.put(END);
  writer.close();
}

/** Lines of an application, none of which is a test line, inside one case. */
export function writeNoise(path: string, bytes: number): void {
  const writer = new Writer(path);
  writer.put(`${writer.time()}Info: test:\x1b[0m noisy->case\r\n`);
  for (let index = 0; writer.bytes < bytes; index += 1)
    writer.put(`application line ${String(index)}: nothing to see here\r\n`);
  writer.put(END);
  writer.close();
}

const crit = (writer: Writer, body: string): void =>
  writer.put(`${writer.time()}CRIT: [libkvmplat] <trace.c @   41> ${body}\r\n`);

/** A crash whose call trace has so many frames, as the stack that overflowed prints it. */
export function writeFrames(path: string, count: number): void {
  const writer = new Writer(path);
  writer.put(`${writer.time()}Info: test:\x1b[0m deep->case\r\n`);
  crit(writer, "RIP: 000000000010af31 CS: 0008");
  for (let index = 0; index < count; index += 1) crit(writer, "base is 0x15ff40 caller is 0x10af45");
  writer.close();
}

/** A guest that dies of the same thing so many times. */
export function writeFaults(path: string, count: number): void {
  const writer = new Writer(path);
  writer.put(`${writer.time()}Info: test:\x1b[0m dying->case\r\n`);
  for (let index = 0; index < count; index += 1) {
    crit(writer, "Unhandled Trap 8 (double fault), error code=0x0");
    crit(writer, "RIP: 0000000000165d51 CS: 0008");
    crit(writer, "Crashing");
  }
  writer.close();
}

/** One text over and over, until there are so many bytes. */
export function writeAgain(path: string, text: string, bytes: number): void {
  const writer = new Writer(path);
  while (writer.bytes < bytes) writer.put(text);
  writer.close();
}
