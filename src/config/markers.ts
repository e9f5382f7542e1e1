/**
 * The `markers` of a configuration: ways of printing results that a project describes by regular expressions. It says
 * what may stand there; src/marker compiles the expressions.
 */
import * as v from "valibot";

const expression = v.pipe(v.string(), v.nonEmpty());

const expressions = (what: string) =>
  v.optional(v.pipe(v.union([expression, v.pipe(v.array(expression), v.nonEmpty())]), v.description(what)));

const RESULT = "Named groups: name, suite, message, file, line, ms. Without a name the case that runs ends.";

/** One way of printing results. */
export const marker = v.pipe(
  v.strictObject({
    suite: v.optional(
      v.pipe(expression, v.description("Suite of cases that name none; absent: the marker's name.")),
    ),
    start: expressions("The tests begin: no line before it counts."),
    plan: expressions("How many cases there are; named group: cases."),
    case: expressions("A case begins. Named groups: name, and suite."),
    passed: expressions(`A case has passed. ${RESULT}`),
    failed: expressions(`A case has failed. ${RESULT}`),
    skipped: expressions(`A case was skipped. ${RESULT}`),
    failure: expressions("What failed in the case that runs. Named groups: message, file, line."),
    end: expressions("The tests are over, whatever their results."),
    endPassed: expressions("The tests are over, and all is well."),
    endFailed: expressions("The tests are over, and something failed."),
    fault: expressions("The guest dies. Named groups: message, file, line."),
    passesByNext: v.optional(
      v.pipe(
        v.boolean(),
        v.description("True: a case has passed once the next one begins, or the tests end."),
      ),
    ),
  }),
  v.description(
    "What the lines of a guest mean, as regular expressions of RE2 on lines without time stamps.",
  ),
);

export type Marker = v.InferOutput<typeof marker>;
