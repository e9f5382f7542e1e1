/**
 * The whole document, in pieces of a case: head, header, data, style and script. It refuses everything from elsewhere, and a
 * Content-Security-Policy makes the browser refuse it as well: nothing runs and nothing is loaded but what is written here.
 */
import type { RunModel } from "../../src/core/model.js";
import type { ReporterContext } from "../../src/core/reporter.js";
import { judge } from "../../src/core/verdict.js";
import { htmlText, jsonInHtml } from "../../src/text/html.js";
import { SCRIPT, SCRIPT_HASH, STYLE, STYLE_HASH } from "./assets.mjs";
import { banner, headline, plain, sourcesOf, sprite } from "./banner.js";
import { bootsOf } from "./boots.js";
import { coverageDataOf } from "./coverage.js";
import { casesOf, chargesOf, suiteOf } from "./cases.js";
import type { HeadData } from "./data.js";
import { faultsOf, findingDataOf, problemsOf } from "./faults.js";
import { given, sceneOf, type Scene } from "./scene.js";
import { nameOf } from "../view/line.js";

const POLICY = [
  "default-src 'none'",
  `script-src '${SCRIPT_HASH}'`,
  `style-src '${STYLE_HASH}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

function* head(scene: Scene): Generator<string> {
  const sign = judge(scene.model).verdict === "passed" ? "\u2714" : "\u2716";
  yield "<!doctype html>\n";
  yield '<html lang="en">\n<head>\n<meta charset="utf-8">\n';
  yield `<meta http-equiv="Content-Security-Policy" content="${POLICY}">\n`;
  yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n';
  yield '<meta name="color-scheme" content="light dark">\n<meta name="referrer" content="no-referrer">\n';
  yield `<meta name="generator" content="uktest ${htmlText(scene.model.tool.version)}">\n`;
  yield `<title>${sign} ${htmlText(headline(scene))} \u00b7 ${htmlText(sourcesOf(scene))}</title>\n`;
  yield `<style>${STYLE}</style>\n</head>\n<body>\n`;
}

/** The data as one JSON document, one case a line. */
function* dataOf(scene: Scene, context: ReporterContext): Generator<string> {
  const { model, machines } = scene;
  const findings = findingDataOf(scene);
  const first: HeadData = {
    verdict: judge(model).verdict,
    machines,
    boots: bootsOf(scene),
    findings,
    faults: faultsOf(scene),
    problems: problemsOf(scene),
    ...given("coverage", coverageDataOf(model.coverage, context)),
    ...(model.history !== undefined && { past: model.history.runs.map(nameOf) }),
  };
  // A policy that hides findings hides them everywhere.
  const charged = {
    faults: chargesOf(model.faults),
    findings: chargesOf(findings.length === 0 ? [] : model.findings),
  };
  yield jsonInHtml(first).replace(/\}$/, ',\n"suites":[');
  let between = "\n";
  for (const suite of model.suites) {
    yield between + jsonInHtml(suiteOf(scene, suite)).replace(/\}$/, ',"cases":[');
    between = ",\n";
    let separator = "\n";
    for (const one of casesOf(scene, charged, suite)) {
      yield separator + jsonInHtml(one);
      separator = ",\n";
    }
    yield "\n]}";
  }
  yield "\n]}";
}

/** The page of a run. */
export function* page(model: RunModel, context: ReporterContext): Generator<string> {
  const scene = sceneOf(model, context);
  yield* head(scene);
  yield `${sprite()}\n`;
  yield* banner(scene);
  yield '<main id="page"></main>\n';
  yield* plain(scene);
  yield '<script type="application/json" id="data">\n';
  yield* dataOf(scene, context);
  yield "\n</script>\n";
  yield `<script>${SCRIPT}</script>\n</body>\n</html>\n`;
}
