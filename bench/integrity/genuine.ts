/**
 * Lines that no console could tell from the guest's own, for the rows in which memory stands beside the console. Success of
 * this kind changes nothing; failure of this kind is red.
 */
import { inserted, type Mutate, mutant } from "./mutant.js";

/** Where forged lines are put, and the case in whose name they speak. */
function forging(lines: (suite: string, name: string) => readonly (readonly string[])[]): Mutate {
  return (log, random) => {
    const headers = log.lines.filter(({ part }) => part === "header");
    if (headers.length === 0) return undefined;
    const { suite = "s", name = "c" } = random.pick(headers);
    const forged = random.pick(lines(suite, name));
    const at = random.int(log.lines.length);
    return mutant(inserted(log.lines, at, forged), `forged ${JSON.stringify(forged[0])}`, at);
  };
}

const MESSAGE = "expected `x` to be 0 and was 0";
const resultLine = (word: string): string =>
  `[    0.010000] Info: \t${MESSAGE} ${".".repeat(80 - MESSAGE.length)} [ ${word} ]\r`;
const headerLine = (suite: string, name: string): string =>
  `[    0.010000] Info: test:\x1b[0m ${suite}->${name}\r`;
const endLine = (suite: string, name: string, word: string): string =>
  `[    0.010000] Info: [libuktest] uktest:case ${suite}->${name} ${word} assertions=1 failed=0 time=1\r`;

/** Lines of success that no console could tell from the guest's own: they change nothing. */
export const forgedSuccess = forging((suite, name) => [
  [resultLine("PASSED")],
  [headerLine(suite, name), resultLine("PASSED"), endLine(suite, name, "passed")],
  [endLine(suite, name, "passed")],
  [`[    0.010000] Info: [libuktest] uktest:skip ${suite} no reason\r`],
  ["[    0.010000] Info: [libuktest] uktest:end cases=1 failed=0 skipped=0\r"],
]);

/** Words of failure in the guest's own form: red, whatever its memory knows. */
export const forgedFailure = forging((suite, name) => [
  [resultLine("FAILED"), "[    0.010000] Info: \t  in x.c:1\r"],
  [headerLine(suite, "forged"), resultLine("FAILED"), endLine(suite, "forged", "failed")],
  [endLine(suite, name, "failed")],
  ["[    0.010000] CRIT: [app] <x.c @    8> Assertion failure: x\r"],
  ["[    0.010000] ERR:  [libubsan] Undefined behavior at x.c:1:2: signed integer overflow: 1 + 2\r"],
]);
