/**
 * Reads the colours of a console line (ECMA-48 SGR) into spans with names of styles. Every other escape sequence and
 * control byte is spelled out; it does not let one through, and colours that would not be legible on the page.
 */
import { shorten } from "../../src/text/shorten.js";
import { visibleLine } from "../../src/text/visible.js";
import type { Span } from "./data.js";

const SGR = /(?:\x1b\[|\x9b)([0-9;:]*)m/g;

interface Look {
  readonly ink?: number;
  readonly ground?: number;
  readonly bold?: true;
  readonly faint?: true;
  readonly italic?: true;
  readonly underlined?: true;
  readonly reversed?: true;
  readonly struck?: true;
}

/** The sixteen colours of a terminal as red, green and blue, to find the nearest of; the page has its own for each. */
const SIXTEEN: readonly (readonly [number, number, number])[] = [
  ...[0, 1, 2, 3, 4, 5, 6, 7].map((bits) => rgbOf(bits, 170, 0)),
  ...[0, 1, 2, 3, 4, 5, 6, 7].map((bits) => rgbOf(bits, 255, 85)),
];

function rgbOf(bits: number, on: number, off: number): readonly [number, number, number] {
  const level = (bit: number): number => ((bits & bit) === 0 ? off : on);
  return [level(1), level(2), level(4)];
}

function nearest(red: number, green: number, blue: number): number {
  const distances = SIXTEEN.map(([r, g, b]) => (r - red) ** 2 + (g - green) ** 2 + (b - blue) ** 2);
  return distances.indexOf(Math.min(...distances));
}

/** One of 256 colours: sixteen, a cube of six levels, and greys. */
function of256(index: number): number {
  if (index < 16) return index;
  if (index >= 232) return nearest(...grey(8 + (index - 232) * 10));
  const level = (step: number): number => (step === 0 ? 0 : 55 + step * 40);
  const at = index - 16;
  return nearest(level(Math.floor(at / 36)), level(Math.floor(at / 6) % 6), level(at % 6));
}

const grey = (level: number): readonly [number, number, number] => [level, level, level];

const byte = (value: number | undefined): number => Math.min(255, Math.max(0, value ?? 0));

/** The colour after 38 or 48, and how many parameters it took. */
function extended(codes: readonly number[], at: number): { readonly color?: number; readonly used: number } {
  if (codes[at] === 5) return { color: of256(byte(codes[at + 1])), used: 2 };
  if (codes[at] !== 2) return { used: 0 };
  const [red, green, blue] = codes.slice(at + 1, at + 4).map(byte);
  return { color: nearest(byte(red), byte(green), byte(blue)), used: 4 };
}

const SET: Readonly<Record<number, Look>> = {
  1: { bold: true },
  2: { faint: true },
  3: { italic: true },
  4: { underlined: true },
  7: { reversed: true },
  9: { struck: true },
};
const UNSET: Readonly<Record<number, readonly (keyof Look)[]>> = {
  22: ["bold", "faint"],
  23: ["italic"],
  24: ["underlined"],
  27: ["reversed"],
  29: ["struck"],
  39: ["ink"],
  49: ["ground"],
};

const without = (look: Look, gone: readonly string[]): Look =>
  Object.fromEntries(Object.entries(look).filter(([name]) => !gone.includes(name)));

/** The look after one sequence. Unknown parameters change nothing. */
function applied(look: Look, parameters: string): Look {
  const codes = parameters.split(/[;:]/).map(Number);
  let now = look;
  for (let at = 0; at < codes.length; at += 1) {
    const code = codes[at] ?? 0;
    if (code === 0) now = {};
    else if (code === 38 || code === 48) {
      const { color, used } = extended(codes, at + 1);
      if (color !== undefined) now = { ...now, [code === 38 ? "ink" : "ground"]: color };
      at += used;
    } else if (code >= 30 && code <= 37) now = { ...now, ink: code - 30 };
    else if (code >= 90 && code <= 97) now = { ...now, ink: code - 82 };
    else if (code >= 40 && code <= 47) now = { ...now, ground: code - 40 };
    else if (code >= 100 && code <= 107) now = { ...now, ground: code - 92 };
    else now = without({ ...now, ...SET[code] }, UNSET[code] ?? []);
  }
  return now;
}

/** Names of styles: `b` bold, `f3` ink 3, `g1` ground 1, … */
function stylesOf({ ink, ground, bold, faint, italic, underlined, reversed, struck }: Look): string {
  const [front, back] = reversed === true ? [ground ?? 16, ink ?? 17] : [ink, ground];
  return [
    bold === true && "b",
    faint === true && "d",
    italic === true && "i",
    underlined === true && "u",
    struck === true && "s",
    front !== undefined && `f${front}`,
    back !== undefined && `g${back}`,
  ]
    .filter((name) => name !== false)
    .join(" ");
}

const LEFT_OVER = /[\x00-\x08\x0a-\x1f\x7f-\x9f]+/g;
/** Spells control bytes with their own look, so that `\x1b` that was sent differs from `\x1b` that was typed. */
function* spelled(text: string, styles: string): Generator<Span> {
  const span = (piece: string): Span => (styles === "" ? piece : [piece, styles]);
  let from = 0;
  for (const { 0: controls, index } of text.matchAll(LEFT_OVER)) {
    if (index > from) yield span(visibleLine(text.slice(from, index)));
    const codes = Array.from(controls, (one) => `\\x${one.charCodeAt(0).toString(16).padStart(2, "0")}`);
    yield [codes.join(""), "ctl"];
    from = index + controls.length;
  }
  if (from < text.length) yield span(visibleLine(text.slice(from)));
}

/** A line of the console as spans; cut at `max` UTF-16 units first. Linear in its length. */
export function spansOf(text: string, max: number): readonly Span[] {
  const line = shorten(text, max);
  const spans: Span[] = [];
  let look: Look = {};
  let from = 0;
  for (const { 0: whole, 1: parameters = "", index } of line.matchAll(SGR)) {
    spans.push(...spelled(line.slice(from, index), stylesOf(look)));
    look = applied(look, parameters);
    from = index + whole.length;
  }
  spans.push(...spelled(line.slice(from), stylesOf(look)));
  return spans;
}
