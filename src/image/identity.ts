/**
 * Which build an image is, and whether our own guest kit is in it. It says nothing of the tests in it.
 */
import type { Elf } from "./elf.js";

export interface Identity {
  /** The linker's id of the build, in hexadecimal. */
  readonly buildId?: string;
  /** Built with our guest kit: it speaks the kit's protocol and runs on the smallest machine. */
  readonly isKit: boolean;
}

/** A note of the GNU linker (`NT_GNU_BUILD_ID`): name size, id size, type 3, `GNU\0`, id. */
const ID_OFFSET = 16;
const MOST_ID_BYTES = 64;

/** Reads the identity of an image. Source: System V ABI, "Note Section"; guest/arch/NAME/link.ld for the kit's own section. */
export function identityOf({ sections, bytes }: Elf): Identity {
  const isKit = sections.some(({ name }) => name === ".uk_testmeta");
  const note = sections.find(({ name }) => name === ".note.gnu.build-id");
  if (note === undefined || note.sizeBytes <= ID_OFFSET) return { isKit };
  const head = bytes.read(note.offset, ID_OFFSET, "its build id");
  const size = head.readUInt32LE(4);
  if (size === 0 || size > MOST_ID_BYTES || ID_OFFSET + size > note.sizeBytes) return { isKit };
  return { isKit, buildId: bytes.read(note.offset + ID_OFFSET, size, "its build id").toString("hex") };
}
