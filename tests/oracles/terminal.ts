/**
 * What a terminal would not print but obey, hide or reorder. Colours of our own are told apart by their exact form.
 */

const OBEYED = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\p{Cs}]/u;

/** True when nothing in the text but LF and TAB controls a terminal. */
export const isPlain = (text: string): boolean => !OBEYED.test(text);

/** Removes select-graphic-rendition sequences, the only ones our colours consist of. */
export const withoutColours = (text: string): string => text.replace(/\x1b\[[0-9;]*m/g, "");
