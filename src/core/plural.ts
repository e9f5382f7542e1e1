/** A number with its noun: `1 case`, `2 cases`; of another form where adding an s is wrong. */
export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${String(count)} ${count === 1 ? one : many}`;
