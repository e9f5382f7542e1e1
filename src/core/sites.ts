/**
 * Where a red result came from, as words that stay the same while lines move and values change. Two runs are compared by
 * them; nothing is shown by them.
 */
import { faultsOfCase } from "./boots.js";
import type { AssertionModel, CaseModel, FaultModel, FindingModel } from "./model.js";

/** Numbers are values, addresses or times: what stays is the sentence around them. */
const steady = (text: string): string => text.replaceAll(/0x[0-9a-f]+|\d+(?:\.\d+)?/gi, "#");

/** Trees are built in other folders on other hosts: a file is known by its name and its folder's. */
const fileOf = (file: string | undefined): string => file?.split(/[\\/]/).slice(-2).join("/") ?? "?";

type Assertion = Pick<AssertionModel, "status" | "file" | "message">;
type Fault = { readonly kind: string } & Pick<FaultModel, "title" | "fingerprint">;

const ofAssertion = ({ file, message }: Assertion): string => `${fileOf(file)}: ${steady(message)}`;
const ofFault = ({ kind, title, fingerprint }: Fault): string => `${kind}: ${fingerprint ?? steady(title)}`;

/** The sites of a red case: its failed assertions, its own faults, or just its status where it has neither. */
export function sitesAmong(
  { status, assertions }: Pick<CaseModel, "status"> & { readonly assertions: readonly Assertion[] },
  faults: readonly Fault[],
): readonly string[] {
  const failed = assertions.filter((one) => one.status === "failed");
  const sites = [...failed.map(ofAssertion), ...faults.map(ofFault)];
  return sites.length > 0 ? [...new Set(sites)] : [status];
}

/** The sites of a red case, whose faults are among those of its run. */
export const sitesOf = (one: CaseModel, faults: readonly FaultModel[]): readonly string[] =>
  sitesAmong(one, faultsOfCase(faults, one.id));

type Finding = Pick<FindingModel, "check" | "file" | "message">;

/** What a finding's message says whatever values it was reported with. */
export const steadyMessage = ({ message }: Pick<Finding, "message">): string => steady(message);

/** The site of a finding: check, file and expression, not the line. */
export const siteOfFinding = (finding: Finding): string =>
  [finding.check, fileOf(finding.file), steadyMessage(finding)].join("\n");
