/**
 * Whether two files are of one build: an image, and one with its symbols. By the ids that the linker gave them; where one
 * has none, by the code that both hold. It says nothing where neither tells.
 */
import { crc32, debugLinkOf } from "./debug-link.js";
import { type Elf, type Section, SHF, SHT } from "../elf.js";
import { buildIdOf } from "../identity.js";

const PIECE_BYTES = 1 << 20;

/** What shows that `other` is of another build than an image, in words that go after its name; undefined where nothing does. */
export function differenceOf(image: Elf, other: Elf): string | undefined {
  const [wanted, found] = [buildIdOf(image), buildIdOf(other)];
  if (wanted !== undefined && found !== undefined)
    return wanted === found ? undefined : `has the build id ${found}, and the image has ${wanted}`;
  const link = debugLinkOf(image);
  if (link !== undefined && link.name === nameOf(other.bytes.name))
    return crc32(other.bytes) === link.checksum
      ? undefined
      : "has another checksum than the debug link of the image says";
  return differentCode(image, other);
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

const isCode = ({ name, flags, sizeBytes }: Section): boolean =>
  (flags & SHF.execinstr) !== 0 && name !== "" && sizeBytes > 0;

function differentCode(image: Elf, other: Elf): string | undefined {
  const known = new Map(image.sections.filter(isCode).map((one) => [one.name, one]));
  for (const theirs of other.sections.filter(isCode)) {
    const ours = known.get(theirs.name);
    if (ours === undefined) continue;
    if (ours.address !== theirs.address || ours.sizeBytes !== theirs.sizeBytes)
      return `has ${wordsOf(theirs)} of code in ${theirs.name}, and the image has ${wordsOf(ours)}`;
    if (!isSameContent(image, ours, other, theirs)) return `has other code in ${theirs.name} than the image`;
  }
  return undefined;
}

const wordsOf = ({ address, sizeBytes }: Section): string =>
  `${String(sizeBytes)} bytes at 0x${address.toString(16)}`;

/** A section of a file of symbols only has no content, and then nothing differs. */
function isSameContent(image: Elf, ours: Section, other: Elf, theirs: Section): boolean {
  if (ours.type === SHT.nobits || theirs.type === SHT.nobits) return true;
  for (let at = 0; at < ours.sizeBytes; at += PIECE_BYTES) {
    const length = Math.min(PIECE_BYTES, ours.sizeBytes - at);
    const one = image.bytes.read(ours.offset + at, length, ours.name);
    if (!other.bytes.read(theirs.offset + at, length, theirs.name).equals(one)) return false;
  }
  return true;
}
