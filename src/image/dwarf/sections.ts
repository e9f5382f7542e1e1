/**
 * The debug sections of an image, read as a whole, and which addresses are code. It looks into none of them; a section
 * that is missing is empty, and why there is nothing at all is said in words.
 */
import { contentOf, type Elf, SHF, textIn } from "../elf.js";

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

function lackOf({ sections }: Elf): string | undefined {
  const lines = sections.find(({ name }) => name === NAMES.lines || name === ".zdebug_line");
  if (lines === undefined) return "it has no debug information: build with -g, or pass the .dbg file";
  if (lines.name.startsWith(".z") || (lines.flags & SHF.compressed) !== 0)
    return "its debug information is compressed: link with --compress-debug-sections=none";
  return undefined;
}

function codeOf({ sections }: Elf): DebugSections["isCode"] {
  const parts = sections
    .filter(({ flags }) => (flags & SHF.execinstr) !== 0)
    .map(({ address, sizeBytes }) => ({ low: Number(address), high: Number(address) + sizeBytes }));
  return (address) => parts.some(({ low, high }) => address >= low && address < high);
}

/** Reads the debug sections of an image; what they hold is valid after the image is closed. */
export function debugSections(elf: Elf): DebugSections {
  const read = (name: SectionName): Buffer =>
    contentOf(
      elf,
      elf.sections.find((one) => one.name === NAMES[name]),
    );
  const lack = lackOf(elf);
  return {
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
    ...(lack !== undefined && { lack }),
  };
}

/** The text at an offset of a section; undefined when it does not end there. */
export const textAt = (section: Buffer, offset: number): string | undefined =>
  Number.isSafeInteger(offset) && offset >= 0 ? textIn(section, offset, MAX_TEXT_BYTES) : undefined;
