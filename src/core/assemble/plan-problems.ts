/**
 * What is wrong with a plan itself, before anything runs: cases that can never run, cases that are defined twice.
 */
import type { ProblemCode, ProblemReported } from "../events.js";
import type { Plan, PlannedCase } from "../plan.js";

/** `FILE:LINE` of a definition, as far as the table knows it. */
const placeOf = ({ file, line }: PlannedCase): string =>
  line === undefined ? file : `${file}:${String(line)}`;

/** Problems of error grade, one for each case that is at fault; `boot` where the image is that of one boot. */
export function planProblems(plan: Plan, boot?: string): readonly ProblemReported[] {
  const reported = (code: ProblemCode, message: string): ProblemReported => ({
    type: "problem",
    code,
    grade: "error",
    message,
    ...(boot !== undefined && { boot }),
  });
  const orphans = plan.orphans.map((orphan) => {
    const name = orphan.suite === undefined ? orphan.name : `${orphan.suite}.${orphan.name}`;
    return reported("orphan-case", `${name} (${orphan.file}) can never run: its suite is never registered`);
  });
  return [...orphans, ...duplicates(plan).map((message) => reported("duplicate-case", message))];
}

/** Cases of one name in one suite: which of them a result belongs to, no line says. */
function duplicates({ suites }: Plan): readonly string[] {
  return suites.flatMap(({ name, cases }) => {
    const places = new Map<string, string[]>();
    for (const one of cases) places.set(one.name, [...(places.get(one.name) ?? []), placeOf(one)]);
    return [...places]
      .filter(([, all]) => all.length > 1)
      .map(([one, all]) => `${name}.${one} is defined ${String(all.length)} times: ${all.join(" and ")}`);
  });
}
