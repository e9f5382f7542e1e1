/**
 * The groups of one boot and the stream around them: which is open, which are over, and what contradicts between what was
 * planned, reported and counted. It says so in words; it claims nothing and knows no running case.
 */
import type { RowBody, RowStatus } from "./grammar.js";
import {
  type Group,
  add,
  contradiction,
  endsWrong,
  freshGroup,
  freshTally,
  miscounted,
  of,
  offPlan,
  outOfOrder,
  reported,
  tooFew,
  unended,
} from "./group.js";

type Said<T extends RowBody["type"]> = Extract<RowBody, { readonly type: T }>;
/** What is wrong, in words. */
type Flaw = string | undefined;

/** Groups that later counts may be about. */
const MOST_GROUPS = 10_000;

const lost = ({ name }: Group): Flaw => `the end of a group of cases is missing${of(name)}`;
const offGroup = (group: Group): Flaw => offPlan(group, group.planned, of(group.name));

export class Groups {
  #open: Group | undefined;
  /** Groups that are over, by name, and the last of them. */
  readonly #closed = new Map<string, Group>();
  #last: Group | undefined;
  #stream: { readonly cases: number | undefined } | undefined;
  #total = freshTally();

  /** True while a group or the stream has not ended. */
  get isOpen(): boolean {
    return this.#open !== undefined || this.#stream !== undefined;
  }

  /** Suite of cases that name none, as the guest prints it. */
  get name(): string | undefined {
    return this.#open?.name;
  }

  beginStream({ cases }: Said<"stream">): void {
    this.#stream = { cases };
    this.#total = freshTally();
  }

  /** Begins a group; one that nothing has ended is lost. */
  begin({ name, cases, endsByPlan }: Said<"group">): Flaw {
    const lost = this.#open;
    if (lost !== undefined) this.#close(lost);
    this.#open = freshGroup(name, cases, endsByPlan);
    return lost === undefined ? undefined : unended(lost);
  }

  /** A case begins: one that no group has begins one. `isPlanned`: nothing but a group begins one. */
  hold(name: string, isPlanned: boolean): Flaw {
    const isMissing = this.#open === undefined && isPlanned;
    this.#open ??= freshGroup();
    return isMissing ? `the start of the group of ${name} is missing` : undefined;
  }

  /** What is wrong with the place of a case in the plan, from 1. */
  misplaced(number: number | undefined): Flaw {
    return this.#open === undefined ? undefined : outOfOrder(this.#open, number);
  }

  count(status: RowStatus): void {
    if (this.#open !== undefined) add(this.#open, status);
    add(this.#total, status);
  }

  /** So many more passed that have no name of their own. */
  countMore(passed: number): void {
    if (this.#open !== undefined) this.#open.passed += passed;
    this.#total.passed += passed;
  }

  /** Something failed outside of all cases. */
  failedOutside(): void {
    if (this.#open !== undefined) this.#open.failedOutside = true;
  }

  /** Ends a group that its plan ends; true where it did. */
  endByPlan(): boolean {
    const group = this.#open;
    if (group?.endsByPlan !== true || group.planned !== reported(group)) return false;
    this.#close(group);
    return true;
  }

  end(row: Said<"group-end">): Flaw {
    const group = this.#open;
    if (group === undefined) return `a group of cases ends here that never began${of(row.name)}`;
    this.#close(group);
    return endsWrong(group, row);
  }

  counted(row: Said<"counts">): Flaw {
    const { name } = row;
    const group = name === undefined ? (this.#open ?? this.#last) : (this.#closed.get(name) ?? this.#open);
    return miscounted(group, row, name);
  }

  /** Ends the stream, and with it a group that has neither a plan nor an end of its own; `endsGroups`: all have one. */
  endStream(row: Said<"stream-end">, endsGroups = false): readonly Flaw[] {
    const group = this.#open;
    const late = group === undefined ? undefined : endsGroups ? lost(group) : offGroup(group);
    if (group !== undefined) this.#close(group);
    const failedOutside = this.#last?.failedOutside === true;
    const wrong =
      this.#stream === undefined
        ? "the tests end here and never began"
        : (contradiction(this.#total, row, "", failedOutside) ??
          offPlan(this.#total, this.#stream.cases, ""));
    this.#stream = undefined;
    return [row.ok === false ? undefined : late, wrong];
  }

  /** The boot is over: what its open group still lacks. */
  get missing(): Flaw {
    return tooFew(this.#open);
  }

  #close(group: Group): void {
    this.#open = undefined;
    this.#last = group;
    if (group.name !== undefined && this.#closed.size < MOST_GROUPS) this.#closed.set(group.name, group);
  }
}
