/**
 * Writes JUnit XML that the usual consumers resolve to file and line. There is no standard to conform to: the full
 * form is the union that consumers read, `dialect=jenkins` the strict one; it refuses clocks, so nothing has a date.
 */
import type { Builder } from "junit-report-builder";
import type { Reporter } from "../src/core/reporter.js";
import { suitesOf } from "./junit/suites.js";
import { writeDocument } from "./junit/write.js";

/** The package is CommonJS whose types call the builder a namespace; the default of it is the builder. */
async function freshBuilder(): Promise<Builder> {
  const { default: builder } = (await import("junit-report-builder")) as unknown as { default: Builder };
  return builder.newBuilder();
}

/** JUnit XML; `dialect=jenkins` conforms to Jenkins' junit-10, `stack=none` leaves out lines shaped for parsers. */
export const reporter: Reporter = {
  name: "junit",
  summary: "JUnit XML for GitHub, GitLab, Jenkins and their like",
  options: { dialect: ["full", "jenkins"], stack: ["dorny", "none"] },
  async *render(events, context) {
    // The library is loaded while the guest runs, since afterwards somebody waits for it.
    const builder = freshBuilder();
    builder.catch(() => undefined);
    const all = events[Symbol.asyncIterator]();
    while ((await all.next()).done !== true);
    const { dialect, stack } = context.options;
    const suites = suitesOf(context.model(), { context, shapes: stack !== "none" });
    yield writeDocument(await builder, suites, dialect === "jenkins" ? "jenkins" : "full");
    yield "\n";
  },
};
