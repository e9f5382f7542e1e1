/**
 * Every reporter, for tests that all of them must pass.
 */
import type { Reporter } from "../../src/core/reporter.js";
import { reporter as codequality } from "../../reporters/codequality.js";
import { reporter as ctrf } from "../../reporters/ctrf.js";
import { reporter as events } from "../../reporters/events.js";
import { reporter as github } from "../../reporters/github.js";
import { reporter as html } from "../../reporters/html.js";
import { reporter as json } from "../../reporters/json.js";
import { reporter as junit } from "../../reporters/junit.js";
import { reporter as lines } from "../../reporters/lines.js";
import { reporter as markdown } from "../../reporters/markdown.js";
import { reporter as openmetrics } from "../../reporters/openmetrics.js";
import { reporter as pretty } from "../../reporters/pretty.js";
import { reporter as prometheus } from "../../reporters/prometheus.js";
import { reporter as sarif } from "../../reporters/sarif.js";
import { reporter as tap } from "../../reporters/tap.js";
import { reporter as teamcity } from "../../reporters/teamcity.js";

export const reporters: readonly Reporter[] = [
  pretty,
  lines,
  tap,
  junit,
  github,
  html,
  markdown,
  sarif,
  codequality,
  ctrf,
  teamcity,
  json,
  events,
  prometheus,
  openmetrics,
];
