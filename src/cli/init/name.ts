/**
 * The name of a new library: what a folder is called, made fit for C. It asks nobody and looks at no file.
 */
import { UsageError } from "../../core/errors.js";

const LONGEST = 40;
const NAME = /^[a-z][a-z0-9_]*$/;

/** A name that the user gave. @throws UsageError when it is none of C, or longer than a line can take */
export function checkedName(given: string): string {
  if (NAME.test(given) && given.length <= LONGEST) return given;
  throw new UsageError(
    `--name ${given}: a name has small letters, digits and _, begins with a letter and has at most ${String(LONGEST)}`,
    "it becomes part of functions and files in C",
  );
}

/**
 * The name of a library in a folder of this name: `lib-Ring.Buffer` is `ring_buffer`.
 * @throws UsageError where nothing is left that C could take
 */
export function nameOfFolder(folder: string): string {
  const plain = folder
    .normalize("NFKD")
    .replaceAll(/\p{M}+/gu, "")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "_")
    .replaceAll(/^_+|_+$/g, "")
    .replace(/^lib_?(?=[a-z])/, "");
  const name = plain.slice(0, LONGEST).replace(/_+$/, "");
  if (NAME.test(name)) return name;
  throw new UsageError(`no name for C can be made of the folder "${folder}"`, "give one: --name NAME");
}
