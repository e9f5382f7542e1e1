/**
 * Which build an image is, and whether our own guest kit is in it. It says nothing of the tests in it.
 */
import { type Elf, SHT } from "./elf.js";

export interface Identity {
  /** The linker's id of the build, in hexadecimal. */
  readonly buildId?: string;
  /** Built with our guest kit: it speaks the kit's protocol and runs on the smallest machine. */
  readonly isKit: boolean;
}

/** Of a note: size of the name, size of what it says, type. */
const HEADER_BYTES = 12;
const OWNER = "GNU\0";
const BUILD_ID = 3;
const MOST_ID_BYTES = 64;
/** Notes are short; more of them are some other thing. */
const MOST_NOTES_BYTES = 64 << 10;

/**
 * The section that the link script of the kit makes in every image. In a Unikraft tree the same library has its journal among
 * its other zeroes; and a section that suites fill is dropped where none does.
 */
const JOURNAL = ".uk_testlog";

/** Reads the identity of an image. Source: System V ABI, "Note Section"; guest/arch/NAME/link.ld for the kit's own section. */
export function identityOf(elf: Elf): Identity {
  const isKit = elf.sections.some(({ name }) => name === JOURNAL);
  const buildId = buildIdOf(elf);
  return { isKit, ...(buildId !== undefined && { buildId }) };
}

/** The id that the linker gave a build: in the section of that name, in any other with notes, or in a segment of them. */
export function buildIdOf({ sections, notes, bytes }: Elf): string | undefined {
  const named = sections.filter(({ name, type }) => name === ".note.gnu.build-id" && type !== SHT.nobits);
  const others = sections.filter(({ name, type }) => type === SHT.note && name !== ".note.gnu.build-id");
  const places = [
    ...[...named, ...others].map(({ offset, sizeBytes }) => ({ offset, length: sizeBytes })),
    ...notes.map(({ offset, fileBytes }) => ({ offset, length: fileBytes })),
  ];
  for (const { offset, length } of places) {
    const isInside = offset + length <= bytes.size && length <= MOST_NOTES_BYTES;
    const id = isInside ? idIn(bytes.read(offset, length, "its build id")) : undefined;
    if (id !== undefined) return id;
  }
  return undefined;
}

function idIn(notes: Buffer): string | undefined {
  const padded = (size: number): number => Math.ceil(size / 4) * 4;
  for (let at = 0; at + HEADER_BYTES <= notes.length;) {
    const [nameBytes, bytes, type] = [0, 4, 8].map((field) => notes.readUInt32LE(at + field));
    const nameAt = at + HEADER_BYTES;
    const from = nameAt + padded(nameBytes ?? 0);
    const to = from + (bytes ?? 0);
    const owner = notes.toString("latin1", nameAt, nameAt + OWNER.length);
    if (type === BUILD_ID && nameBytes === OWNER.length && owner === OWNER)
      return to > from && to <= notes.length && to - from <= MOST_ID_BYTES
        ? notes.toString("hex", from, to)
        : undefined;
    at = from + padded(bytes ?? 0);
  }
  return undefined;
}
