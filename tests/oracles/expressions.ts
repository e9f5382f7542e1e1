/**
 * The part of GitHub's expressions that our action and workflows use: paths of contexts, literals, `==`, `!=`, `&&`,
 * `always()` and `!cancelled()`. Whatever else it meets it refuses, so that nothing goes unchecked.
 * Source: GitHub Docs, "Evaluate expressions in workflows and actions".
 */

/** Values of contexts by their whole path, as `inputs.name`; what is not there is empty. */
export type Contexts = Readonly<Record<string, string>>;

const PATH = /^[a-z][\w-]*(?:\.[\w-]+)+$/;

function valueOf(term: string, contexts: Contexts): string {
  const literal = /^'([^']*)'$/.exec(term);
  if (literal !== null) return literal[1] ?? "";
  if (!PATH.test(term)) throw new Error(`an expression that nobody checks: ${term}`);
  return contexts[term] ?? "";
}

function holds(term: string, contexts: Contexts): boolean {
  if (term === "always()" || term === "!cancelled()") return true;
  const sides = /^(\S+) (==|!=) (\S+)$/.exec(term);
  if (sides === null) throw new Error(`a condition that nobody checks: ${term}`);
  const [, left = "", operator, right = ""] = sides;
  return (valueOf(left, contexts) === valueOf(right, contexts)) === (operator === "==");
}

/** Replaces each `${{ … }}` in a text: a value, or whether two are the same. */
export const filledIn = (text: string, contexts: Contexts): string =>
  text.replaceAll(/\$\{\{\s*(.*?)\s*\}\}/g, (_all, term: string) =>
    / [=!]= /.test(term) ? String(holds(term, contexts)) : valueOf(term, contexts),
  );

/** Whether a step runs: without a word about the status, only while all before it went well. */
export function isDue(condition: string | undefined, contexts: Contexts, hasFailed: boolean): boolean {
  const terms = (condition ?? "").split("&&").map((term) => term.trim());
  const asks = terms.some((term) => term === "always()" || term === "!cancelled()");
  return (asks || !hasFailed) && (condition === undefined || terms.every((term) => holds(term, contexts)));
}
