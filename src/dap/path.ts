/** The expression of C for what is in a variable object. Pure. Source: GDB manual, "GDB/MI Variable Objects". */

/** What holds it: its own expression, and its type as gdb writes it. */
export interface Holder {
  readonly path: string;
  readonly type: string;
}

/**
 * @param exp how gdb names the child: a member, an index, or `*pointer` for what a pointer to no structure points to
 */
export function pathOfChild({ path, type }: Holder, exp: string): string {
  if (exp.startsWith("*")) return `(*${path})`;
  if (/^\d+$/.test(exp)) return `${path}[${exp}]`;
  // A union or a structure without a name has members that belong to what it is in.
  if (exp.startsWith("<anonymous")) return path;
  return `${path}${/\*(?: const| volatile)*$/.test(type) ? "->" : "."}${exp}`;
}
