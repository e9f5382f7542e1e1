/**
 * The part of a log that says why cases failed which have ended: the list of libtest after its results, and what a panic
 * handler prints after the last result. It knows whose turn it is, and reads panics as reasons.
 */
import type { Row } from "../../core/grammar/grammar.js";
import { isPanic, panicIn, restOfPanic } from "./panic.js";

const LIST = /^(?:failures|successes):$/;
const OF_CASE = /^-{4} (\S.{0,400}?)(?: std(?:out|err))? -{4}$/;
/** Asterinas names the function, where it stands, and not its modules. */
const OF_FUNCTION = /^(\S{1,300}):(\d{1,7}):\d{1,6} - (\S{1,200})$/;
/** What follows is no part of the message. */
const AFTER = /^(?:note: run with |stack backtrace:|Printing stack trace)/;
/** Failed cases whose full names are known. */
const MOST = 1000;

export class Reasons {
  #isListed = false;
  #isOpen = false;
  /** A message has begun whose last line names the place. */
  #isCut = false;
  #failed: string[] = [];

  /** A group of cases begins: lists come after its results. */
  begin(): void {
    this.#isListed = false;
    this.#failed = [];
    this.close();
  }

  /** Nothing is being explained any more. */
  close(): void {
    this.#isOpen = false;
    this.#isCut = false;
  }

  /** A case has failed, and what follows at once says why. */
  follow(name: string): readonly Row[] {
    this.#isOpen = true;
    this.#isCut = false;
    return [{ type: "about", name }];
  }

  /** A case has failed of which a list will say why. */
  expect(name: string): void {
    if (this.#failed.length < MOST) this.#failed.push(name);
  }

  /** True for a panic that only says why a case failed. */
  quotes = (text: string): boolean => this.#isOpen && isPanic(text);

  rows(text: string): readonly Row[] | undefined {
    if (LIST.test(text)) {
      this.close();
      this.#isListed = true;
      return [{ type: "note" }];
    }
    const [, name] = this.#isListed ? (OF_CASE.exec(text) ?? []) : [];
    if (name !== undefined) return this.#about(name);
    if (!this.#isOpen) return undefined;
    if (AFTER.test(text)) {
      this.close();
      return [{ type: "note" }];
    }
    const found = isPanic(text) ? panicIn(text) : this.#isCut ? restOfPanic(text) : undefined;
    if (found === undefined) return undefined;
    this.#isCut = found.file === undefined;
    return [{ type: "failure", ...found }];
  }

  #about(name: string): readonly Row[] {
    const [, , , fn] = OF_FUNCTION.exec(name) ?? [];
    const known = this.#failed.find((one) => one === name || (fn !== undefined && one.endsWith(`::${fn}`)));
    return this.follow(known ?? name);
  }
}
