/**
 * Reads TeamCity's service messages by the rules of its documentation: a name, then attributes in single quotes, a bar in
 * front of whatever would end one. Anything else on a line of its own throws.
 */

export interface ServiceMessage {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

const NAMED: Readonly<Record<string, string>> = {
  "'": "'",
  "|": "|",
  "[": "[",
  "]": "]",
  n: "\n",
  r: "\r",
  x: "\u0085",
  l: "\u2028",
  p: "\u2029",
};

/** Reads the value that begins at `start`, after its quote: the text and the place after the closing quote. */
function readValue(line: string, start: number): { readonly value: string; readonly end: number } {
  let value = "";
  for (let at = start; at < line.length; at += 1) {
    const character = line.charAt(at);
    if (character === "'") return { value, end: at + 1 };
    if (character === "[" || character === "]") throw new Error(`a bare ${character} in ${line}`);
    if (character !== "|") {
      value += character;
      continue;
    }
    at += 1;
    const escape = line.charAt(at);
    const hex = /^0x([0-9a-f]{4})/i.exec(line.slice(at, at + 6))?.[1];
    const known = NAMED[escape];
    if (hex !== undefined) {
      value += String.fromCharCode(parseInt(hex, 16));
      at += 5;
    } else if (known !== undefined) value += known;
    else throw new Error(`an unknown escape |${escape} in ${line}`);
  }
  throw new Error(`a value without an end in ${line}`);
}

function readMessage(line: string): ServiceMessage {
  const head = /^##teamcity\[(\w+)/.exec(line);
  if (head === null) throw new Error(`no message: ${line}`);
  const attributes: Record<string, string> = {};
  let at = head[0].length;
  while (line.charAt(at) === " ") {
    const key = /^ (\w+)='/.exec(line.slice(at))?.[1];
    if (key === undefined) throw new Error(`no attribute at ${String(at)} of ${line}`);
    const { value, end } = readValue(line, at + key.length + 3);
    if (Object.hasOwn(attributes, key)) throw new Error(`${key} twice in ${line}`);
    attributes[key] = value;
    at = end;
  }
  if (line.slice(at) !== "]") throw new Error(`something after the message: ${line}`);
  return { name: head[1] ?? "", attributes };
}

/** All messages of an output that holds nothing else. */
export const messagesIn = (output: string): readonly ServiceMessage[] =>
  output === ""
    ? []
    : output
        .replace(/\n$/, "")
        .split(/\r\n|\n|\r/)
        .map(readMessage);

/** What TeamCity would show of a test. */
export interface TeamcityTest {
  readonly suite: string;
  readonly name: string;
  readonly status: "passed" | "failed" | "ignored";
  readonly message?: string;
}

/** Follows suites and tests of each flow; what does not nest throws. */
export function testsOf(messages: readonly ServiceMessage[]): readonly TeamcityTest[] {
  const suites = new Map<string, string[]>();
  const open = new Map<string, { name: string; failed?: string }>();
  const tests: TeamcityTest[] = [];
  const expect = (holds: boolean, { name, attributes }: ServiceMessage): void => {
    if (!holds) throw new Error(`${name} ${JSON.stringify(attributes)} at the wrong place`);
  };
  for (const message of messages) {
    const { name = "", flowId: flow = "", message: text = "" } = message.attributes;
    const stack = suites.get(flow) ?? [];
    suites.set(flow, stack);
    const running = open.get(flow);
    switch (message.name) {
      case "testSuiteStarted":
        stack.push(name);
        break;
      case "testSuiteFinished":
        expect(running === undefined && stack.pop() === name, message);
        break;
      case "testStarted":
        expect(running === undefined && stack.length > 0, message);
        open.set(flow, { name });
        break;
      case "testFailed":
        expect(running?.name === name && running.failed === undefined, message);
        open.set(flow, { name, failed: text });
        break;
      case "testIgnored":
        expect(stack.length > 0, message);
        tests.push({ suite: stack.at(-1) ?? "", name, status: "ignored", message: text });
        break;
      case "testStdOut":
        expect(running?.name === name, message);
        break;
      case "testFinished": {
        expect(running?.name === name, message);
        open.delete(flow);
        const failed = running?.failed;
        const status = failed === undefined ? "passed" : "failed";
        tests.push({
          suite: stack.at(-1) ?? "",
          name,
          status,
          ...(failed !== undefined && { message: failed }),
        });
        break;
      }
      default:
        expect(message.name === "buildProblem", message);
    }
  }
  if (open.size > 0 || [...suites.values()].some((stack) => stack.length > 0)) throw new Error("not closed");
  return tests;
}
