/**
 * An editor that debugs: the client of the protocol's own test library, with `uktest dap` at its other end. It keeps all that the
 * adapter says, and waits for events as long as a busy host needs.
 */
import type { ChildProcess } from "node:child_process";
import { createConnection } from "node:net";
import type { Readable, Writable } from "node:stream";
import { DebugClient } from "@vscode/debugadapter-testsupport";
import type { DebugProtocol } from "@vscode/debugprotocol";
import type { ExecutionContext } from "ava";
import { start, type Settings } from "../cli/run.js";
import { ROOT } from "../runner/kit.js";
import { below, until } from "../runner/processes.js";

/** The client connects to a program that it has not started itself. */
class Client extends DebugClient {
  speak(from: Readable, to: Writable): void {
    this.connect(from, to);
  }
}

export type Stopped = DebugProtocol.StoppedEvent["body"];

export interface Editor {
  readonly client: Client;
  readonly child: ChildProcess;
  /** All events so far. */
  readonly events: readonly DebugProtocol.Event[];
  /** The text of all output events of a category so far. */
  readonly printed: (category: string) => string;
  /** The next stop that was not waited for yet. Rejects where none comes. */
  readonly stop: () => Promise<Stopped>;
  /** Whether the session ends. */
  readonly ends: () => Promise<boolean>;
  /** The exit code of what was debugged; undefined before its end. */
  readonly exitCode: () => number | undefined;
  /** The exit code of the adapter, once it has ended. */
  readonly left: () => Promise<number | null>;
  /** Whether the adapter has closed the connection. */
  readonly isClosed: () => boolean;
  /** `uktest` itself, and all programs that it has started. */
  readonly processes: () => readonly number[];
  /** Launches, and sets what `configure` wants to before the guest runs. */
  readonly launch: (
    words: object,
    configure?: () => Promise<unknown>,
    options?: { readonly linesStartAt1: boolean },
  ) => Promise<void>;
  /** The frames of the stop. */
  readonly frames: () => Promise<readonly DebugProtocol.StackFrame[]>;
  /** The variables of a scope of the first frame. */
  readonly variables: (scope: string) => Promise<readonly DebugProtocol.Variable[]>;
  /** What is in a variable. */
  readonly inside: (
    variable: DebugProtocol.Variable | undefined,
  ) => Promise<readonly DebugProtocol.Variable[]>;
  /** The value of an expression in the first frame. */
  readonly value: (expression: string, context?: string) => Promise<string>;
}

/** How a session is spoken to once its streams are known. */
function over(client: Client, child: ChildProcess, stream: Readable): Editor {
  let isClosed = false;
  stream.on("close", () => (isClosed = true));
  const events: DebugProtocol.Event[] = [];
  for (const name of [
    "output",
    "stopped",
    "continued",
    "exited",
    "terminated",
    "initialized",
    "capabilities",
  ])
    client.on(name, (event: DebugProtocol.Event) => events.push(event));
  const named = (name: string) => events.filter(({ event }) => event === name);
  const printed = (category: string): string =>
    named("output")
      .map(({ body }) => body as DebugProtocol.OutputEvent["body"])
      .flatMap((body) => (body.category === category ? [body.output] : []))
      .join("");
  let seen = 0;
  const frames = async () => (await client.stackTraceRequest({ threadId: 1 })).body.stackFrames;
  const frameId = async (): Promise<number> => (await frames())[0]?.id ?? -1;
  const inside = async (variablesReference: number) =>
    (await client.variablesRequest({ variablesReference })).body.variables;
  return {
    ...{ client, child, events, printed, frames },
    stop: async () => {
      seen += 1;
      const isThere = (): boolean => named("stopped").length >= seen || named("terminated").length > 0;
      await until(isThere);
      const event = named("stopped")[seen - 1];
      if (event !== undefined) return (event as DebugProtocol.StoppedEvent).body;
      throw new Error(`no stop\n${printed("stdout")}${printed("console")}${printed("stderr")}`);
    },
    ends: () => until(() => named("terminated").length > 0),
    exitCode: () => (named("exited")[0]?.body as DebugProtocol.ExitedEvent["body"] | undefined)?.exitCode,
    left: async () => {
      await until(() => child.exitCode !== null || child.signalCode !== null);
      return child.exitCode;
    },
    isClosed: () => isClosed,
    processes: () => [child.pid ?? -1, ...below(child.pid ?? -1)],
    launch: async (words, configure, options = { linesStartAt1: true }) => {
      const body = await client.initializeRequest({ adapterID: "uktest", ...options });
      if (body.body?.supportsConfigurationDoneRequest !== true) throw new Error("no capabilities");
      const launched = client.launchRequest(words);
      launched.catch(() => undefined);
      // Building may take a busy host minutes; an adapter that dies answers nothing.
      const ready = new Promise((resolve) => client.once("initialized", resolve));
      const died = new Promise((_, reject) =>
        child.once("close", () => {
          reject(new Error("the adapter has ended"));
        }),
      );
      await Promise.race([launched, ready, died]);
      await configure?.();
      await client.configurationDoneRequest();
      await launched;
    },
    variables: async (scope) => {
      const { scopes } = (await client.scopesRequest({ frameId: await frameId() })).body;
      return inside(scopes.find(({ name }) => name === scope)?.variablesReference ?? -1);
    },
    inside: (variable) => inside(variable?.variablesReference ?? -1),
    value: async (expression, context = "watch") =>
      (await client.evaluateRequest({ expression, context, frameId: await frameId() })).body.result,
  };
}

/** Speaks to an adapter on its streams, and ends it with its test. */
export function editorOf(t: ExecutionContext, child: ChildProcess): Editor {
  const { stdout, stdin } = child;
  if (stdout === null || stdin === null) throw new Error("no pipes");
  t.teardown(async () => {
    // An adapter without an editor ends by itself, and what coverage has counted in it is written then.
    stdin.end();
    await until(() => child.exitCode !== null || child.signalCode !== null);
    child.kill("SIGKILL");
  });
  const client = new Client("", "", "uktest");
  client.speak(stdout, stdin);
  return over(client, child, stdout);
}

/** Starts the adapter as an editor does. */
export const editor = (t: ExecutionContext, settings: Settings = {}): Editor =>
  editorOf(t, start(["dap"], { cwd: ROOT, ...settings, input: null }).child);

/** Connects to an adapter that waits on a port. */
export async function editorAt(t: ExecutionContext, port: number, child: ChildProcess): Promise<Editor> {
  const socket = createConnection(port, "127.0.0.1");
  socket.on("error", () => undefined);
  t.teardown(() => socket.destroy());
  await new Promise((resolve) => socket.once("connect", resolve));
  const client = new Client("", "", "uktest");
  client.speak(socket, socket);
  return over(client, child, socket);
}

/** What a request is refused with. */
export const refused = async (request: Promise<unknown>): Promise<string> =>
  request.then(
    () => {
      throw new Error("it was not refused");
    },
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
