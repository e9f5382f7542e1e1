/**
 * The file that makes a host of repositories run the tests: where it belongs and what it says. It knows two hosts.
 */

import type { Installed } from "./installed.js";

export const CI_HOSTS = ["github", "gitlab", "none"] as const;
export type CiHost = (typeof CI_HOSTS)[number];

/** Path of the file, relative to the root of the repository. */
export const CI_FILES: Readonly<Record<Exclude<CiHost, "none">, string>> = {
  github: ".github/workflows/uktest.yml",
  gitlab: ".gitlab-ci.yml",
};

const PACKAGES = "gcc binutils qemu-system-x86";

/** The actions that are used, each by its commit: a tag can be moved. */
const ACTIONS = {
  checkout: "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1",
  node: "actions/setup-node@820762786026740c76f36085b0efc47a31fe5020 # v7.0.0",
  upload: "actions/upload-artifact@bbbca2ddaa5d8feaa63e36b76fdaad77386f024f # v7.0.0",
};

/** What the file is about. */
export interface CiProject {
  /** Of the project, relative to the root of the repository; empty for the root itself. */
  readonly folder: string;
  /** Of uktest, where the project does not install it itself. */
  readonly version: string;
  readonly installed?: Installed | undefined;
}

/** What is run; both hosts show a JUnit report or annotations of their own. */
const command = ({ version, installed }: CiProject, reporters: string): string =>
  `${installed === undefined ? `npx --yes uktest@${version}` : "npx uktest"} run ${reporters} -r junit=uktest.xml`;

const install = ({ isLocked }: Installed): string => (isLocked ? "npm ci" : "npm install");

const github = (project: CiProject): string => {
  const { folder, installed } = project;
  const within = (where: string): string =>
    where === "" ? "" : `        working-directory: ${JSON.stringify(where)}\n`;
  const packages =
    installed === undefined ? "" : `      - run: ${install(installed)}\n${within(installed.folder)}`;
  const report = folder === "" ? "uktest.xml" : `${folder}/uktest.xml`;
  return `name: uktest
on: [push, pull_request]
permissions:
  contents: read
jobs:
  uktest:
    runs-on: ubuntu-latest
    timeout-minutes: 15
    steps:
      - uses: ${ACTIONS.checkout}
      - uses: ${ACTIONS.node}
        with:
          node-version: 22
      - run: sudo apt-get update && sudo apt-get install -y --no-install-recommends ${PACKAGES}
${packages}      - run: ${command(project, "-r lines -r github")}
${within(folder)}      - uses: ${ACTIONS.upload}
        if: always()
        with:
          name: uktest
          path: ${JSON.stringify(report)}
`;
};

/** A word for the shell of a job. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

const gitlab = (project: CiProject): string => {
  const { folder, installed } = project;
  const line = (text: string): string => `    - ${JSON.stringify(text)}\n`;
  const packages =
    installed === undefined
      ? ""
      : line(
          installed.folder === ""
            ? install(installed)
            : `(cd ${quoted(installed.folder)} && ${install(installed)})`,
        );
  const enter = folder === "" ? "" : line(`cd ${quoted(folder)}`);
  const report = folder === "" ? "uktest.xml" : `${folder}/uktest.xml`;
  return `uktest:
  image: node:22-bookworm
  timeout: 15 minutes
  script:
    - apt-get update && apt-get install -y --no-install-recommends ${PACKAGES}
${packages}${enter}    - ${command(project, "-r lines")}
  artifacts:
    when: always
    paths:
      - ${JSON.stringify(report)}
    reports:
      junit: ${JSON.stringify(report)}
`;
};

/** The text of the file. */
export const ciText = (host: Exclude<CiHost, "none">, project: CiProject): string =>
  host === "github" ? github(project) : gitlab(project);
