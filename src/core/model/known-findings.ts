/**
 * Which entry of the list of known findings means a finding or a fault. What an entry does not name does not matter; a
 * finding that occurred outside the suites of an entry is not meant, wherever else it occurred.
 */
import type { KnownFinding } from "../events.js";
import type { FaultModel, FindingModel } from "../model.js";
import { matches } from "../plan/pattern.js";
import { fileOf, siteOfFinding, steadyMessage } from "./sites.js";

/** An entry in the form of the first releases: one finding of undefined behaviour, by its place. */
interface Exact extends KnownFinding {
  readonly check: string;
  readonly file: string;
  readonly message: string;
}

export const isExact = (entry: KnownFinding): entry is Exact =>
  (entry.kind ?? "ubsan") === "ubsan" &&
  entry.check !== undefined &&
  entry.file !== undefined &&
  entry.message !== undefined &&
  entry.suite === undefined &&
  entry.function === undefined;

const siteOf = ({ check, file, message }: Exact): string =>
  siteOfFinding({ kind: "ubsan", check, file, message });

interface Table {
  readonly exact: ReadonlyMap<string, KnownFinding>;
  readonly others: readonly KnownFinding[];
}

/** Asked for every finding of a run, and the lists never change. */
const tables = new WeakMap<object, Table>();

function tableOf(entries: readonly KnownFinding[]): Table {
  const known = tables.get(entries);
  if (known !== undefined) return known;
  const exact = entries.filter(isExact).reverse();
  const table = {
    exact: new Map(exact.map((entry) => [siteOf(entry), entry])),
    others: entries.filter((entry) => !isExact(entry)),
  };
  tables.set(entries, table);
  return table;
}

const agrees = (wanted: string | undefined, given: string | undefined): boolean =>
  wanted === undefined || wanted === given;

/** What both a finding and a fault can be held to. */
function agreesWith(
  { check, file, function: where, message }: KnownFinding,
  reported: Pick<FindingModel, "check" | "message"> & { readonly file?: string; readonly function?: string },
): boolean {
  return (
    agrees(check, reported.check) &&
    agrees(where, reported.function) &&
    (file === undefined || fileOf(file) === fileOf(reported.file)) &&
    (message === undefined || steadyMessage({ message }) === steadyMessage(reported))
  );
}

/** True where every suite is one that the entry means; an entry without a suite means all. */
const isScoped = ({ suite }: KnownFinding, suites: readonly string[]): boolean =>
  suite === undefined || (suites.length > 0 && suites.every((one) => one !== "" && matches(suite, one)));

/** True where an entry of the open form means a finding. */
const means = (entry: KnownFinding, finding: FindingModel): boolean => {
  // A place without a kind is one of undefined behaviour, as it was before there were kinds.
  const kind = entry.kind ?? (entry.file === undefined ? undefined : "ubsan");
  return agrees(kind, finding.kind) && isScoped(entry, finding.suites ?? []) && agreesWith(entry, finding);
};

/** All entries that mean a finding, whether their date has passed or not. */
export function entriesOf(entries: readonly KnownFinding[], finding: FindingModel): readonly KnownFinding[] {
  const { exact, others } = tableOf(entries);
  const entry = exact.get(siteOfFinding(finding));
  const more = others.filter((one) => means(one, finding));
  return entry === undefined ? more : [entry, ...more];
}

/** All entries that mean a fault of a case. Outside a case no fault is known. */
export function entriesOfFault(entries: readonly KnownFinding[], fault: FaultModel): readonly KnownFinding[] {
  if (fault.caseId === undefined || fault.suite === undefined) return [];
  const { kind, title, file, suite } = fault;
  const reported = { check: kind, message: title, ...(file !== undefined && { file }) };
  return tableOf(entries).others.filter(
    (entry) => entry.kind === "fault" && isScoped(entry, [suite]) && agreesWith(entry, reported),
  );
}
