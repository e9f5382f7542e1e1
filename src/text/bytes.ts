/**
 * Counts the bytes of a text in UTF-8 without writing them. It does not judge whether they fit.
 */

/** How many bytes a text takes in UTF-8; a surrogate without a partner takes the three of its replacement. */
export function utf8Bytes(text: string): number {
  let bytes = text.length;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code < 0x80) continue;
    bytes += code < 0x800 ? 1 : 2;
    const isPair = code >= 0xd800 && code < 0xdc00 && (text.charCodeAt(index + 1) & 0xfc00) === 0xdc00;
    // Two units, four bytes.
    if (isPair) index += 1;
  }
  return bytes;
}
