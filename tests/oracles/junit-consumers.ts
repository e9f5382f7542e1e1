/**
 * Where the usual consumers of JUnit XML would put an annotation, re-implemented from the description of their parsers.
 */
import type { XmlNode } from "./xml.js";

export interface Spot {
  readonly file: string;
  readonly line: number;
}

const spot = (file: string | undefined, line: string | undefined): Spot | undefined =>
  file === undefined || line === undefined ? undefined : { file, line: Number(line) };

/** mikepenz, EnricoMi and dorny's phpunit parser read the attributes of the case. */
export const byAttributes = ({ attributes }: XmlNode): Spot | undefined =>
  spot(attributes["file"], attributes["line"]);

/** dorny's jest parser: the first line of a body that ends in `(path:line:column)`. */
export function byJestTrace(body: string): Spot | undefined {
  for (const line of body.split("\n")) {
    const match = /\((.*):(\d+):\d+\)$/.exec(line);
    if (match !== null) return spot(match[1], match[2]);
  }
  return undefined;
}

/** dorny's java parser: the first `at package.Class.method(file:line)` whose file the repository has. */
export function byJavaTrace(body: string, tracked: readonly string[]): Spot | undefined {
  for (const line of body.split("\n")) {
    const match = /^\s*at (\S+\/\S*\/)?(.*)\((.*):(\d+)\)$/.exec(line);
    if (match === null) continue;
    const parts = (match[2] ?? "").split(".");
    const end = parts.findIndex((part) => part === "" || part.charAt(0) <= "Z");
    const file = [...parts.slice(0, Math.max(0, end)), match[3] ?? ""].join("/");
    if (tracked.includes(file)) return spot(file, match[4]);
  }
  return undefined;
}

/** mikepenz without attributes: the last `path:line` in a body that names the file of the class. */
export function byBody(body: string, file: string): Spot | undefined {
  const last = [...body.matchAll(/(?:^|[ (])([^ (:]+):(\d+)/gm)]
    .filter((match) => match[1]?.endsWith(file))
    .at(-1);
  return spot(last?.[1], last?.[2]);
}

export type Outcome = "passed" | "failed" | "skipped";

/** What a consumer makes of one case. */
export interface Consumed {
  readonly classname: string;
  readonly name: string;
  readonly outcome: Outcome;
  /** Where it would annotate, where it does. */
  readonly spot?: Spot;
  /** What it shows as the reason. */
  readonly message?: string;
}

export type Consumer = (root: XmlNode, tracked: ReadonlySet<string>) => readonly Consumed[];

const childrenNamed = (node: XmlNode, ...names: readonly string[]): readonly XmlNode[] =>
  node.children.filter(({ name }) => names.includes(name));

const suitesBelow = (node: XmlNode): readonly XmlNode[] =>
  childrenNamed(node, "testsuite").flatMap((suite) => [suite, ...suitesBelow(suite)]);

/** All suites, nested ones too, of either kind of root. */
const allSuites = (root: XmlNode): readonly XmlNode[] =>
  root.name === "testsuite" ? [root, ...suitesBelow(root)] : suitesBelow(root);

/** Only suites directly below the root, as half of the consumers read them. */
const flatSuites = (root: XmlNode): readonly XmlNode[] =>
  root.name === "testsuite" ? [root] : childrenNamed(root, "testsuite");

const outcomeOf = (one: XmlNode): Outcome => {
  if (childrenNamed(one, "failure", "error").length > 0) return "failed";
  return childrenNamed(one, "skipped").length > 0 ? "skipped" : "passed";
};

const attribute = (node: XmlNode, key: string): string => {
  const value = node.attributes[key];
  if (value === undefined) throw new Error(`<${node.name}> without ${key}`);
  return value;
};

const named = (one: XmlNode) => ({
  classname: attribute(one, "classname"),
  name: attribute(one, "name"),
  outcome: outcomeOf(one),
});

const withSpot = (found: Spot | undefined): { readonly spot?: Spot } =>
  found === undefined ? {} : { spot: found };

/** mikepenz/action-junit-report: nested suites; attributes, else the class name and the body; failure and error alike. */
const mikepenz: Consumer = (root) =>
  allSuites(root).flatMap((suite) =>
    childrenNamed(suite, "testcase").map((one) => {
      const [failure] = childrenNamed(one, "failure", "error");
      const from = (key: string): string | undefined =>
        one.attributes[key] ?? failure?.attributes[key] ?? suite.attributes[key];
      const short = attribute(one, "classname").split(".").at(-1) ?? "";
      const found = spot(from("file"), from("line")) ?? byBody(failure?.text ?? "", short);
      const message = failure?.attributes["message"] ?? failure?.text.split("\n").slice(0, 2).join("\n");
      return {
        ...named(one),
        ...(failure !== undefined && withSpot(found)),
        ...(message !== undefined && { message }),
      };
    }),
  );

/** dorny/test-reporter: what each of its parsers does with the first failure of a case. */
const dorny =
  (
    suites: (root: XmlNode) => readonly XmlNode[],
    find: (body: string, tracked: readonly string[], one: XmlNode) => Spot | undefined,
  ): Consumer =>
  (root, tracked) =>
    suites(root).flatMap((suite) =>
      childrenNamed(suite, "testcase").map((one) => {
        const [failure] = childrenNamed(one, "failure", "error");
        const found = failure === undefined ? undefined : find(failure.text, [...tracked], one);
        return {
          ...named(one),
          ...withSpot(found !== undefined && tracked.has(found.file) ? found : undefined),
        };
      }),
    );

const dornyJest: Consumer = (root, tracked) => {
  if (root.name !== "testsuites") throw new Error("jest-junit needs <testsuites>");
  return dorny(flatSuites, (body) => byJestTrace(body))(root, tracked);
};

/** EnricoMi/publish-unit-test-result: attributes only; one test for each file, class and name. */
const enricomi: Consumer = (root) => {
  for (const suite of flatSuites(root)) {
    const cases = allSuites({ ...suite, name: "testsuite" }).flatMap((one) => childrenNamed(one, "testcase"));
    const counted = Number(attribute(suite, "tests"));
    if (counted !== cases.length) throw new Error(`${String(counted)} is not ${String(cases.length)}`);
  }
  const seen = new Set<string>();
  return allSuites(root).flatMap((suite) =>
    childrenNamed(suite, "testcase").flatMap((one) => {
      const id = JSON.stringify([
        one.attributes["file"],
        one.attributes["classname"],
        one.attributes["name"],
      ]);
      if (seen.has(id)) return [];
      seen.add(id);
      const found = byAttributes(one);
      return [{ ...named(one), ...(outcomeOf(one) === "failed" && withSpot(found)) }];
    }),
  );
};

/** GitLab: the class is the suite; of equal names only the first; the line is not read. */
const gitlab: Consumer = (root) => {
  const seen = new Set<string>();
  return allSuites(root).flatMap((suite) =>
    childrenNamed(suite, "testcase").flatMap((one) => {
      const id = JSON.stringify([attribute(one, "classname"), attribute(one, "name")]);
      if (seen.has(id)) return [];
      seen.add(id);
      const [failure] = childrenNamed(one, "failure", "error");
      return [{ ...named(one), ...(failure !== undefined && { message: failure.text }) }];
    }),
  );
};

/** Jenkins: nested suites, the first error before any failure. */
const jenkins: Consumer = (root) =>
  allSuites(root).flatMap((suite) => {
    if (childrenNamed(suite, "error").length > 0) throw new Error("a suite that failed as a whole");
    return childrenNamed(suite, "testcase").map((one) => {
      const failure = childrenNamed(one, "error")[0] ?? childrenNamed(one, "failure")[0];
      return { ...named(one), ...(failure !== undefined && { message: failure.text }) };
    });
  });

/** Azure PublishTestResults: one level only; a title of 512 characters, the message is the attribute. */
const azure: Consumer = (root) => {
  if (root.name !== "testsuites") return childrenNamed(root, "testcase").map(named);
  return childrenNamed(root, "testsuite").flatMap((suite) =>
    childrenNamed(suite, "testcase").map((one) => {
      const { name, ...rest } = named(one);
      if (name.length > 512) throw new Error("a title that is cut");
      const [failure] = childrenNamed(one, "failure", "error");
      return { ...rest, name, ...(failure !== undefined && { message: attribute(failure, "message") }) };
    }),
  );
};

/** Consumers, and where each looks for a place. */
export const CONSUMERS: Readonly<
  Record<string, { readonly read: Consumer; readonly place: "attributes" | "body" | "java" | "none" }>
> = {
  "mikepenz/action-junit-report": { read: mikepenz, place: "attributes" },
  "dorny/test-reporter java-junit": {
    read: dorny(flatSuites, (body, tracked) => byJavaTrace(body, tracked)),
    place: "java",
  },
  "dorny/test-reporter jest-junit": { read: dornyJest, place: "body" },
  "dorny/test-reporter phpunit-junit": {
    read: dorny(allSuites, (_body, _tracked, one) => byAttributes(one)),
    place: "attributes",
  },
  "EnricoMi/publish-unit-test-result": { read: enricomi, place: "attributes" },
  GitLab: { read: gitlab, place: "none" },
  Jenkins: { read: jenkins, place: "none" },
  Azure: { read: azure, place: "none" },
};
