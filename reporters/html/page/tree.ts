/**
 * The tree of suites and cases: only the rows in sight are in the document, so that 20,000 cases scroll like twenty. It
 * does not decide what is shown in it.
 */
import { formatDuration } from "../../../src/text/duration.js";
import type { Group, Row } from "./catalogue.js";
import { el, icon, marked } from "./dom.js";
import { turnMark } from "./past.js";
import { STATUS } from "./words.js";

/** Rows above and below those in sight. */
const SPARE = 12;

export interface TreeEvents {
  /** A case was chosen; `byHand`: it is to be opened where it is not beside the tree. */
  chosen(row: Extract<Row, { kind: "case" }>, byHand: boolean): void;
  toggled(group: Group, open: boolean): void;
}

export class Tree {
  readonly element: HTMLElement;
  readonly #body: HTMLElement;
  readonly #empty: HTMLElement;
  readonly #events: TreeEvents;
  #rows: readonly Row[] = [];
  #words: readonly string[] = [];
  /** The row that has the keyboard; -1: none. */
  #at = -1;
  #drawn = "";
  #isPlanned = false;

  /** @param nothing what is said where there is no row */
  constructor(nothing: string, events: TreeEvents) {
    this.#events = events;
    this.#body = el("div.rows", { role: "presentation" });
    this.#empty = el("p.empty", { hidden: true }, nothing);
    this.element = el(
      "div.tree",
      { role: "tree", tabindex: "0", "aria-label": "Suites and cases" },
      this.#body,
      this.#empty,
    );
    this.element.addEventListener("scroll", () => this.#plan(), { passive: true });
    this.element.addEventListener("keydown", (event) => this.#key(event));
    this.#body.addEventListener("click", (event) => this.#click(event));
    new ResizeObserver(() => this.#plan()).observe(this.element);
  }

  /** Shows other rows; the one that was chosen stays chosen where it is still there. */
  show(rows: readonly Row[], words: readonly string[]): void {
    const before = this.#rows[this.#at];
    this.#rows = rows;
    this.#words = words;
    this.#at = before === undefined ? -1 : rows.findIndex((row) => isSame(row, before));
    this.#empty.hidden = rows.length > 0;
    this.#body.style.height = `${String(rows.length * this.#rowHeight())}px`;
    this.#drawn = "";
    this.#draw();
  }

  /** Chooses a row without a word to anybody, and brings it into sight. */
  select(wanted: (row: Row) => boolean): void {
    this.#at = this.#rows.findIndex(wanted);
    this.#reveal();
  }

  /** Moves to the next row that is wanted, or stays. */
  move(step: 1 | -1, wanted: (row: Row) => boolean = () => true): void {
    const start = this.#at < 0 && step < 0 ? this.#rows.length : this.#at;
    for (let at = start + step; at >= 0 && at < this.#rows.length; at += step) {
      const row = this.#rows[at];
      if (row === undefined || !wanted(row)) continue;
      this.#go(at);
      return;
    }
  }

  #go(at: number): void {
    this.#at = at;
    this.#reveal();
    const row = this.#rows[at];
    if (row?.kind === "case") this.#events.chosen(row, false);
  }

  #rowHeight(): number {
    return window.matchMedia("(pointer: coarse), (max-width: 720px)").matches ? 44 : 32;
  }

  #reveal(): void {
    const height = this.#rowHeight();
    const { element } = this;
    const top = this.#at * height;
    if (this.#at >= 0 && top < element.scrollTop + height) element.scrollTop = Math.max(0, top - height);
    else if (top + height > element.scrollTop + element.clientHeight)
      element.scrollTop = top + 2 * height - element.clientHeight;
    this.#drawn = "";
    this.#draw();
  }

  #plan(): void {
    if (this.#isPlanned) return;
    this.#isPlanned = true;
    window.requestAnimationFrame(() => {
      this.#isPlanned = false;
      this.#draw();
    });
  }

  #draw(): void {
    const height = this.#rowHeight();
    const { scrollTop, clientHeight } = this.element;
    const from = Math.max(0, Math.floor(scrollTop / height) - SPARE);
    const to = Math.min(this.#rows.length, Math.ceil((scrollTop + clientHeight) / height) + SPARE);
    const drawn = `${String(from)} ${String(to)} ${String(height)}`;
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    const shown = this.#rows.slice(from, to).map((row, index) => this.#row(row, from + index, height));
    this.#body.replaceChildren(...shown);
    const current = this.#at >= from && this.#at < to ? `row-${String(this.#at)}` : undefined;
    if (current === undefined) this.element.removeAttribute("aria-activedescendant");
    else this.element.setAttribute("aria-activedescendant", current);
  }

  #row(row: Row, index: number, height: number): HTMLElement {
    const made = row.kind === "suite" ? this.#suite(row) : this.#case(row);
    made.id = `row-${String(index)}`;
    made.dataset["index"] = String(index);
    made.setAttribute("role", "treeitem");
    made.setAttribute("aria-selected", String(index === this.#at));
    made.style.transform = `translateY(${String(index * height)}px)`;
    made.style.height = `${String(height)}px`;
    return made;
  }

  #suite({ group, shown, isOpen }: Extract<Row, { kind: "suite" }>): HTMLElement {
    const all = group.entries.length;
    return el(
      "div.row.suite",
      { "aria-level": "1", "aria-expanded": String(isOpen) },
      el("span.chevron", { "aria-hidden": "true" }),
      icon(group.worst, STATUS[group.worst]),
      el("span.name", {}, ...marked(group.suite.name, this.#words)),
      group.machine !== undefined && el("span.pill", {}, group.machine),
      el("span.number", {}, shown === all ? String(all) : `${String(shown)} of ${String(all)}`),
    );
  }

  #case({ entry, place, of }: Extract<Row, { kind: "case" }>): HTMLElement {
    const { one } = entry;
    return el(
      `div.row.case.${one.status}`,
      { "aria-level": "2", "aria-posinset": String(place), "aria-setsize": String(of), title: one.name },
      icon(one.status, STATUS[one.status]),
      el("span.name", {}, ...marked(one.name, this.#words)),
      one.flaky === true && el("span.pill.odd", {}, "flaky"),
      turnMark(one),
      one.ms !== undefined && el("span.number", {}, formatDuration(one.ms)),
    );
  }

  #click(event: Event): void {
    const target = event.target instanceof Element ? event.target.closest<HTMLElement>(".row") : null;
    if (target === null) return;
    const at = Number(target.dataset["index"]);
    const row = this.#rows[at];
    if (row === undefined) return;
    this.#at = at;
    if (row.kind === "suite") this.#events.toggled(row.group, !row.isOpen);
    else {
      this.#reveal();
      this.#events.chosen(row, true);
    }
  }

  #key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const row = this.#rows[this.#at];
    const page = Math.max(1, Math.floor(this.element.clientHeight / this.#rowHeight()) - 1);
    const last = this.#rows.length - 1;
    if (last < 0) return;
    const go = (at: number): void => this.#go(Math.min(last, Math.max(0, at)));
    const keys: Readonly<Record<string, () => void>> = {
      ArrowDown: () => go(this.#at + 1),
      ArrowUp: () => go(this.#at - 1),
      PageDown: () => go(this.#at + page),
      PageUp: () => go(this.#at - page),
      Home: () => go(0),
      End: () => go(last),
      ArrowRight: () => {
        if (row?.kind === "suite" && !row.isOpen) this.#events.toggled(row.group, true);
        else go(this.#at + 1);
      },
      ArrowLeft: () => {
        if (row?.kind === "suite" && row.isOpen) this.#events.toggled(row.group, false);
        else if (row?.kind === "case")
          go(this.#rows.findIndex((one) => one.kind === "suite" && one.group === row.entry.group));
      },
      Enter: () => {
        if (row?.kind === "suite") this.#events.toggled(row.group, !row.isOpen);
        else if (row !== undefined) this.#events.chosen(row, true);
      },
    };
    const act = keys[event.key];
    if (act === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }
}

const isSame = (a: Row, b: Row): boolean =>
  a.kind === "suite" ? b.kind === "suite" && a.group === b.group : b.kind === "case" && a.entry === b.entry;
