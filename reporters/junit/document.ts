/**
 * The JUnit document as data: one flat level of suites, each case with at most one kind of outcome.
 * It does not know XML; write.ts does.
 */

export interface Breakage {
  readonly message: string;
  readonly type: string;
  readonly body: string;
}

export type Outcome =
  | { readonly kind: "passed" }
  | { readonly kind: "skipped"; readonly message: string }
  /** One for each failing assertion; at least one. */
  | { readonly kind: "failure"; readonly failures: readonly Breakage[] }
  | { readonly kind: "error"; readonly error: Breakage };

export interface JunitCase {
  readonly classname: string;
  readonly name: string;
  readonly file?: string;
  readonly line?: number;
  readonly timeMs?: number;
  readonly assertions?: number;
  /** What was measured of it, by name. */
  readonly properties?: Readonly<Record<string, string>>;
  readonly outcome: Outcome;
  readonly systemOut?: string;
}

export interface JunitSuite {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly cases: readonly JunitCase[];
}
