/** Names of cases as reports show them: one that was there before in the same boot says which time it is. */
import { decodeText } from "../decode.js";

export interface Named {
  readonly suite: string;
  readonly name: string;
}

export const keyOf = ({ suite, name }: Named): string => `${suite}\0${name}`;

export class Names {
  readonly #times = new Map<string, number>();

  /** @param name one character per byte, as `suite` */
  next(suite: string, name: string): Named {
    const named = { suite: decodeText(suite), name: decodeText(name) };
    const key = keyOf(named);
    const times = (this.#times.get(key) ?? 0) + 1;
    this.#times.set(key, times);
    return times === 1 ? named : { ...named, name: `${named.name} #${String(times)}` };
  }

  /** Takes back the last one, which was no case. @param suite as it was returned, `name` as it was given */
  forget(suite: string, name: string): void {
    const key = keyOf({ suite, name: decodeText(name) });
    this.#times.set(key, (this.#times.get(key) ?? 1) - 1);
  }
}
