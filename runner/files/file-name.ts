/** Names of files that are made of other names: a suite, a machine, an image. */

/** Longest name that every file system takes, with room for an ending. */
const MOST_CHARS = 200;

/** The text as part of a file's name: letters, digits and `_.-`. */
export const fileName = (text: string): string => text.replaceAll(/[^\w.-]+/g, "-").slice(0, MOST_CHARS);
