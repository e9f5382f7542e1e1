/**
 * The file that makes a host of repositories run the tests: where it belongs and what it says. It knows two hosts.
 */

export const CI_HOSTS = ["github", "gitlab", "none"] as const;
export type CiHost = (typeof CI_HOSTS)[number];

/** Path of the file, relative to the root of the repository. */
export const CI_FILES: Readonly<Record<Exclude<CiHost, "none">, string>> = {
  github: ".github/workflows/uktest.yml",
  gitlab: ".gitlab-ci.yml",
};

const PACKAGES = "gcc binutils qemu-system-x86";

/** What is run; both hosts show a JUnit report or annotations of their own. */
const command = (version: string, reporters: string): string =>
  `npx --yes uktest@${version} run ${reporters} -r junit=uktest.xml`;

const github = (folder: string, version: string): string => {
  const within = folder === "" ? "" : `        working-directory: ${JSON.stringify(folder)}\n`;
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
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: 22
      - run: sudo apt-get update && sudo apt-get install -y --no-install-recommends ${PACKAGES}
      - run: ${command(version, "-r lines -r github")}
${within}      - uses: actions/upload-artifact@v4
        if: always()
        with:
          name: uktest
          path: ${JSON.stringify(report)}
`;
};

/** A word for the shell of a job. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

const gitlab = (folder: string, version: string): string => {
  const enter = folder === "" ? "" : `    - ${JSON.stringify(`cd ${quoted(folder)}`)}\n`;
  const report = folder === "" ? "uktest.xml" : `${folder}/uktest.xml`;
  return `uktest:
  image: node:22-bookworm
  timeout: 15 minutes
  script:
    - apt-get update && apt-get install -y --no-install-recommends ${PACKAGES}
${enter}    - ${command(version, "-r lines")}
  artifacts:
    when: always
    paths:
      - ${JSON.stringify(report)}
    reports:
      junit: ${JSON.stringify(report)}
`;
};

/**
 * The text of the file.
 * @param folder of the project, relative to the root of the repository; empty for the root itself
 * @param version of uktest that the file names
 */
export const ciText = (host: Exclude<CiHost, "none">, folder: string, version: string): string =>
  host === "github" ? github(folder, version) : gitlab(folder, version);
