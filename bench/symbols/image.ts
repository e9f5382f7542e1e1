/**
 * Makes an image of about 2 MB with debug information, as large as a small kernel's: many files of many functions that
 * inline one another. What it computes means nothing.
 */
import { execFileSync } from "node:child_process";
import { statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const FILES = 72;
const FUNCTIONS = 24;

function sourceOf(file: number): string {
  const name = (n: number): string => `work_${String(file)}_${String(n)}`;
  const functions = Array.from({ length: FUNCTIONS }, (_, n) =>
    [
      `__attribute__((noinline)) long ${name(n)}(struct state *state, long x)`,
      "{",
      "\tlong i, sum = 0;",
      "",
      "\tfor (i = 0; i < x; i++) {",
      `\t\tsum += blend(state, i + ${String(n)});`,
      "\t\tif (sum > state->limit)",
      "\t\t\tsum = settle(state, sum);",
      "\t}",
      n > 0 ? `\treturn sum + ${name(n - 1)}(state, sum & 7);` : "\treturn sum / state->limit;",
      "}",
    ].join("\n"),
  );
  return ['#include "state.h"', ...functions, ""].join("\n\n");
}

const HEADER = `
struct state { long limit, values[16]; struct state *next; };
static inline long settle(struct state *state, long x)
{
	long rest = x % state->limit;

	return rest < 0 ? rest + state->limit : rest;
}
static inline long blend(struct state *state, long x)
{
	state->values[x & 15] += settle(state, x);
	return state->values[(x + 1) & 15] ^ x;
}
`;

export interface BenchImage {
  readonly path: string;
  readonly bytes: number;
  /** Addresses in the middle of functions of as many files, in hexadecimal. */
  readonly addresses: readonly string[];
}

/** Compiles and links the image in a folder. */
export function makeImage(folder: string): BenchImage {
  const path = join(folder, "image.elf");
  const names = Array.from({ length: FILES }, (_, n) => `work${String(n)}.c`);
  writeFileSync(join(folder, "state.h"), HEADER);
  names.forEach((name, n) => {
    writeFileSync(join(folder, name), sourceOf(n));
  });
  const calls = names.map(
    (_, n) => `extern long work_${String(n)}_${String(FUNCTIONS - 1)}(struct state *, long);`,
  );
  const uses = names.map((_, n) => `\tsum += work_${String(n)}_${String(FUNCTIONS - 1)}(&state, sum);`);
  const main = [
    '#include "state.h"',
    ...calls,
    "struct state state;",
    "void _start(void)",
    "{",
    "\tlong sum = 1;",
  ];
  writeFileSync(join(folder, "main.c"), [...main, ...uses, "\tstate.limit = sum;", "}", ""].join("\n"));
  const flags = ["-O2", "-g", "-ffreestanding", "-nostdlib", "-static", "-fno-pie", "-no-pie"];
  const link = ["-Wl,-Ttext=0x100000", "-Wl,--build-id=none", "-ffunction-sections"];
  execFileSync("gcc", [...flags, ...link, ...names, "main.c", "-o", path], { cwd: folder });
  const symbols = execFileSync("nm", ["-S", path], { encoding: "utf8" });
  const found = [...symbols.matchAll(/^([0-9a-f]+) ([0-9a-f]+) T work_\d+_12$/gm)];
  const addresses = found.map(([, address = "", size = ""]) =>
    (Number.parseInt(address, 16) + (Number.parseInt(size, 16) >> 1)).toString(16),
  );
  return { path, bytes: statSync(path).size, addresses };
}
