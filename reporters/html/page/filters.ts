/**
 * The search box and a button for each status that occurs. It holds the choice and does not apply it.
 */
import type { CaseStatus } from "../../../src/core/events.js";
import { isRed, STATUSES, type Choice } from "./catalogue.js";
import { el, icon } from "./dom.js";
import { STATUS } from "./words.js";

export class Filters {
  readonly element: HTMLElement;
  readonly #input: HTMLInputElement;
  readonly #buttons = new Map<CaseStatus, HTMLElement>();
  readonly #chosen = new Set<CaseStatus>();
  readonly #changed: () => void;

  constructor(counts: Readonly<Record<CaseStatus, number>>, changed: () => void) {
    this.#changed = changed;
    this.#input = el("input", {
      type: "search",
      placeholder: "Search suite, case, message, file",
      "aria-label": "Search cases",
      "aria-keyshortcuts": "/",
      autocomplete: "off",
      spellcheck: "false",
      oninput: () => changed(),
    }) as HTMLInputElement;
    const buttons = STATUSES.filter((status) => counts[status] > 0).map((status) => {
      const button = el(
        `button.chip.${status}`,
        { type: "button", "aria-pressed": "false", onclick: () => this.toggle(status) },
        icon(status),
        el("b", {}, String(counts[status])),
        ` ${STATUS[status]}`,
      );
      this.#buttons.set(status, button);
      return button;
    });
    this.element = el(
      "div.filters",
      { role: "search" },
      el("div.search", {}, this.#input, el("kbd", { "aria-hidden": "true" }, "/")),
      el("div.chips", { role: "group", "aria-label": "Show only" }, ...buttons),
    );
  }

  get choice(): Choice {
    return { statuses: this.#chosen, query: this.#input.value };
  }

  get isActive(): boolean {
    return this.#chosen.size > 0 || this.#input.value.trim() !== "";
  }

  focus(): void {
    this.#input.focus();
    this.#input.select();
  }

  /** The status at a position, for keys 1, 2, …; nothing beyond the last. */
  toggleAt(position: number): void {
    const status = [...this.#buttons.keys()][position];
    if (status !== undefined) this.toggle(status);
  }

  toggle(status: CaseStatus): void {
    if (!this.#chosen.delete(status)) this.#chosen.add(status);
    this.#show();
  }

  /** Only what is red, or everything again. */
  toggleRed(): void {
    const red = [...this.#buttons.keys()].filter(isRed);
    const isOn =
      red.length > 0 && red.length === this.#chosen.size && red.every((one) => this.#chosen.has(one));
    this.#chosen.clear();
    if (!isOn) for (const one of red) this.#chosen.add(one);
    this.#show();
  }

  clear(): void {
    this.#chosen.clear();
    this.#input.value = "";
    this.#show();
  }

  #show(): void {
    for (const [status, button] of this.#buttons)
      button.setAttribute("aria-pressed", String(this.#chosen.has(status)));
    this.#changed();
  }
}
