/**
 * What the stub in a guest costs: its bytes, those of a table of function names, and the time of a boot that no debugger asks for,
 * against the same image without the stub. The boots alternate, so that a busy host slows both.
 */
import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { machine } from "../../runner/machines/qemu-x86_64.js";
import { contentOf, type Elf, readElf } from "../../src/image/elf.js";
import { withImage } from "../../src/image/elf/bytes.js";
import { median, row, say } from "./rows.js";

/** Parts of a program that is in memory. */
const PARTS = [".text", ".rodata", ".data", ".bss"] as const;

/** Bytes of each part, as binutils count them: a compiler may have cut them in pieces, as `.rodata.str1.1`. */
function partsIn(path: string): readonly number[] {
  const table = execFileSync("size", ["-A", "-d", path], { encoding: "utf8" });
  const sections = [...table.matchAll(/^(\.\S+) +(\d+) /gm)].map(
    ([, name = "", bytes]) => [name, Number(bytes)] as const,
  );
  return PARTS.map((part) =>
    sections.reduce(
      (sum, [name, bytes]) => sum + (name === part || name.startsWith(`${part}.`) ? bytes : 0),
      0,
    ),
  );
}

const added = (one: readonly number[], other: readonly number[]): readonly number[] =>
  one.map((bytes, part) => bytes + (other[part] ?? 0));
const less = (one: readonly number[], other: readonly number[]): readonly number[] =>
  one.map((bytes, part) => bytes - (other[part] ?? 0));

/** What the objects of a library hold. */
const objectsIn = (folder: string): readonly number[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".o"))
    .map((name) => partsIn(join(folder, name)))
    .reduce(added);

const bytesRow = (name: string, parts: readonly number[]): void => {
  row(
    name,
    ...parts,
    parts.reduce((sum, bytes) => sum + bytes, 0),
  );
};

/** The table of function names in an image, with the number of functions in its first word. */
function tableIn(elf: Elf): { readonly bytes: number; readonly functions: number } {
  const section = elf.sections.find(({ name }) => name === ".uk_symtab");
  if (section === undefined) throw new Error("the image has no table of its functions");
  return { bytes: section.sizeBytes, functions: contentOf(elf, section).readUInt32LE(0) };
}

export interface Sized {
  /** The same suite without the stub, and with it. */
  readonly plain: string;
  readonly withStub: string;
  /** Folder with the objects of the stub. */
  readonly objects: string;
  /** An image with a table of its functions. */
  readonly named: string;
}

/** Prints the bytes. */
export function benchSizes({ plain, withStub, objects, named }: Sized): void {
  say("");
  row("bytes in memory, x86_64", ...PARTS, "all");
  bytesRow("objects of the library ukgdb", objectsIn(objects));
  bytesRow("an image with it, less the one without", less(partsIn(withStub), partsIn(plain)));
  const { bytes, functions } = withImage(named, (content) => tableIn(readElf(content)));
  row(`table of uksymtab: ${String(functions)} functions`, "", bytes, "", "", bytes);
}

/** Milliseconds of a boot up to the end of its machine. */
async function bootMs(path: string): Promise<number> {
  const start = performance.now();
  const image = { path, architecture: "x86_64", isKit: true, words: [] } as const;
  const boot = machine.boot(image, { memoryMiB: 64, acceleration: "tcg" });
  let bytes = 0;
  for await (const chunk of boot.output) bytes += chunk.length;
  const end = await boot.end;
  boot.release();
  if (bytes === 0 || end.kind !== "ended" || end.how !== "normal")
    throw new Error(`${path} did not end well`);
  return performance.now() - start;
}

/** Prints what a stub costs without a debugger. @param rounds boots of each */
export async function benchIdle({ plain, withStub }: Sized, rounds: number): Promise<void> {
  const times: Readonly<Record<"plain" | "withStub" | "again", number[]>> = {
    plain: [],
    withStub: [],
    again: [],
  };
  for (let round = 0; round < rounds; round += 1) {
    times.plain.push(await bootMs(plain));
    times.withStub.push(await bootMs(withStub));
    // The same once more: how far two medians of one image are apart.
    times.again.push(await bootMs(plain));
  }
  const base = median(times.plain);
  say("");
  row(`a boot that no debugger asks for, of ${String(rounds)} each`, "median ms", "more");
  for (const [name, values] of [
    ["without the stub", times.plain],
    ["with the stub", times.withStub],
    ["without it, once more", times.again],
  ] as const)
    row(name, median(values).toFixed(1), (median(values) - base).toFixed(1));
}
