/** The JSON report as tests read it. */
export interface Document {
  readonly verdict: string;
  readonly exitCode: number;
  readonly evidence: string;
  readonly complete: boolean;
  readonly sources: readonly string[];
  readonly reasons: readonly string[];
  readonly policy: { readonly ubsan: string };
  readonly counts: Readonly<Record<string, unknown>>;
  readonly suites: readonly {
    readonly name: string;
    readonly cases: readonly {
      readonly name: string;
      readonly status: string;
      readonly reason?: string;
      readonly file?: string;
      readonly line?: number;
      readonly evidence: string;
      readonly assertions: readonly {
        readonly status: string;
        readonly message: string;
        readonly file?: string;
        readonly line?: number;
      }[];
    }[];
  }[];
  readonly findings: readonly {
    readonly check: string;
    readonly file: string;
    readonly line: number;
    readonly case?: string;
    readonly occurrences: number;
  }[];
  readonly faults: readonly { readonly kind: string; readonly title: string; readonly case?: string }[];
  readonly problems: readonly { readonly code: string; readonly grade: string; readonly message: string }[];
}

export const documentOf = (text: string): Document => JSON.parse(text) as Document;

/** `suite.case status` of every case, in order. */
export const casesIn = ({ suites }: Document): readonly string[] =>
  suites.flatMap((suite) => suite.cases.map((one) => `${suite.name}.${one.name} ${one.status}`));

export const codesIn = ({ problems }: Document, grade = "error"): readonly string[] =>
  problems.filter((problem) => problem.grade === grade).map(({ code }) => code);
