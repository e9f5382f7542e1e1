/**
 * Format strings of tracepoints: which of C's conversions stands for which argument, and the text that they make of
 * values. It knows no floating point, and reads strings from anywhere: what is no conversion is text.
 */

interface Conversion {
  /** As it stands there. */
  readonly text: string;
  readonly flags: string;
  readonly width: number;
  readonly precision: number | undefined;
  readonly letter: string;
}

type Piece = string | Conversion;

const CONVERSION = /%([-+ #0]*)(\d{0,4})(?:\.(\d{0,4}))?(?:hh?|ll?|[jztLq])?([diouxXcspn%])/g;
/** Of a column: no guest needs a wider one. */
const MAX_WIDTH = 200;

/** The pieces of a format string, in order. */
function piecesOf(format: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of format.matchAll(CONVERSION)) {
    const [text, flags = "", width = "", precision, letter = ""] = match;
    pieces.push(format.slice(from, match.index));
    from = match.index + text.length;
    if (letter === "%") pieces.push("%");
    else
      pieces.push({
        ...{ text, flags, letter, width: Math.min(Number(width), MAX_WIDTH) },
        precision: precision === undefined ? undefined : Math.min(Number(precision), MAX_WIDTH),
      });
  }
  return [...pieces, format.slice(from)];
}

/** Whether each argument that a format mentions is shown as a signed integer. */
export const isSignedIn = (format: string): readonly boolean[] =>
  piecesOf(format).flatMap((piece) =>
    typeof piece === "string" ? [] : [piece.letter === "d" || piece.letter === "i"],
  );

/** The base in which each argument that a format mentions is shown. */
export const baseIn = (format: string): readonly number[] =>
  piecesOf(format).flatMap((piece) => (typeof piece === "string" ? [] : [NUMBERS[piece.letter]?.[0] ?? 10]));

const NUMBERS: Readonly<Record<string, readonly [base: number, prefix: string]>> = {
  o: [8, "0"],
  x: [16, "0x"],
  X: [16, "0X"],
  p: [16, "0x"],
};

function digitsOf(value: bigint, { flags, precision = 0, letter }: Conversion): readonly [string, string] {
  const [base, prefix] = NUMBERS[letter] ?? [10, ""];
  const size = value < 0n ? -value : value;
  const digits = size.toString(base).padStart(precision, "0");
  const sign = value < 0n ? "-" : flags.includes("+") ? "+" : "";
  const hasPrefix = letter === "p" || (flags.includes("#") && size !== 0n);
  return [sign + (hasPrefix ? prefix : ""), letter === "X" ? digits.toUpperCase() : digits];
}

/** One value as its conversion shows it; one of another kind as it is. */
function shown(value: bigint | string, conversion: Conversion): string {
  const { flags, width, precision, letter } = conversion;
  if (typeof value === "string" || letter === "s" || letter === "n") {
    const text = String(value).slice(0, letter === "s" ? precision : undefined);
    return flags.includes("-") ? text.padEnd(width) : text.padStart(width);
  }
  if (letter === "c") return String.fromCharCode(Number(BigInt.asUintN(8, value)));
  const [before, digits] = digitsOf(value, conversion);
  if (flags.includes("-")) return (before + digits).padEnd(width);
  return flags.includes("0") && precision === undefined
    ? before + digits.padStart(width - before.length, "0")
    : (before + digits).padStart(width);
}

/** The values of a record as its format shows them; those that it does not mention stand after it. */
export function formatted(format: string, values: readonly (bigint | string)[]): string {
  let next = 0;
  const text = piecesOf(format)
    .map((piece) => {
      if (typeof piece === "string") return piece;
      const value = values[next];
      next += 1;
      return value === undefined ? piece.text : shown(value, piece);
    })
    .join("");
  const rest = values.slice(next).map((value) => (typeof value === "string" ? `"${value}"` : String(value)));
  return [text, ...rest].filter((part) => part !== "").join(" ");
}
