/**
 * What of an image a machine loads: debug information is most of an image of the kit, and no guest sees it. It judges no
 * image: what is no sound ELF stays whole.
 */
import { RigError } from "../../core/errors.js";
import { bytesOf } from "./bytes.js";
import { isElf, programOf } from "../elf.js";

/** The image as far as a machine loads it; the offsets of what is left are the same. */
export function loadedPart(name: string, content: Uint8Array): Uint8Array {
  const bytes = bytesOf(name, content);
  if (!isElf(bytes.read(0, Math.min(bytes.size, 4), "its beginning"))) return content;
  try {
    return programOf(bytes);
  } catch (error) {
    // Callers that need it report what is wrong with it.
    if (error instanceof RigError) return content;
    throw error;
  }
}
