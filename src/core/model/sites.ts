/**
 * Where a red result came from, as words that stay the same while lines move and values change. Two runs are compared by
 * them; nothing is shown by them.
 */
import { faultsOfCase } from "./boots.js";
import type { AssertionModel, CaseModel, FaultModel, FindingModel } from "../model.js";

/** Numbers are values, addresses or times: what stays is the sentence around them. */
const steady = (text: string): string => text.replaceAll(/0x[0-9a-f]+|\d+(?:\.\d+)?/gi, "#");

/** Trees are built in other folders on other hosts: a file is known by its name and its folder's. */
export const fileOf = (file: string | undefined): string => file?.split(/[\\/]/).slice(-2).join("/") ?? "?";

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

type Finding = Pick<FindingModel, "kind" | "check" | "file" | "message" | "function">;

/** What a finding's message says whatever values it was reported with. */
export const steadyMessage = ({ message }: Pick<Finding, "message">): string => steady(message);

/**
 * The site of a finding. Undefined behaviour is known by check, file and expression, not by the line; any other by the
 * function that it happened in, where there is one, since its message holds addresses and sizes.
 */
export function siteOfFinding(finding: Finding): string {
  const { kind, check, file, function: where } = finding;
  if (kind === "ubsan") return [check, fileOf(file), steadyMessage(finding)].join("\n");
  return [`${kind}:${check}`, where ?? fileOf(file), where === undefined ? steadyMessage(finding) : ""].join(
    "\n",
  );
}
