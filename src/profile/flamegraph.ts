/**
 * Stacks as flame graphs in one page without scripts: the wider a function, the more samples had it; callers are below.
 * Source of the picture: Brendan Gregg, "Flame Graphs".
 */
import { htmlText } from "../text/html.js";
import { byCase, type Profile, rootFirst, samplesOf, type Stack } from "./profile.js";

interface Node {
  count: number;
  readonly children: Map<string, Node>;
}

/** A box of the picture. */
interface Box {
  readonly name: string;
  readonly depth: number;
  /** Samples before it, and its own. */
  readonly from: number;
  readonly count: number;
}

const WIDTH = 1200;
const ROW = 18;
/** Narrower boxes are left out, in pixels. */
const LEAST = 0.5;
/** A letter is about so wide, in pixels. */
const LETTER = 7;

function treeOf(stacks: readonly Stack[]): Node {
  const root: Node = { count: 0, children: new Map() };
  for (const stack of stacks) {
    let node = root;
    node.count += stack.count;
    for (const { function: name } of rootFirst(stack)) {
      const next: Node = node.children.get(name) ?? { count: 0, children: new Map() };
      node.children.set(name, next);
      next.count += stack.count;
      node = next;
    }
  }
  return root;
}

/** The boxes of a tree that can be seen; children in the order of their names, so that two pictures can be compared. */
function boxesOf(root: Node): readonly Box[] {
  const boxes: Box[] = [];
  const least = (root.count * LEAST) / WIDTH;
  const place = (node: Node, depth: number, start: number): void => {
    let from = start;
    for (const [name, child] of [...node.children].sort(([a], [b]) => (a < b ? -1 : 1))) {
      if (child.count >= least) {
        boxes.push({ name, depth, from, count: child.count });
        place(child, depth + 1, from);
      }
      from += child.count;
    }
  };
  place(root, 0, 0);
  return boxes;
}

/** A warm colour that a name always has. */
function colourOf(name: string): string {
  let hash = 0;
  for (const letter of name) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) % 360;
  return `hsl(${String(hash % 55)} 85% ${String(62 + (hash % 12))}%)`;
}

function pictureOf(stacks: readonly Stack[]): string {
  const root = treeOf(stacks);
  const boxes = boxesOf(root);
  const rows = 1 + boxes.reduce((most, { depth }) => Math.max(most, depth), 0);
  const drawn = boxes.map(({ name, depth, from, count }) => {
    const [x, width] = [(from / root.count) * WIDTH, (count / root.count) * WIDTH];
    const y = (rows - 1 - depth) * ROW;
    const share = ((100 * count) / root.count).toFixed(1);
    const letters = Math.floor((width - 4) / LETTER);
    const text = name.length <= letters ? name : letters > 3 ? `${name.slice(0, letters - 1)}…` : "";
    return (
      `<g><title>${htmlText(`${name}: ${String(count)} samples, ${share} %`)}</title>` +
      `<rect x="${x.toFixed(1)}" y="${String(y)}" width="${width.toFixed(1)}" height="${String(ROW - 1)}" ` +
      `fill="${colourOf(name)}"/>` +
      `<text x="${(x + 3).toFixed(1)}" y="${String(y + 13)}">${htmlText(text)}</text></g>`
    );
  });
  const size = `viewBox="0 0 ${String(WIDTH)} ${String(rows * ROW)}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img">${drawn.join("\n")}</svg>\n`;
}

const STYLE =
  "body{font:14px sans-serif;margin:1em;background:#fff;color:#111}svg{width:100%}svg text{font:12px monospace;fill:#111}";

/**
 * The page: a picture for each boot, or for each of its cases.
 * @param notes what is to be said of how it was measured
 */
export function flamegraphOf(
  profiles: readonly Profile[],
  isByCase: boolean,
  notes: readonly string[],
): string {
  const pictures = profiles.flatMap(({ source, stacks }) => {
    const own = isByCase
      ? [...byCase(stacks)].map(([name, some]) => [`${name} (${source})`, some] as const)
      : [[source, stacks] as const];
    return own.map(
      ([title, some]) =>
        `<h2>${htmlText(title)}: ${String(samplesOf(some))} samples</h2>\n${pictureOf(some)}`,
    );
  });
  const said = notes.map((note) => `<p>${htmlText(note)}</p>\n`).join("");
  return (
    `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>Flame graph</title><style>${STYLE}</style></head>\n` +
    `<body><h1>Flame graph</h1>\n${said}${pictures.join("")}</body></html>\n`
  );
}
