/**
 * Cuts text to a number of characters and always says how much is missing.
 * It does not cut through a surrogate pair, and to cut without a word.
 */

/** The last index at or before `end` that does not split a surrogate pair. */
function safeEnd(text: string, end: number): number {
  const code = text.charCodeAt(end - 1);
  return end > 0 && end < text.length && code >= 0xd800 && code <= 0xdbff ? end - 1 : end;
}

/** The first index at or after `start` that does not split a surrogate pair. */
function safeStart(text: string, start: number): number {
  const code = text.charCodeAt(start);
  return start > 0 && start < text.length && code >= 0xdc00 && code <= 0xdfff ? start + 1 : start;
}

/** Room for the longest mention: 16 digits are more than a string can be long. */
const MENTION = " [... 0000000000000000 more characters]".length;

/** The beginning of a text, at most `max` UTF-16 units with the mention of what was cut. */
export function shorten(text: string, max: number): string {
  if (text.length <= max) return text;
  const end = safeEnd(text, Math.max(0, max - MENTION));
  return `${text.slice(0, end)} [... ${text.length - end} more characters]`;
}

/** The beginning and the end of a text of several lines, about `max` UTF-16 units, the mention on its own line. */
export function headAndTail(text: string, max: number): string {
  if (text.length <= max) return text;
  const end = safeEnd(text, Math.ceil(max / 2));
  const start = safeStart(text, text.length - Math.floor(max / 2));
  return `${text.slice(0, end)}\n[... ${start - end} characters cut ...]\n${text.slice(start)}`;
}

/** The first items of a list and the number of those left out. */
export const firstOf = <T>(
  items: readonly T[],
  max: number,
): { readonly shown: readonly T[]; readonly more: number } => ({
  shown: items.slice(0, max),
  more: Math.max(0, items.length - max),
});
