/**
 * The timeline of one boot: suites, cases, events, what was measured, crashes and findings on one axis, which can be zoomed
 * and walked through with keys; and the same in words. It draws at most a few hundred shapes a line, however many cases
 * there are, and draws again when it gets wider or narrower.
 */
import { plural } from "../../../src/core/plural.js";
import type { BootData, PageData } from "../data.js";
import { type Line, linesOf, wordsOf } from "./axis-lines.js";
import { capped, el, fold, icon } from "./dom.js";
import { type Axis, axisOf, type Placed, type Result } from "./placed.js";
import { type Shape, shapesOf, ticksOf, timeText, type Window } from "./shapes.js";

const SVG = "http://www.w3.org/2000/svg";
/** Before the page knows how wide it is, as on paper. */
const WIDTH = 860;
const HEIGHT = { span: 20, mark: 14, bar: 30 } as const;
/** What is red stands out without its colour as well. */
const CALM: ReadonlySet<string> = new Set(["passed", "skipped"]);
const CALM_TOP = 6;
const LETTER_WIDTH = 6.6;
const TICK_WIDTH = 90;
const LISTED = 100;
/** Nothing is seen closer than this part of the axis. */
const CLOSEST = 1e-6;

const CAPTION: Readonly<Record<Axis["source"], string>> = {
  trace: "The clock of the guest. When a case began is noted by its tracepoints.",
  durations:
    "The clock of the guest. How long a case took is known, and not when it began: cases stand one after another.",
  order: "No time was measured: each case is one step.",
};

function drawn(what: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
  const element = document.createElementNS(SVG, what);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  return element;
}

/** The picture of a boot: what it shows at the moment, and how it changes. */
class Picture {
  readonly element: HTMLElement;
  readonly #lines: readonly Line[];
  readonly #axis: Axis;
  readonly #drawing = el("div.lines-of-axis");
  readonly #said = el("p.quiet.said", { "aria-hidden": "true" });
  readonly #tools: HTMLElement;
  readonly #all: Window;
  #window: Window;
  #width = WIDTH;
  #rows: (readonly { readonly element: SVGElement; readonly shape: Shape }[])[] = [];

  constructor(lines: readonly Line[], axis: Axis, name: string) {
    this.#lines = lines;
    this.#axis = axis;
    this.#all = axis.to > axis.from ? axis : { from: axis.from, to: axis.from + 1 };
    this.#window = this.#all;
    const tool = (label: string, sign: string, act: () => void): HTMLElement =>
      el("button.quiet-button", { type: "button", "aria-label": label, title: label, onclick: act }, sign);
    this.#tools = el(
      "p.axis-tools",
      {},
      tool("Zoom in", "+", () => this.#zoom(1 / 3)),
      tool("Zoom out", "\u2212", () => this.#zoom(3)),
      tool("Earlier", "\u2190", () => this.#move(-1)),
      tool("Later", "\u2192", () => this.#move(1)),
      tool("All of it", "All", () => this.#show(this.#all)),
    );
    this.element = el(
      "div.boot-axis",
      {
        role: "group",
        "aria-label": `Timeline of ${name}`,
        onkeydown: (event) => this.#key(event as KeyboardEvent),
      },
      this.#tools,
      this.#drawing,
      this.#said,
    );
    this.#draw();
    new ResizeObserver(() => this.#fit()).observe(this.#drawing);
  }

  /** Draws again for the width that there is. */
  #fit(): void {
    const width = this.#drawing.querySelector("svg")?.clientWidth ?? 0;
    if (width < 40 || Math.abs(width - this.#width) < 2) return;
    this.#width = width;
    this.#draw();
  }

  #show(window: Window): void {
    const length = Math.min(this.#all.to - this.#all.from, window.to - window.from);
    const from = Math.min(Math.max(window.from, this.#all.from), this.#all.to - length);
    this.#window = { from, to: from + length };
    this.#draw();
  }

  #zoom(times: number, around = (this.#window.from + this.#window.to) / 2): void {
    const half = ((this.#window.to - this.#window.from) * times) / 2;
    if (half * 2 >= (this.#all.to - this.#all.from) * CLOSEST)
      this.#show({ from: around - half, to: around + half });
  }

  #move(by: 1 | -1): void {
    const step = ((this.#window.to - this.#window.from) / 2) * by;
    this.#show({ from: this.#window.from + step, to: this.#window.to + step });
  }

  #draw(): void {
    const held = this.#focused();
    this.#rows = [];
    const rows = this.#lines.map((line) => this.#row(line));
    this.#drawing.replaceChildren(...rows, this.#ruler());
    this.#rows.flat()[0]?.element.setAttribute("tabindex", "0");
    const isWhole = this.#window.from <= this.#all.from && this.#window.to >= this.#all.to;
    for (const button of Array.from(this.#tools.querySelectorAll("button")).slice(1))
      button.disabled = isWhole;
    if (held !== undefined) this.#focus(this.#nearest(held.row, (held.shape.from + held.shape.to) / 2));
  }

  #row(line: Line): HTMLElement {
    const height = HEIGHT[line.kind];
    const svg = drawn("svg", { class: `axis-line of-${line.kind}`, height });
    const shapes = shapesOf(line.items, this.#window, this.#width);
    const row = shapes.map((shape) => ({ element: this.#shape(line, shape, height), shape }));
    this.#rows.push(row);
    for (const { element, shape } of row) {
      svg.append(element);
      const { label } = shape.item;
      if (line.kind !== "span" || label === undefined || shape.count > 1) continue;
      const room = Math.floor((shape.width - 8) / LETTER_WIDTH);
      if (room < 3) continue;
      const text = drawn("text", {
        x: shape.x + 4,
        y: height - 3,
        class: CALM.has(shape.item.look) ? "calm" : "red",
      });
      text.textContent = label.length <= room ? label : `${label.slice(0, room - 1)}\u2026`;
      svg.append(text);
    }
    const most = line.mostText === undefined ? undefined : el("span.number", {}, `up to ${line.mostText}`);
    return el("div.axis-row", {}, el("p.axis-name", {}, line.name, most), svg);
  }

  #shape({ kind, most = 0 }: Line, shape: Shape, height: number): SVGElement {
    const { item, x, width, value } = shape;
    const size = kind === "bar" ? Math.max(value > 0 ? 2 : 1, (value / Math.max(most, 1)) * height) : height;
    const top = kind === "bar" ? height - size : kind === "span" && CALM.has(item.look) ? CALM_TOP : 0;
    const said = this.#words(shape);
    const bottom = kind === "span" && CALM.has(item.look) ? height - CALM_TOP : size;
    const element = drawn("rect", {
      ...{
        x: x.toFixed(1),
        width: Math.max(1, width - 1).toFixed(1),
        y: top,
        height: kind === "span" ? bottom : size,
      },
      ...{ class: item.look, tabindex: -1, role: "button", "aria-label": said, rx: 2 },
    });
    element.addEventListener("focus", () => (this.#said.textContent = said));
    element.addEventListener("mouseenter", () => (this.#said.textContent = said));
    element.addEventListener("click", () => this.#open(shape));
    return element;
  }

  #words({ count, item, from, to }: Shape): string {
    if (count === 1 || item.count === count) return item.text;
    const length = this.#window.to - this.#window.from;
    const range =
      this.#axis.source === "order" ? "" : ` from ${timeText(from, length)} to ${timeText(to, length)}`;
    return `${String(count)}${range}, among them ${item.text}`;
  }

  /** A case opens; several that are too narrow to be seen alone are looked at more closely. */
  #open({ item, count, from, to }: Shape): void {
    const length = to - from;
    if (
      count > 1 &&
      length > (this.#all.to - this.#all.from) * CLOSEST &&
      length < this.#window.to - this.#window.from
    )
      this.#show({ from: from - length * 0.02, to: to + length * 0.02 });
    else if (item.link !== undefined) window.location.hash = `#${item.link}`;
  }

  #focused(): { readonly row: number; readonly at: number; readonly shape: Shape } | undefined {
    for (const [row, shapes] of this.#rows.entries()) {
      const at = shapes.findIndex(({ element }) => element === document.activeElement);
      const shape = shapes[at]?.shape;
      if (shape !== undefined) return { row, at, shape };
    }
    return undefined;
  }

  #nearest(row: number, time: number): SVGElement | undefined {
    const far = ({ shape }: { readonly shape: Shape }): number =>
      Math.max(shape.from - time, time - shape.to, 0);
    return this.#rows[row]?.toSorted((a, b) => far(a) - far(b))[0]?.element;
  }

  #focus(element: SVGElement | undefined): void {
    if (element === undefined) return;
    for (const { element: other } of this.#rows.flat()) other.setAttribute("tabindex", "-1");
    element.setAttribute("tabindex", "0");
    element.focus();
  }

  /** From shape to shape with the arrows; past the last one the window moves on. */
  #walk(key: string): boolean {
    const now = this.#focused();
    if (now === undefined) return false;
    const { row, at, shape } = now;
    const shapes = this.#rows[row] ?? [];
    const middle = (shape.from + shape.to) / 2;
    const by = { ArrowLeft: -1, ArrowRight: 1 }[key];
    if (by !== undefined) {
      const next = shapes[at + by]?.element;
      if (next === undefined) this.#move(by as 1 | -1);
      this.#focus(next);
    } else if (key === "ArrowUp" || key === "ArrowDown")
      this.#focus(this.#beside(row, key === "ArrowUp" ? -1 : 1, middle));
    else if (key === "Home" || key === "End") this.#focus(shapes.at(key === "Home" ? 0 : -1)?.element);
    else if (key === "Enter" || key === " ") this.#open(shape);
    else if (key === "+" || key === "-") this.#zoom(key === "+" ? 1 / 3 : 3, middle);
    else return false;
    return true;
  }

  /** The next line above or below that shows something. */
  #beside(row: number, by: 1 | -1, time: number): SVGElement | undefined {
    for (let next = row + by; next >= 0 && next < this.#rows.length; next += by)
      if ((this.#rows[next]?.length ?? 0) > 0) return this.#nearest(next, time);
    return undefined;
  }

  #key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || !this.#walk(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** The numbers under the lines. */
  #ruler(): HTMLElement {
    const { from, to } = this.#window;
    const ruler = drawn("svg", { class: "axis-line ruler", height: 18, "aria-hidden": "true" });
    const ticks =
      this.#axis.source === "order"
        ? []
        : ticksOf(this.#window, Math.max(1, Math.floor(this.#width / TICK_WIDTH)));
    for (const tick of ticks) {
      const x = ((tick - from) / (to - from)) * this.#width;
      ruler.append(drawn("line", { x1: x, x2: x, y1: 0, y2: 4 }));
      const anchor = x < 20 ? "start" : x > this.#width - 30 ? "end" : "middle";
      const text = drawn("text", { x, y: 15, "text-anchor": anchor });
      text.textContent = timeText(tick, to - from);
      ruler.append(text);
    }
    return el("div.axis-row", {}, el("p.axis-name"), ruler);
  }
}

/** The same in words. */
function words(lines: readonly Line[], axis: Axis): HTMLElement {
  const row = (one: Placed): HTMLElement =>
    el("li", {}, icon(one.status), el("a", { href: `#${one.entry.link}` }, wordsOf(one, axis)));
  const length = axis.to - axis.from;
  const rest = lines.filter(({ name }) => name !== "Suites" && name !== "Cases");
  return fold(["The same in words"], () => [
    list("Cases", axis.placed, row),
    ...rest.map(({ name, items }) =>
      list(name, items, ({ from, text }) =>
        el("li", {}, axis.source === "order" ? text : `${timeText(from, length)}: ${text}`),
      ),
    ),
  ]);
}

const list = <T>(name: string, items: readonly T[], row: (item: T) => HTMLElement): HTMLElement | false => {
  if (items.length === 0) return false;
  const rows = capped(items, LISTED, row);
  rows.setAttribute("role", "list");
  rows.setAttribute("aria-label", name);
  return el("div.axis-words", {}, el("h3", {}, name), rows);
};

/** The timeline of a boot; undefined where nothing ran in it and nothing was traced. */
export function bootAxis(
  data: PageData,
  boot: BootData,
  results: readonly Result[],
): HTMLElement | undefined {
  const axis = axisOf(boot, results);
  const lines = linesOf(data, boot, axis);
  if (lines.length === 0) return undefined;
  const name = `boot ${String(data.boots.indexOf(boot) + 1)}, ${boot.name}`;
  return el(
    "div.boot-timeline",
    {},
    new Picture(lines, axis, name).element,
    el("p.quiet", {}, `${CAPTION[axis.source]} ${plural(axis.placed.length, "case")}.`),
    words(lines, axis),
  );
}
