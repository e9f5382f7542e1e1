/**
 * Writes messages of Protocol Buffers, as far as a profile needs them: numbers, texts, messages.
 * Source: https://protobuf.dev/programming-guides/encoding/ .
 */

/** A field of a message; its number is from 1 to 15, so that a tag is one byte. */
export type Field = readonly number[];

/** A number from 0 on; a safe integer. */
export function varint(value: number): readonly number[] {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 0x80) {
    bytes.push((rest % 0x80) | 0x80);
    rest = Math.floor(rest / 0x80);
  }
  bytes.push(rest);
  return bytes;
}

/** A field of a number; one that is 0 is left out, as readers take it for 0. */
export const numberField = (field: number, value: number): Field =>
  value === 0 ? [] : [field << 3, ...varint(value)];

const lengthField = (field: number, bytes: ArrayLike<number>): Field => [
  (field << 3) | 2,
  ...varint(bytes.length),
  ...Array.from(bytes),
];

/** A field of numbers, packed. */
export const numbersField = (field: number, values: readonly number[]): Field =>
  lengthField(field, values.flatMap(varint));

export const textField = (field: number, text: string): Field =>
  lengthField(field, new TextEncoder().encode(text));

export const messageField = (field: number, fields: readonly Field[]): Field =>
  lengthField(field, fields.flat());
