/** Which file of an image an editor means: pure. A compiler may have had another folder than the editor, so the ends of paths count. */

export interface SourceFile {
  /** As the compiler has it. */
  readonly file: string;
  /** Where gdb finds it. */
  readonly fullname: string;
}

const partsOf = (path: string): readonly string[] =>
  path.split("/").filter((part) => part !== "" && part !== ".");

/** How many parts two paths have in common at their ends. */
function commonEnd(one: string, other: string): number {
  const [these, those] = [partsOf(one), partsOf(other)];
  let count = 0;
  while (count < Math.min(these.length, those.length) && these.at(-1 - count) === those.at(-1 - count))
    count += 1;
  return count;
}

/** The name under which gdb knows the file at an absolute path; undefined where the image has no such file. */
export function nameOfSource(path: string, files: readonly SourceFile[]): string | undefined {
  const same = files.find(({ fullname }) => fullname === path);
  if (same !== undefined) return same.fullname;
  const best = files
    .map(({ file, fullname }) => ({ fullname, common: commonEnd(file, path) }))
    .reduce((one, other) => (other.common > one.common ? other : one), { fullname: "", common: 0 });
  return best.common === 0 ? undefined : best.fullname;
}
