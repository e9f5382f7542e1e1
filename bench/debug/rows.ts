/** What the tables of bench:debug are made of: one line each, and the middle of what was measured. */

/** Prints a line. */
export const say = (line: string): void => void process.stdout.write(`${line}\n`);

export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;

/** Prints a row. @param cells numbers or the heads over them, a column each */
export const row = (name: string, ...cells: readonly (string | number)[]): void => {
  say(`${name.padEnd(50)}${cells.map((cell) => String(cell).padStart(10)).join("")}`);
};
