/**
 * Takes off what a program around the console puts in front of every line: tio, minicom, ts, journald, GitHub, GitLab,
 * Jenkins, Kubernetes, docker compose. It decides once, by two lines in a row near the start of a log; a clock that only
 * some lines have is the application's, and stays.
 */
import type { RawLine } from "./lines.js";

const ISO = String.raw`\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?`;

/** One pattern each; what a group captures is the same in every line. */
const KINDS: readonly RegExp[] = [
  // GitLab: time, stream number, O or E, and `+` where the line goes on.
  new RegExp(`^${ISO} \\d\\d[OE][ +]`),
  // The log files of Kubernetes and podman: time, stream, full or partial.
  new RegExp(`^${ISO} std(?:out|err) [FP] `),
  new RegExp(`^${ISO}[ \\t]`),
  new RegExp(`^\\[${ISO}\\] ?`),
  /^\[\d\d:\d\d:\d\d(?:[.,]\d{1,9})?\] ?/,
  /^\d\d:\d\d:\d\d(?:[.,]\d{1,9})?[ \t]{1,2}/,
  // grabserial: seconds since its start, and since the line before.
  /^\[\d{1,9}\.\d{6} \d{1,9}\.\d{6}\] /,
  /^\d{10}\.\d{3,9} /,
  // journald and syslog: host and program; the same without them is what `ts` prints.
  /^[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d(?:\.\d{1,9})? ([\w.-]{1,64} [\w./-]{1,64}(?:\[\d{1,9}\])?: )/,
  /^[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d(?:\.\d{1,9})? /,
  /^([\w.-]{1,64} {0,64}\| )/,
];

/** Lines with something in them among which two in a row have to agree. */
const WINDOW = 8;
/** A wrapper around a wrapper: a compose project in a job of a CI. */
const MOST_LAYERS = 3;

interface Layer {
  readonly pattern: RegExp;
  readonly constant: string | undefined;
}

/** The first pattern that both lines begin with, in one way. */
function commonLayer(first: string, second: string): Layer | undefined {
  for (const pattern of KINDS) {
    const [a, b] = [pattern.exec(first), pattern.exec(second)];
    if (a !== null && b !== null && a[1] === b[1]) return { pattern, constant: a[1] };
  }
  return undefined;
}

function cut(text: string, { pattern, constant }: Layer): string {
  const match = pattern.exec(text);
  return match === null || match[1] !== constant ? text : text.slice(match[0].length);
}

/** All layers that two lines have in common, outermost first. */
function layersOf(first: string, second: string): readonly Layer[] {
  const layers: Layer[] = [];
  let [a, b] = [first, second];
  while (layers.length < MOST_LAYERS) {
    const layer = commonLayer(a, b);
    if (layer === undefined) break;
    layers.push(layer);
    [a, b] = [cut(a, layer), cut(b, layer)];
  }
  return layers;
}

const isWrapped = (text: string): boolean => KINDS.some((pattern) => pattern.test(text));

export class Unwrapper {
  #layers: readonly Layer[] | undefined;
  #held: readonly RawLine[] = [];
  #seen = 0;
  #blanks = 0;

  /** True while a line waits for the next one. */
  get isHolding(): boolean {
    return this.#held.length > 0;
  }

  /** True where lines no longer have the bytes they had in the log. */
  get changesLines(): boolean {
    return this.#layers !== undefined && this.#layers.length > 0;
  }

  /** True once nothing stands around the lines: each is as it was. */
  get isNone(): boolean {
    return this.#layers !== undefined && this.#layers.length === 0;
  }

  /** The lines that are ready once this one is there. */
  line(raw: RawLine): readonly RawLine[] {
    const layers = this.#layers;
    if (layers !== undefined) return layers.length === 0 ? [raw] : [unwrapped(raw, layers)];
    const [first] = this.#held;
    // Where nothing is held, blank lines without end need not be looked at one by one for ever.
    if (first === undefined && isBlank(raw.text) && (this.#blanks += 1) >= MOST_BLANKS) this.#layers = [];
    if (isBlank(raw.text)) return this.#hold(first === undefined ? undefined : [...this.#held, raw], raw);
    this.#seen += 1;
    const common = first === undefined ? [] : layersOf(first.text, raw.text);
    if (common.length > 0 || this.#seen >= WINDOW) {
      this.#layers = common;
      return [...this.rest(), raw].map((one) => unwrapped(one, common));
    }
    const ready = this.rest();
    return [...ready, ...this.#hold(isWrapped(raw.text) ? [raw] : undefined, raw)];
  }

  /** What still waits when the log is over. */
  rest(): readonly RawLine[] {
    const held = this.#held;
    this.#held = [];
    return held;
  }

  #hold(lines: readonly RawLine[] | undefined, raw: RawLine): readonly RawLine[] {
    if (lines === undefined || lines.length > WINDOW) return [...this.rest(), raw];
    this.#held = lines;
    return [];
  }
}

/** Blank lines before anything that could be wrapped: the log has no wrapper. */
const MOST_BLANKS = 4096;

const isBlank = (text: string): boolean => text === "" || text === "\r";

const unwrapped = (raw: RawLine, layers: readonly Layer[]): RawLine => {
  const text = layers.reduce(cut, raw.text);
  return text === raw.text ? raw : { ...raw, text };
};
