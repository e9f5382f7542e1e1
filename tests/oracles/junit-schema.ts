/**
 * Checks JUnit XML against the schemas of this repository with xmllint, the reader that most tools are built on.
 */
import { fileURLToPath } from "node:url";
import { runTool } from "./run-tool.js";

/** What is wrong with a JUnit document under the full schema or under Jenkins' own; empty for nothing. */
export function schemaErrors(schema: "full" | "jenkins", xml: string): string {
  const path = fileURLToPath(new URL(`../../../tests/schemas/junit-${schema}.xsd`, import.meta.url));
  const { status, output } = runTool("xmllint", (file) => ["--noout", "--schema", path, file], xml);
  return status === 0 ? "" : output;
}
