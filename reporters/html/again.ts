/**
 * The command that runs red cases again, for people to copy into a shell. It does not offer one with a name in it that
 * a shell or a pattern would read as anything else: names come from the guest.
 */
import { bootOf } from "../../src/core/model/boots.js";
import { casesOf, count } from "../../src/core/model/counts.js";
import type { BootModel, CaseModel, RunModel } from "../../src/core/model.js";
import { matrixOf } from "../../src/core/model/matrix.js";
import { sourceParts } from "../../src/core/model/sources.js";
import { isRed } from "../../src/core/statuses.js";
import { judge } from "../../src/core/verdict.js";

/** A word that means itself everywhere, and is no option. */
const HARMLESS = /^(?!-)[\w./+@:=,-]{1,200}$/;

/** The options that name the cells of a matrix in which a case is red; none on one machine with one profile. */
function cellsOf(model: RunModel, red: readonly CaseModel[]): readonly string[] {
  if (matrixOf(model) === undefined) return [];
  const parts = red.flatMap(({ boot }) => sourceParts(bootOf(model, boot)?.source ?? "") ?? []);
  const machines = [...new Set(parts.map(({ machine }) => machine))];
  const profiles = [...new Set(parts.flatMap(({ profile }) => profile ?? []))];
  return [
    ...(machines.length === 0 ? [] : [`-m ${machines.join(",")}`]),
    ...(profiles.length === 0 ? [] : [`--profile ${profiles.join(",")}`]),
  ];
}

/** The command for one case, and the boot it ran in; undefined for a console that somebody else recorded. */
export function againOf(
  { image }: RunModel,
  { suite, name }: Pick<CaseModel, "suite" | "name">,
  boot: BootModel | undefined,
): string | undefined {
  if (boot?.group === undefined) return undefined;
  const { machine, profile } = sourceParts(boot.source) ?? {};
  const title = `${suite}.${name}`;
  if (!HARMLESS.test(title) || (image !== undefined && !HARMLESS.test(image))) return undefined;
  return [
    "uktest run",
    ...(image === undefined ? [] : [`--image ${image}`]),
    title,
    ...(machine === undefined ? [] : [`-m ${machine}`]),
    ...(profile === undefined ? [] : [`--profile ${profile}`]),
  ].join(" ");
}

export interface Next {
  /** What the command does. */
  readonly why: string;
  readonly command: string;
}

/** What to type next after this run; undefined where nothing is better than nothing. */
export function nextOf(model: RunModel): Next | undefined {
  const red = casesOf(model).filter(({ status }) => isRed(status));
  const own = model.boots.some(({ group }) => group !== undefined);
  if (own && red.length > 1)
    return {
      why: "runs only what was red",
      command: ["uktest run --last-failed", ...cellsOf(model, red)].join(" "),
    };
  const [first] = red;
  const boot = model.boots.find(({ id }) => id === first?.boot);
  const command = first === undefined ? undefined : againOf(model, first, boot);
  if (command !== undefined) return { why: "runs just this case", command };
  const isWeak = model.image === undefined && judge(model).evidence === "console" && count(model).cases > 0;
  return isWeak && !own
    ? {
        why: "checks this console against the image's own list of tests",
        command: "uktest report LOG --image ELF",
      }
    : undefined;
}
