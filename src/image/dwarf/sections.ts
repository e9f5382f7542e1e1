/**
 * The debug sections of an image, read as a whole, compressed ones unpacked, and which addresses are code. It looks into
 * none of them; a section that is missing is empty, and why there is nothing at all is said in words.
 */
import { type Unpacked, unpacked } from "../elf/compressed.js";
import { debugLinkOf } from "../elf/debug-link.js";
import { type Elf, MAX_CONTENT_BYTES, type Section, SHF, SHT, storedOf, textIn } from "../elf.js";

const NAMES = {
  info: ".debug_info",
  abbreviations: ".debug_abbrev",
  lines: ".debug_line",
  lineTexts: ".debug_line_str",
  texts: ".debug_str",
  textOffsets: ".debug_str_offsets",
  addresses: ".debug_addr",
  unitRanges: ".debug_aranges",
  ranges: ".debug_ranges",
  rangeLists: ".debug_rnglists",
} as const;

type SectionName = keyof typeof NAMES;

export interface DebugSections extends Readonly<Record<SectionName, Buffer>> {
  /** Whether an address is in a section of instructions: what the linker dropped still has lines, at address zero. */
  readonly isCode: (address: number) => boolean;
  /** Why there are no lines. */
  readonly lack?: string;
}

const MAX_TEXT_BYTES = 4096;

/** Names before the flag for compressed sections: `.zdebug_line` for `.debug_line`. */
const PACKED = ".zdebug_";
const OPEN = ".debug_";
/** Of all sections that are unpacked: a small file can claim to hold very much. */
const MOST_UNPACKED_BYTES = 1 << 30;

const nameOf = (name: string): string => (name.startsWith(PACKED) ? OPEN + name.slice(PACKED.length) : name);

function isStored(one: Section): boolean {
  return one.type !== SHT.nobits && one.sizeBytes > 0;
}

function bytesOf(elf: Elf, one: Section, most: number): Unpacked {
  const stored = storedOf(elf, one);
  if (one.name.startsWith(PACKED)) return unpacked(stored, "gnu", most);
  if ((one.flags & SHF.compressed) === 0) return { bytes: stored };
  return unpacked(stored, elf.bits === 64 ? "elf64" : "elf32", most);
}

function nothingIn(elf: Elf): string {
  const link = debugLinkOf(elf);
  return link === undefined
    ? "it has no debug information: build with -g, or pass the .dbg file"
    : `its debug information is in ${link.name}, which is not beside it: pass it with --symbols`;
}

/** Reads the sections one by one, and remembers why one could not be read. */
function reading(elf: Elf): {
  readonly read: (name: SectionName) => Buffer;
  readonly lack: () => string | undefined;
} {
  const found = new Map<string, Section>();
  for (const one of elf.sections) {
    const name = nameOf(one.name);
    if (isStored(one) && !found.has(name)) found.set(name, one);
  }
  let lack: string | undefined;
  let room = MOST_UNPACKED_BYTES;
  const read = (name: SectionName): Buffer => {
    const section = found.get(NAMES[name]);
    const got = section === undefined ? undefined : bytesOf(elf, section, Math.min(room, MAX_CONTENT_BYTES));
    if (got === undefined) return Buffer.alloc(0);
    if ("lack" in got) {
      lack ??= got.lack;
      return Buffer.alloc(0);
    }
    if (section !== undefined && got.bytes.length !== section.sizeBytes) room -= got.bytes.length;
    return got.bytes;
  };
  return { read, lack: () => (found.has(NAMES.lines) ? lack : nothingIn(elf)) };
}

function codeOf({ sections }: Elf): DebugSections["isCode"] {
  const parts = sections
    .filter(({ flags }) => (flags & SHF.execinstr) !== 0)
    .map(({ address, sizeBytes }) => ({ low: Number(address), high: Number(address) + sizeBytes }));
  return (address) => parts.some(({ low, high }) => address >= low && address < high);
}

/** Reads the debug sections of an image; what they hold is valid after the image is closed. */
export function debugSections(elf: Elf): DebugSections {
  const { read, lack } = reading(elf);
  const sections = {
    info: read("info"),
    abbreviations: read("abbreviations"),
    lines: read("lines"),
    lineTexts: read("lineTexts"),
    texts: read("texts"),
    textOffsets: read("textOffsets"),
    addresses: read("addresses"),
    unitRanges: read("unitRanges"),
    ranges: read("ranges"),
    rangeLists: read("rangeLists"),
    isCode: codeOf(elf),
  };
  const missing = lack();
  return { ...sections, ...(missing !== undefined && { lack: missing }) };
}

/** Whether a file has the debug information that lines are read from. */
export const hasDebugInformation = ({ sections }: Elf): boolean =>
  sections.some((one) => nameOf(one.name) === NAMES.lines && isStored(one));

/** The text at an offset of a section; undefined when it does not end there. */
export const textAt = (section: Buffer, offset: number): string | undefined =>
  Number.isSafeInteger(offset) && offset >= 0 ? textIn(section, offset, MAX_TEXT_BYTES) : undefined;
