/**
 * Builds the images that the tests of src/image read, from the C files in tests/fixtures/image, into a temporary folder.
 * A compiler that is missing is an error that names the package; nothing is ever skipped.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const SOURCES = fileURLToPath(new URL("../../../tests/fixtures/image/", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "uktest-images-"));
process.once("exit", () => {
  rmSync(folder, { recursive: true, force: true });
});

const PACKAGES: Readonly<Record<string, string>> = {
  gcc: "gcc",
  "aarch64-linux-gnu-gcc": "gcc-aarch64-linux-gnu",
};

/** Runs a program of the tool chain in the folder of the sources. */
export function tool(name: string, args: readonly string[]): string {
  try {
    return execFileSync(name, args, { cwd: SOURCES, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") {
      const wanted = PACKAGES[name] ?? "binutils, binutils-aarch64-linux-gnu";
      throw new Error(`these tests build their images with ${name}: install ${wanted}`, { cause: error });
    }
    throw error;
  }
}

const FLAGS = [
  "-O2",
  "-ffreestanding",
  "-nostdlib",
  "-fno-asynchronous-unwind-tables",
  "-Wall",
  "-Wextra",
  "-Werror",
];
// One segment without padding keeps the files small, so that a test can cut them at every byte.
const LINK = ["-Wl,-T,image.ld", "-Wl,-n", "-Wl,--build-id=none", "-Wl,--no-warn-rwx-segments"];
const FIXED = ["-static", "-fno-pie", "-no-pie"];
const ARM64 = "aarch64-linux-gnu-gcc";

const COMPILERS = {
  x86_64: ["gcc", ...FIXED],
  "x86_64-pie": ["gcc", "-fpie", "-pie"],
  i386: ["gcc", "-m32", ...FIXED, "-Wl,-m,elf_i386"],
  arm64: [ARM64, ...FIXED],
  "arm64-pie": [ARM64, "-fpie", "-pie"],
  /** Position independent, the values only in the relocations. */
  "arm64-rela": [ARM64, "-fpie", "-pie", "-Wl,--no-apply-dynamic-relocs"],
  /** As guests before Unikraft 0.8 have it: halves of four bytes. */
  "arm64-wide": [ARM64, ...FIXED, '-DHALF=".4byte"'],
} as const;

export type Compiler = keyof typeof COMPILERS;
export type Variant = Compiler | "multiboot";

export const VARIANTS: readonly Variant[] = [
  "x86_64",
  "x86_64-pie",
  "multiboot",
  "i386",
  "arm64",
  "arm64-pie",
  "arm64-rela",
  "arm64-wide",
];

let made = 0;
export const newPath = (): string => join(folder, `image-${made++}`);

/** Compiles and links sources to an image; `more` goes after the other options. */
export function compile(
  compiler: Compiler,
  sources: readonly string[],
  more: readonly string[] = [],
): string {
  const [name, ...options] = COMPILERS[compiler];
  const path = newPath();
  tool(name, [...FLAGS, ...options, ...LINK, ...more, ...sources, "-o", path]);
  return path;
}

/** A changed copy of an image. */
export function objcopy(image: string, variant: Variant, ...options: readonly string[]): string {
  const path = newPath();
  tool(variant.startsWith("arm64") ? "aarch64-linux-gnu-objcopy" : "objcopy", [...options, image, path]);
  return path;
}

const TABLE = ["first.c", "second.c"];
const built = new Map<Variant, string>();

/** The image of first.c and second.c, with symbols. */
export function imageOf(variant: Variant): string {
  const known = built.get(variant);
  if (known !== undefined) return known;
  const path =
    variant === "multiboot"
      ? objcopy(imageOf("x86_64"), variant, "-I", "elf64-x86-64", "-O", "elf32-i386")
      : compile(variant, TABLE);
  built.set(variant, path);
  return path;
}

/** The same image without symbols. */
export const strippedImageOf = (variant: Variant): string =>
  objcopy(imageOf(variant), variant, "--strip-all");

/** The bytes of an image, to be changed at will. */
export const contentOf = (path: string): Buffer => readFileSync(path);
