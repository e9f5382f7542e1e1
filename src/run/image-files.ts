/**
 * Which file says what about an image: the one that is booted, the one with the symbols that lies where such files lie, or
 * one that the user names. What is of another build is not believed. It reads plans, and opens no symbols.
 */
import { existsSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { RigError } from "../core/errors.js";
import { withImage } from "../image/elf/bytes.js";
import { buildIdPath, debugLinkOf } from "../image/elf/debug-link.js";
import { hasDebugInformation } from "../image/dwarf/sections.js";
import { type Elf, readElf } from "../image/elf.js";
import { type ReadImage, readImage } from "../image/plan.js";
import { differenceOf } from "../image/elf/same-build.js";

/** An image as the user gives it. */
export interface ImageFiles {
  readonly image: string;
  /** The file that holds its symbols, where it does not; see `resolved`. */
  readonly symbols?: string;
}

/** The file to ask about an image, and what was found and is not believed. */
export interface SymbolFile {
  readonly path: string;
  /** Sentences, one for each such file. */
  readonly refused: readonly string[];
}

/** Where Unikraft's build leaves the linked image with all its symbols. */
const beside = (image: string): string => `${image}.dbg`;

/**
 * Plan and kind of an image; a raw one has both in the file with its symbols.
 * @throws RigError that says why there is no plan
 */
export function describe(files: ImageFiles): ReadImage & {
  /** The file without which the image does not tell where its tests are. */
  readonly symbols?: string;
} {
  const readWith = (symbols?: string) => {
    const read = readImage(files.image, symbols);
    return {
      ...read,
      plan: { ...read.plan, image: files.image },
      ...(symbols !== undefined && { symbols }),
    };
  };
  if (files.symbols !== undefined) return readWith(files.symbols);
  try {
    return readWith();
  } catch (error) {
    if (!(error instanceof RigError)) throw error;
    const { path, refused } = symbolFileOf(files);
    if (path !== files.image) return readWith(path);
    throw refused.length === 0 ? error : new RigError(error.message, refused.join("; "));
  }
}

/** The file to ask about the functions and lines of an image: a raw one has no way to tell that another belongs to it. */
export function symbolFileOf({ image, symbols }: ImageFiles): SymbolFile {
  if (symbols !== undefined) return { path: symbols, refused: [] };
  const refused: string[] = [];
  const isGood = (path: string): boolean => {
    if (!isFile(path)) return false;
    const difference = differenceBetween(image, path);
    if (difference !== undefined)
      refused.push(`${path} is of another build and not believed: it ${difference}`);
    return difference === undefined;
  };
  const own = headersOf(image, (elf) => (hasDebugInformation(elf) ? [] : linkedFrom(image, elf))) ?? [];
  const path = [beside(image), ...own].find(isGood) ?? image;
  return { path, refused };
}

/** The files, with the one that was found where the user names none. */
export function withFound(files: ImageFiles): ImageFiles {
  const { path } = symbolFileOf(files);
  return path === files.image ? { image: files.image } : { ...files, symbols: path };
}

/** Where the symbols of an image come from that has none: what was found beside it and is not believed, or how to name it. */
export function whereSymbolsAre(files: ImageFiles): string {
  const { refused } = symbolFileOf(files);
  return refused.length === 0 ? "name the file that has them: --symbols IMAGE.dbg" : refused.join("; ");
}

/**
 * The files as they are to be used: a folder of debug files becomes the file in it, and a file of another build is refused.
 * @throws RigError
 */
export function resolved({ image, symbols }: ImageFiles): ImageFiles {
  if (symbols === undefined) return { image };
  if (isFolder(symbols)) return { image, symbols: foundIn(symbols, image) };
  const difference = differenceBetween(image, symbols);
  if (difference === undefined) return { image, symbols };
  throw new RigError(
    `${symbols} is of another build than ${image}: it ${difference}`,
    "Pass the file that was linked together with the image.",
  );
}

function foundIn(folder: string, image: string): string {
  const names = headersOf(image, (elf) => namesIn(image, elf)) ?? namesBeside(image);
  const there = names.map((name) => join(folder, name)).filter(isFile);
  const good = there.find((path) => differenceBetween(image, path) === undefined);
  if (good !== undefined) return good;
  const [other] = there;
  throw new RigError(
    other === undefined
      ? `${folder} has no file with the symbols of ${image}`
      : `${other} is of another build than ${image}: it ${differenceBetween(image, other) ?? ""}`,
    other === undefined
      ? `It is looked for as ${[...new Set(names)].join(", ")}.`
      : "Pass the file that was linked together with the image.",
  );
}

const namesBeside = (image: string): readonly string[] =>
  [".debug", ".dbg", ""].map((ending) => `${basename(image)}${ending}`);

/** Names of the file of an image in a folder of debug files, the surest first. */
function namesIn(image: string, elf: Elf): readonly string[] {
  const [id, link] = [buildIdPath(elf), debugLinkOf(elf)];
  return [
    ...(id === undefined ? [] : [join(".build-id", id), id]),
    ...(link === undefined ? [] : [link.name, join(dirname(resolve(image)), link.name).slice(1)]),
    ...namesBeside(image),
  ];
}

/** Where the headers of an image lead: its debug link and its build id, beside it. */
function linkedFrom(image: string, elf: Elf): readonly string[] {
  const [id, link] = [buildIdPath(elf), debugLinkOf(elf)];
  const real = dirname(realpathSync(image));
  const folders = real === resolve(dirname(image)) ? [dirname(image)] : [dirname(image), real];
  return folders.flatMap((folder) => [
    ...(link === undefined ? [] : [join(folder, link.name), join(folder, ".debug", link.name)]),
    ...(id === undefined ? [] : [join(folder, ".build-id", id)]),
  ]);
}

const isFile = (path: string): boolean => existsSync(path) && !isFolder(path);

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

/** What is found in the headers of an image; undefined where it has none, or cannot be read. */
function headersOf<T>(path: string, use: (elf: Elf) => T): T | undefined {
  try {
    return withImage(path, (bytes) => use(readElf(bytes)));
  } catch (error) {
    // Its users report what is wrong with the image.
    if (error instanceof RigError) return undefined;
    throw error;
  }
}

/** See `differenceOf`. A raw image differs from nothing; of a file that is damaged its reader tells. */
const differenceBetween = (image: string, other: string): string | undefined =>
  headersOf(image, (elf) => headersOf(other, (found) => differenceOf(elf, found)));
