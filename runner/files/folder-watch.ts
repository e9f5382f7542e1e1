/**
 * Calls back when something happens in one of many folders. What happened it does not tell: systems merge, drop and
 * rename what they report, so whoever is woken compares for himself. Folders below are not watched by themselves.
 */
import { type FSWatcher, watch } from "node:fs";

/** Some file systems, of networks and containers, tell nothing: they are looked at now and then. */
const LOOK_MS = 1000;
/** Saving one file makes several events, and a switch of branches hundreds. */
const QUIET_MS = 60;

export class FolderWatch {
  readonly #watchers = new Map<string, FSWatcher>();
  readonly #look: NodeJS.Timeout;
  #quiet: NodeJS.Timeout | undefined;

  /** @param wake called when the folders have been quiet again for a moment, and once a second with `maybe` */
  constructor(private readonly wake: (how: "something" | "maybe") => void) {
    this.#look = setInterval(() => {
      if (this.#quiet === undefined) wake("maybe");
    }, LOOK_MS);
  }

  /** Watches these folders and no others. */
  follow(folders: readonly string[]): void {
    const wanted = new Set(folders);
    for (const [folder, watcher] of this.#watchers) if (!wanted.has(folder)) this.#drop(folder, watcher);
    for (const folder of wanted) if (!this.#watchers.has(folder)) this.#add(folder);
  }

  close(): void {
    clearInterval(this.#look);
    clearTimeout(this.#quiet);
    for (const [folder, watcher] of this.#watchers) this.#drop(folder, watcher);
  }

  #add(folder: string): void {
    try {
      const watcher = watch(folder, () => {
        this.#happened();
      });
      // A folder that is removed, and one too many for the system: the look now and then is left.
      watcher.on("error", () => {
        this.#drop(folder, watcher);
      });
      this.#watchers.set(folder, watcher);
    } catch {
      // As above.
    }
  }

  #drop(folder: string, watcher: FSWatcher): void {
    watcher.close();
    this.#watchers.delete(folder);
  }

  #happened(): void {
    clearTimeout(this.#quiet);
    this.#quiet = setTimeout(() => {
      this.#quiet = undefined;
      this.wake("something");
    }, QUIET_MS);
  }
}
