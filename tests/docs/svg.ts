/**
 * Draws what a terminal shows: text with our colours in, an SVG out, the same bytes each time. Colours are those that the
 * pretty reporter uses; any other sequence is an error.
 */
const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

const CELL = 8.4;
const ROW = 18;
const EDGE = 16;
const BAR = 28;

const COLOURS: Readonly<Record<number, string>> = {
  30: "#1d2027",
  31: "#ff7b72",
  32: "#56d364",
  33: "#e3b341",
  34: "#79c0ff",
  35: "#d2a8ff",
  36: "#76e3ea",
  37: "#ffffff",
  90: "#8b949e",
};
const GROUNDS: Readonly<Record<number, string>> = { 41: "#c9302c", 42: "#3fb950", 43: "#bb8009" };

/** Characters that take a cell each: all that the reporter prints of itself. */
const cellsOf = (text: string): number => Array.from(text).length;

interface Pen {
  readonly bold: boolean;
  readonly dim: boolean;
  readonly colour?: string;
  readonly ground?: string;
}

interface Piece extends Pen {
  readonly column: number;
  readonly text: string;
}

function penAfter(pen: Pen, code: number): Pen {
  const { colour, ground, ...plain } = pen;
  if (code === 0) return { bold: false, dim: false };
  if (code === 1) return { ...pen, bold: true };
  if (code === 2) return { ...pen, dim: true };
  if (code === 22) return { ...pen, bold: false, dim: false };
  if (code === 39) return ground === undefined ? plain : { ...plain, ground };
  if (code === 49) return colour === undefined ? plain : { ...plain, colour };
  if (COLOURS[code] !== undefined) return { ...pen, colour: COLOURS[code] };
  if (GROUNDS[code] !== undefined) return { ...pen, ground: GROUNDS[code] };
  throw new Error(`a colour that nobody draws: ${String(code)}`);
}

/** Pieces of one look, line by line. */
function piecesOf(text: string): readonly (readonly Piece[])[] {
  let pen: Pen = { bold: false, dim: false };
  return text
    .trimEnd()
    .split("\n")
    .map((line) => {
      const pieces: Piece[] = [];
      let column = 0;
      for (const [, codes, plain] of line.matchAll(/\x1b\[([\d;]*)m|([^\x1b]+)/gu)) {
        if (plain === undefined) {
          for (const code of (codes ?? "0").split(";")) pen = penAfter(pen, Number(code));
          continue;
        }
        pieces.push({ ...pen, column, text: plain });
        column += cellsOf(plain);
      }
      return pieces;
    });
}

const number = (value: number): string => String(Math.round(value * 10) / 10);

function draw({ column, text, bold, dim, colour, ground }: Piece, row: number): string {
  const blanks = text.length - text.trimStart().length;
  const shown = ground === undefined ? text.trim() : text;
  const from = ground === undefined ? column + blanks : column;
  if (shown.trim() === "") return "";
  const cells = cellsOf(shown);
  const [x, y] = [EDGE + from * CELL, BAR + EDGE + row * ROW];
  const box =
    ground === undefined
      ? ""
      : `<rect x="${number(x)}" y="${number(y - 13)}" width="${number(cells * CELL)}" height="${String(ROW)}" rx="3" fill="${ground}"/>`;
  const look = [
    ...(bold ? [' font-weight="700"'] : []),
    ...(dim ? [' fill-opacity="0.62"'] : []),
    ...(colour === undefined ? [] : [` fill="${colour}"`]),
  ].join("");
  // The length keeps columns in line, whichever font is there.
  return `${box}<text x="${number(x)}" y="${number(y)}" textLength="${number(cells * CELL)}"${look}>${escaped(shown)}</text>`;
}

/** A picture of a terminal in which `command` was typed and `output` came. */
export function svgOf(title: string, command: string, output: string): string {
  const lines = piecesOf(`\x1b[2m$\x1b[22m \x1b[1m${command}\x1b[22m\n\n${output}`);
  const columns = Math.max(...lines.flat().map(({ column, text }) => column + cellsOf(text)));
  const [width, height] = [number(2 * EDGE + columns * CELL), number(BAR + EDGE + lines.length * ROW)];
  const dots = ["#ff5f57", "#febc2e", "#28c840"].map(
    (fill, at) => `<circle cx="${String(EDGE + 4 + at * 18)}" cy="16" r="5.5" fill="${fill}"/>`,
  );
  const rows = lines
    .map((pieces, row) => pieces.map((piece) => draw(piece, row)).join(""))
    .filter((row) => row !== "");
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    `<title>${escaped(title)}</title>`,
    "<style>text{font:14px ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace;white-space:pre}</style>",
    `<rect width="${width}" height="${height}" rx="10" fill="#0d1117"/>`,
    dots.join(""),
    '<g fill="#e6edf3">',
    ...rows,
    "</g>",
    "</svg>",
  ].join("\n")}\n`;
}
