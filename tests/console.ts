/**
 * Writes consoles the way guests of each generation do, for tests that need a certain case and no capture has it.
 */

const ESC = "\x1b";

/** `message` padded to the guest's column, with a status. */
export const padded = (message: string, status: string): string => {
  const cut = message.slice(0, 79);
  return `${cut} ${".".repeat(80 - cut.length)} ${status}`;
};

export interface Generation {
  readonly header: (suite: string, name: string) => string;
  readonly passed: (message: string) => string;
  readonly failed: (message: string, file: string, line: number) => string;
}

const printk = (prefix: string): Generation => ({
  header: (suite, name) => `${prefix}test:${ESC}[0m ${suite}->${name}\r\n`,
  passed: (message) => `${prefix}\t${padded(message, "[ PASSED ]")}\r\n`,
  failed: (message, file, line) =>
    `${prefix}\t${padded(message, "[ FAILED ]")}\r\n${prefix}\t  in ${file}]:${String(line)}]\r\n`,
});

export const generations = {
  "0.6-0.10 printf": {
    header: (suite, name) => `test:${ESC}[0m ${suite}->${name}\r\n`,
    passed: (message) => `    :${ESC}[0m\t${padded(message, "[ PASSED ]")}\r\n`,
    failed: (message, file, line) =>
      `    :${ESC}[0m\t${padded(message, "[ FAILED ]")}\r\n    :${ESC}[0m\t  in ${file}]:${String(line)}]\r\n`,
  },
  "0.11-0.20 with time": printk("[    0.105800] Info: "),
  "0.11-0.20 without time": printk("Info: "),
  "0.11-0.20 thread and caller": printk("[    0.133985] Info: <init> {r:0x126bff,f:0x10f30} "),
  "0.11-0.20 early thread": printk("[    0.000000] Info: <<n/a>> "),
  "0.21 with time": printk("[    0.105800] "),
  "0.21 without anything": printk(""),
  "0.11-0.20 colours": {
    header: (suite, name) =>
      `${ESC}[0m${ESC}[0m${ESC}[32m[    0.156098] ${ESC}[0m${ESC}[1m${ESC}[32mInfo:${ESC}[0m ${ESC}[0m${ESC}[36mtest:${ESC}[0m ${suite}->${name}${ESC}[0m${ESC}[0m\r\n`,
    passed: (message) =>
      `${ESC}[0m${ESC}[32m[    0.157548] ${ESC}[0m${ESC}[1m${ESC}[32mInfo:${ESC}[0m ${ESC}[0m\t${padded(message, `${ESC}[1m${ESC}[37m${ESC}[42m PASSED ${ESC}[0m`)}\r\n`,
    failed: (message, file, line) =>
      `${ESC}[0m${ESC}[32m[    0.157548] ${ESC}[0m${ESC}[1m${ESC}[32mInfo:${ESC}[0m ${ESC}[0m\t${padded(message, `${ESC}[1m${ESC}[37m${ESC}[41m FAILED ${ESC}[0m`)}\r\n` +
      `${ESC}[0m${ESC}[32m[    0.157548] ${ESC}[0m${ESC}[1m${ESC}[32mInfo:${ESC}[0m ${ESC}[0m\t  in ${ESC}[36m${file}${ESC}[0m:${ESC}[36m${String(line)}${ESC}[0m\r\n`,
  },
  "2021 early": {
    header: (suite, name) => `test: ${suite}->${name}\r\n`,
    passed: (message) => `    :${ESC}[0m\t${padded(message, "[ PASSED ]")}\r\n`,
    failed: (message, file, line) =>
      `    :${ESC}[0m\t${padded(message, "[ FAILED ]")}\r\n    :${ESC}[0m\t  in ${file}]:${String(line)}]\r\n`,
  },
  "2021 transcript": {
    header: (suite, name) => `test: ${suite}->${name}\n`,
    passed: (message) => `: ${message} ..... PASSED\n`,
    failed: (message, file, line) => `: ${message} ..... FAILED\n: in ${file}:${String(line)}\n`,
  },
} as const satisfies Readonly<Record<string, Generation>>;

/** What firmware prints in front of every boot: without anything of the kind a log has lost its head. */
export const HEAD = "SeaBIOS (version 1.16.2)\r\n";

/** The end that a guest prints at every log level. */
export const BANNER = "Powered by\r\no.   .o\r\n                Calypso 0.17.0~eaf6fda1\r\n";

/** The end that a guest prints at level INFO. */
export const HALT =
  "[    0.150058] Info: [libukboot] <boot.c @  503> main returned 0\r\n" +
  "[    0.150319] Info: [libukboot] <boot.c @  421> Halting system (0)\r\n" +
  "[    0.150670] Info: [libkvmplat] <shutdown.c @   59> Unikraft halted\r\n";

/** A message of the kernel. */
export const kernel = (
  level: "Info: " | "ERR:  " | "CRIT: " | "Warn: ",
  library: string,
  text: string,
): string => `[    0.120000] ${level}[${library}] <file.c @  100> ${text}\r\n`;
