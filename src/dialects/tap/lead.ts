/**
 * What stands in front of every line of a stream: the lead of its version line, which following lines repeat.
 * It knows the fields that Linux prints there, whose width and content change from line to line; it reads no TAP.
 */

/**
 * Level, facility, time and caller of a Linux message, each of which may be left out: `<6>`, `kern  :info  : `,
 * `[    1.250000]`, `[Mon Feb 26 14:13:12 2024]`, `[    T1]`, `[    C0]`, `[T1234]`.
 *
 * Source: linux kernel/printk/printk.c (print_prefix), util-linux dmesg.
 */
const PRINTK =
  /^(<\d{1,3}>)?([a-z]{2,10} *:[a-z]{2,10} *: )?(?:(?:(\[(?: *\d{1,10}\.\d{1,9}|[A-Z][a-z]{2} [A-Z][a-z]{2} [\d :.,]{10,24})\])(?: ?(\[ *[CT]\d{1,10}[^\]]{0,40}\]))?|(\[ *[CT]\d{1,10}[^\]]{0,40}\])) )?/;

/** Text in which numbers and spaces no longer tell lines apart: `[    1.25] ` and `[   10.50] ` are one shape. */
const shape = (text: string): string => text.replace(/[0-9 ]/g, "0");

/** The Linux fields that a text begins with. */
function printkOf(text: string): RegExpExecArray | null {
  const first = text.charCodeAt(0);
  // `[`, `<` or a lower-case word: anything else begins no such lead.
  return first === 0x5b || first === 0x3c || (first >= 0x61 && first <= 0x7a) ? PRINTK.exec(text) : null;
}

/** The lead of Linux messages in front of a text; empty where there is none. */
export const printkLead = (text: string): string => printkOf(text)?.[0] ?? "";

/** A lead that lines can be compared with. */
export class Lead {
  readonly #fields: readonly boolean[] | undefined;

  constructor(readonly text: string) {
    const match = text === "" ? null : printkOf(text);
    this.#fields = match !== null && match[0] === text ? fieldsOf(match) : undefined;
  }

  /** What stands after the lead, or nothing when the line does not begin like it. */
  rest(line: string): string | undefined {
    const { text } = this;
    if (text === "") return line;
    if (this.#fields === undefined)
      return shape(line.slice(0, text.length)) === shape(text) ? line.slice(text.length) : undefined;
    const match = printkOf(line);
    if (match === null) return undefined;
    const fields = fieldsOf(match);
    return this.#fields.every((has, at) => has === fields[at]) ? line.slice(match[0].length) : undefined;
  }
}

const fieldsOf = ([, priority, facility, time, caller, alone]: RegExpExecArray): readonly boolean[] => [
  priority !== undefined,
  facility !== undefined,
  time !== undefined,
  caller !== undefined || alone !== undefined,
];
