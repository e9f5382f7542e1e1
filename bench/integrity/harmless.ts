/**
 * What happens to logs on their way and must change no verdict: line ends, terminal sequences, NULs, time stamps, and
 * whatever else an application prints.
 */
import { randomBytes } from "./noise.js";
import { type Log, textOf } from "./log.js";
import { type Mutant, type Mutate, firstHeader, inserted, mutant, rewritten } from "./mutant.js";
import { begins } from "./forgeries.js";
import { kernelLine } from "./style.js";
import type { Random } from "./random.js";

const whole =
  (changes: readonly (readonly [string, (text: string) => string])[]): Mutate =>
  (log, random): Mutant => {
    const [what, change] = random.pick(changes);
    return { text: change(textOf(log.lines)), what, at: 0 };
  };

export const lineEnds = whole([
  ["CRLF", (text) => text.replace(/\r?\n/g, "\r\n")],
  ["LF only", (text) => text.replace(/\r\n/g, "\n")],
  ["CR CR LF", (text) => text.replace(/\r?\n/g, "\r\r\n")],
  ["no last line feed but the guest's", (text) => text.replace(/\n+$/, "\n")],
]);

export const terminal = whole([
  ["a colour around each line", (text) => text.replace(/^(.*?)(\r?)$/gm, "\x1b[33m$1\x1b[0m$2")],
  ["cursor sequences", (text) => text.replace(/^/gm, "\x1b[2K\x1b[1G")],
  ["titles and links", (text) => text.replace(/^/gm, "\x1b]0;title\x07\x1b]8;;http://x\x1b\\")],
  ["resets at line ends", (text) => text.replace(/(\r?)$/gm, "\x1b[0m\x1b[K$1")],
]);

export const nuls = whole([
  ["NUL around each line", (text) => text.replace(/^(.*?)(\r?)$/gm, "\0$1\0$2")],
  ["NUL between words", (text) => text.replace(/ /g, "\0 \0")],
  ["NUL in front of each line", (text) => text.replace(/^/gm, "\0\0")],
]);

export const timeStamps = whole([
  ["GitHub's", (text) => text.replace(/^(?=.)/gm, "2026-11-23T10:11:12.1234567Z ")],
  ["with a zone", (text) => text.replace(/^(?=.)/gm, "2026-11-23 10:11:12,123+01:00 ")],
  ["seconds only", (text) => text.replace(/^(?=.)/gm, "2026-11-23T10:11:12Z ")],
]);

const repeat = (text: string, random: Random, most: number): string => text.repeat(random.between(1, most));

const NOISE: readonly ((random: Random) => string)[] = [
  (random) => randomBytes(random, random.between(1, 120)),
  (random) => `{"level":"info","ts":${String(random.int(1e6))},"msg":"FAILED to connect","n":[1,2,3]}`,
  (random) => `\r[${repeat("#", random, 40)}>   ] ${String(random.int(101))}%`,
  (random) => repeat("a very long line of the application ", random, 300),
  (random) => repeat("=", random, 90),
  (random) => `${String(random.int(9999))}.${String(random.int(999999))} [info] worker ready: 3/3 PASSED`,
  () => "[       OK ] Suite.Case (0 ms)",
  () => "[  FAILED  ] 1 test, listed below:",
  () => "[1/2] 50% 1.000000 done",
  () => "00000000  de ad be ef 00 00 00 00  00 00 00 00 00 00 00 00  |................|",
  () => "\tat handler (/app/index.js:10:5)",
  () => "Warning: deprecated option; expected `x`, got `y` .....",
  () => "gr\xc3\xbc\xc3\x9fe \xe2\x9c\x93 passed",
  () => "tests/io.c:42: error: PASSED is not FAILED",
  () => "",
];

/** Lines of the application between the lines of the guest. */
export const noise: Mutate = (log: Log, random) => {
  let lines = log.lines;
  const places = random.between(1, 12);
  for (let nth = 0; nth < places; nth += 1) {
    const texts = Array.from({ length: random.between(1, 3) }, () => random.pick(NOISE)(random));
    lines = inserted(lines, random.int(lines.length + 1), texts);
  }
  return mutant(lines, `noise in ${String(places)} places`, 0);
};

const two = (random: Random, below: number): string => String(random.int(below)).padStart(2, "0");
const digits = (random: Random, count: number): string =>
  Array.from({ length: count }, () => String(random.int(10))).join("");

/** What real programs put in front of their lines: clocks, numbers and addresses in brackets. */
const LOGGERS: readonly ((random: Random) => string)[] = [
  // iperf3
  (random) =>
    `[  ${String(random.int(9))}]   ${String(random.int(9))}.00-${String(random.int(99))}.00   sec   112 MBytes   941 Mbits/sec`,
  (random) => `[ ID] Interval           Transfer     Bitrate  ${String(random.int(9))}`,
  // a clock with milliseconds
  (random) =>
    `[${two(random, 24)}:${two(random, 60)}:${two(random, 60)}.${digits(random, 3)}] server: accepted a connection`,
  // ping -D
  (random) => `[17096400${digits(random, 2)}.${digits(random, 6)}] 64 bytes from 10.0.2.2: icmp_seq=1 ttl=64`,
  // candump
  (random) => ` (14365090${digits(random, 2)}.${digits(random, 6)}) vcan0 044#2A366C2B${digits(random, 2)}`,
  // strace, with and without -ttt
  (random) =>
    `openat(AT_FDCWD, "/lib/libc.so.${String(random.int(9))}", O_RDONLY|O_CLOEXEC) = ${String(random.int(9))}`,
  (random) => `17096400${digits(random, 2)}.${digits(random, 6)} read(3, "\\177ELF"..., 832) = 832`,
  // spdlog
  (random) =>
    `[2024-03-05 12:${two(random, 60)}:01.${digits(random, 3)}] [main] [error] could not open test:a->b`,
  // a database's JSON
  (random) =>
    `{"t":{"$date":"2024-03-05T12:00:00.${digits(random, 3)}+00:00"},"s":"I","c":"NETWORK","ctx":"conn${digits(random, 2)}","msg":"${repeat("accepted ", random, 400)}"}`,
  // an access log
  (random) =>
    `10.0.2.${String(random.int(255))} - - [05/Mar/2024:12:00:${two(random, 60)} +0000] "GET / HTTP/1.1" 200 612`,
  // a boot loader's or another kernel's time
  (random) => `[    ${String(random.int(9))}.${digits(random, 3)}] eth0: link up, 1000 Mbps`,
  // addresses and progress in brackets
  (random) => `[10.0.2.${String(random.int(255))}] connected`,
  (random) => `[${digits(random, 2)}%] Building C object CMakeFiles/app.dir/main.c.o`,
  (random) => `[0x00007f${digits(random, 10)}] frame ${String(random.int(40))}`,
];

/** Such lines between the lines of the guest. */
export const loggers: Mutate = (log: Log, random) => {
  let lines = log.lines;
  const places = random.between(1, 24);
  for (let nth = 0; nth < places; nth += 1)
    lines = inserted(lines, random.int(lines.length + 1), [random.pick(LOGGERS)(random)]);
  return mutant(lines, `loggers in ${String(places)} places`, 0);
};

const MESSAGES = [
  ["ERR", "libnetdev", "Connection failure: timed out"],
  ["ERR", "libukrandom", "Could not initialize the HWRNG (-95)"],
  ["ERR", "appuktest", "index 7 is out of range, behavior is undefined"],
  ["CRIT", "appuktest", "allocation failure: 4096 bytes"],
  ["CRIT", "libukalloc", "low on memory"],
  ["Warn", "libvfscore", "Condition warning: fp == NULL"],
  ["ERR", "libukbus", "Initialization of 1 device returned error -19, ignored"],
  ["Warn", "libuksched", "thread 7 FAILED to yield ........ [ FAILED ]"],
] as const;

/** Messages of the kernel and its libraries that are bad news and no verdict. */
export const kernelMessages: Mutate = (log, random) => {
  if (log.form === "transcript") return undefined;
  const [level, library, text] = random.pick(MESSAGES);
  const line = kernelLine(log.style, level, library, "file.c @   10", text);
  // The kernel speaks after the firmware, and as the very last line a critical message is the death of the guest.
  const at = random.between(firstHeader(log), log.lines.length - 1);
  return mutant(inserted(log.lines, at, [line.text]), `${level}: ${text}`, at);
};

const PARTIAL = [
  "50%",
  "\r[####      ] 40%",
  "loading... ",
  "> ",
  "x=1 y=2 ",
  "......",
  "# ",
  "status: ",
] as const;

/** Output without a line end in front of a line of the guest. */
export const partialLines: Mutate = (log, random) => {
  const able = log.lines.flatMap(({ text }, index) =>
    begins(text) || /^Powered by/.test(text) ? [index] : [],
  );
  if (able.length === 0) return undefined;
  const at = random.pick(able);
  const partial = random.pick(PARTIAL);
  return mutant(
    rewritten(log.lines, at, (text) => partial + text),
    `${JSON.stringify(partial)} without a line end in front`,
    at,
  );
};
