/**
 * Single keys from standard input while something else goes on. On a terminal each key counts at once and none is shown;
 * from a pipe each line is a key, an empty one Enter. The end of the input is no key: a watch may run without any.
 */

/** What was pressed: `enter`, `interrupt` for Ctrl-C, `end` for Ctrl-D, or the character itself. */
export type Key = string;

const NAMES: Readonly<Record<string, Key>> = {
  "\r": "enter",
  "\n": "enter",
  "\x03": "interrupt",
  "\x04": "end",
};

/** Calls back for each key; the returned function gives the input back as it was. */
export function openKeys(pressed: (key: Key) => void): () => void {
  const stdin = process.stdin;
  const isTerminal = stdin.isTTY;
  let line = "";
  const take = (chunk: string): void => {
    for (const character of chunk) {
      if (isTerminal) pressed(NAMES[character] ?? character);
      else if (character !== "\n") line += character;
      else {
        pressed(line.trim() === "" ? "enter" : line.trim());
        line = "";
      }
    }
  };
  if (isTerminal) stdin.setRawMode(true);
  // A terminal that has gone says so by an error; whoever needs to know hears of it by a signal.
  stdin.on("error", () => undefined);
  stdin.setEncoding("utf8").on("data", take);
  return () => {
    stdin.off("data", take);
    if (isTerminal) stdin.setRawMode(false);
    stdin.destroy();
  };
}
