/**
 * Writes which lines ran as Cobertura's XML, valid against its own DTD, for GitLab, Jenkins and Azure. It has no times, and
 * of cases it knows nothing: the format does not.
 * Source of the format: coverage-04.dtd of Cobertura 1.9 and later.
 */
import builder from "xmlbuilder";
import type { CoverageModel, FileCoverage } from "../src/core/model/coverage.js";
import {
  type CoverageCounts,
  fileCounts,
  rateOf,
  type Share,
  totalCounts,
} from "../src/core/model/coverage/counts.js";
import { atEnd, type Reporter, type ReporterContext } from "../src/core/reporter.js";
import { xmlAttribute } from "../src/text/xml.js";

const DTD = "http://cobertura.sourceforge.net/xml/coverage-04.dtd";

export const reporter: Reporter = {
  name: "cobertura",
  summary: "which lines ran, with --coverage, as XML of Cobertura",
  render: atEnd((model, context) => [
    document(model.coverage ?? { kinds: [], files: [], cases: [] }, context),
  ]),
};

const rate = (share: Share): string => rateOf(share).toFixed(4);

/** What each level of the document has to say. */
const rates = ({ lines, branches }: CoverageCounts): Readonly<Record<string, string>> => ({
  "line-rate": rate(lines),
  "branch-rate": rate(branches),
  complexity: "0",
});

function document(coverage: CoverageModel, context: ReporterContext): string {
  const total = totalCounts(coverage);
  const root = builder
    .create("coverage", { version: "1.0", encoding: "UTF-8" })
    .dtd({ sysID: DTD })
    .root()
    .att({
      ...rates(total),
      "lines-covered": String(total.lines.hit),
      "lines-valid": String(total.lines.all),
      "branches-covered": String(total.branches.hit),
      "branches-valid": String(total.branches.all),
      version: "uktest",
      // The format wants a time; what a stream holds has none.
      timestamp: "0",
    });
  root.ele("sources").ele("source", ".");
  const packages = root.ele("packages");
  for (const [name, files] of byFolder(coverage.files, context)) {
    const one = packages.ele("package", { name: xmlAttribute(name), ...rates(totalCounts({ files })) });
    const classes = one.ele("classes");
    for (const file of files) addClass(classes, file, context.place(file.path).path);
  }
  return `${root.end({ pretty: true })}\n`;
}

/** The sources of each folder, in the order of the folders' first ones. */
function byFolder(
  files: readonly FileCoverage[],
  context: ReporterContext,
): ReadonlyMap<string, readonly FileCoverage[]> {
  const all = new Map<string, FileCoverage[]>();
  for (const file of files) {
    const { path } = context.place(file.path);
    const folder = path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : ".";
    all.set(folder, [...(all.get(folder) ?? []), file]);
  }
  return all;
}

type Element = ReturnType<typeof builder.create>;

function addClass(classes: Element, file: FileCoverage, path: string): void {
  const one = classes.ele("class", {
    name: xmlAttribute(path.slice(path.lastIndexOf("/") + 1)),
    filename: xmlAttribute(path),
    ...rates(fileCounts(file)),
  });
  const methods = one.ele("methods");
  for (const [name, line, count] of file.functions) {
    const method = methods.ele("method", {
      name: xmlAttribute(name),
      signature: "()",
      "line-rate": count > 0 ? "1" : "0",
      "branch-rate": count > 0 ? "1" : "0",
      complexity: "0",
    });
    method.ele("lines").ele("line", { number: String(line), hits: String(count) });
  }
  const branches = branchesOf(file);
  const lines = one.ele("lines");
  for (const [line, count] of file.lines)
    lines.ele("line", { number: String(line), hits: String(count), ...conditions(branches.get(line)) });
}

/** The ways that were taken at each line that has several. */
function branchesOf({ branches }: FileCoverage): ReadonlyMap<number, Share> {
  const all = new Map<number, Share>();
  for (let at = 0; at + 2 < branches.length; at += 3) {
    const [line = 0, , count = -1] = branches.slice(at, at + 3);
    const { hit, all: ways } = all.get(line) ?? { hit: 0, all: 0 };
    all.set(line, { hit: hit + Number(count > 0), all: ways + 1 });
  }
  return all;
}

const conditions = (ways: Share | undefined): Readonly<Record<string, string>> =>
  ways === undefined
    ? {}
    : {
        branch: "true",
        "condition-coverage": `${String(Math.floor(rateOf(ways) * 100))}% (${String(ways.hit)}/${String(ways.all)})`,
      };
