/**
 * A debug adapter: the Debug Adapter Protocol over two streams. It answers requests, says how the session begins and ends, and
 * leaves nothing running when its editor goes. What is debugged is in open.ts, what is asked meanwhile in requests.ts.
 *
 * Of @vscode/debugadapter only the messages are used: its session is a class to derive from, which ends the process by itself.
 * Source: Debug Adapter Protocol, "Overview" (order of initialize, launch, initialized and configurationDone).
 */
import type { DebugProtocol } from "@vscode/debugprotocol";
import { Event, Response } from "@vscode/debugadapter";
import { ProtocolServer } from "@vscode/debugadapter/lib/protocol.js";
import { GdbError } from "../../runner/debug/mi.js";
import { RigError, UsageError } from "../core/errors.js";
import type { Tool } from "../core/events.js";
import { asKnown } from "../core/reason.js";
import { CAPABILITIES, OF_RECORDINGS } from "./capabilities.js";
import type { Client } from "./live.js";
import { open, type Opened, type OpenOrder } from "./open.js";
import { REQUESTS } from "./requests.js";

/** Both ends of the connection to an editor. */
export interface Streams {
  readonly input: Parameters<ProtocolServer["start"]>[0] & { readonly destroy: () => unknown };
  readonly output: Parameters<ProtocolServer["start"]>[1];
}

export interface AdapterOptions {
  readonly tool: Tool;
  /** Ends the session. */
  readonly stop: AbortSignal;
  /** What a launch request means. @throws UsageError */
  readonly orderOf: (launch: Readonly<Record<string, unknown>>) => OpenOrder;
}

/** What is between two requests. */
interface State {
  readonly server: ProtocolServer;
  readonly client: Client;
  readonly options: AdapterOptions;
  /** Ends what is debugged, and with that the session. */
  readonly leave: AbortController;
  lineOffset: number;
  opened: Opened | undefined;
  /** Resolves with the end of what is debugged, however that was. */
  session: Promise<void> | undefined;
  configured: () => void;
  /** Requests are answered one after the other. */
  queue: Promise<void>;
}

/** What an editor shows of an error: what is wrong, and what to do next. */
function textOfError(error: Error): string {
  if (error instanceof GdbError) return error.message;
  if (!(error instanceof UsageError || error instanceof RigError)) return `a bug in uktest: ${error.message}`;
  return error.hint === undefined ? error.message : `${error.message}: ${error.hint}`;
}

function answer({ server }: State, request: DebugProtocol.Request, body: object | undefined): void {
  const response: DebugProtocol.Response = new Response(request);
  if (body !== undefined) response.body = body;
  server.sendResponse(response);
}

function refuse({ server }: State, request: DebugProtocol.Request, error: unknown): void {
  const message = textOfError(asKnown(error));
  const response: DebugProtocol.Response = new Response(request, message);
  // Editors show this text, and put values in the place of braces.
  const shown = {
    id: 1,
    format: "{message}",
    variables: { message },
    showUser: request.command === "launch",
  };
  response.body = { error: shown };
  server.sendResponse(response);
}

/** The end of what was debugged, for the editor. */
function ended(state: State, exitCode: number): void {
  const { client } = state;
  // What waits for a stop waits for nothing any more.
  state.opened?.live.running.quiet?.(false);
  state.opened = undefined;
  client.send("exited", { exitCode });
  client.send("terminated");
}

/** Exit code of a session that has broken: that of an infrastructure error. */
const BROKEN = 3;

/** Opens what is debugged and lets it run; resolves with what is to be said after the answer. */
async function launch(state: State, { arguments: args }: DebugProtocol.Request): Promise<() => void> {
  const { options, client, leave } = state;
  if (state.session !== undefined) throw new UsageError("something is debugged already", "one at a time");
  const order = options.orderOf((args ?? {}) as Readonly<Record<string, unknown>>);
  const configured = new Promise<void>((resolve) => (state.configured = resolve));
  let isOpen = false;
  let resolve: (opened: Opened) => void = () => undefined;
  const ready = new Promise<Opened>((done) => (resolve = done));
  const code = open(order, { tool: options.tool, client, stop: leave.signal, ready: resolve });
  state.session = code.then(
    (exitCode) => {
      if (isOpen) ended(state, exitCode);
    },
    (error: unknown) => {
      if (!isOpen) return;
      client.print("stderr", `uktest: error: ${textOfError(asKnown(error))}\n`);
      ended(state, BROKEN);
    },
  );
  const early = code.then((exitCode) => {
    if (leave.signal.aborted) throw new RigError("the session was ended before it began");
    return exitCode;
  });
  try {
    const opened = await Promise.race([ready, early]);
    // Where nothing was red in any recording there is nothing to stop at, and that is said by now.
    if (typeof opened === "number")
      return () => {
        ended(state, opened);
      };
    state.opened = opened;
    if (opened.live.what === "recording") client.send("capabilities", { capabilities: OF_RECORDINGS });
    client.send("initialized");
    await Promise.race([configured, early]);
    isOpen = true;
    return await opened.begin();
  } catch (error) {
    state.session = isOpen ? state.session : undefined;
    throw error;
  }
}

/** Ends what is debugged, and resolves when nothing of it is left. */
async function end({ leave, session }: State): Promise<void> {
  leave.abort();
  await session;
}

/** What begins and ends a session. A function as the answer is called once that is sent. */
const LIFE: Readonly<
  Record<string, ((state: State, request: DebugProtocol.Request) => Promise<unknown>) | undefined>
> = {
  initialize: (state, { arguments: args }) => {
    const { linesStartAt1 } = (args ?? {}) as Partial<DebugProtocol.InitializeRequestArguments>;
    state.lineOffset = linesStartAt1 === false ? -1 : 0;
    return Promise.resolve(CAPABILITIES);
  },
  launch,
  attach: () =>
    Promise.reject(
      new UsageError("there is nothing to attach to", "launch: a case, an image or a core is opened for it"),
    ),
  configurationDone: (state) => {
    state.configured();
    return Promise.resolve();
  },
  terminate: end,
  disconnect: end,
};

/** Answers a request that is about what is debugged, once those before it are answered. */
async function answerLive(state: State, request: DebugProtocol.Request): Promise<void> {
  const known = Object.hasOwn(REQUESTS, request.command) ? REQUESTS[request.command] : undefined;
  try {
    if (known === undefined) throw new UsageError(`${request.command} is not supported`);
    if (state.opened === undefined) throw new UsageError("nothing is debugged", "launch something first");
    const args = (request.arguments ?? {}) as never;
    const body = await known(state.opened.live, args);
    answer(state, request, typeof body === "object" && body !== null ? body : undefined);
  } catch (error) {
    refuse(state, request, error);
  }
}

async function answerLife(state: State, request: DebugProtocol.Request): Promise<void> {
  try {
    const said = await LIFE[request.command]?.(state, request);
    answer(state, request, typeof said === "object" && said !== null ? said : undefined);
    if (typeof said === "function") (said as () => void)();
    if (request.command === "disconnect") state.server.emit("over");
  } catch (error) {
    refuse(state, request, error);
  }
}

function take(state: State, message: DebugProtocol.ProtocolMessage): void {
  if (message.type !== "request") return;
  const request = message as DebugProtocol.Request;
  if (Object.hasOwn(LIFE, request.command)) void answerLife(state, request);
  else state.queue = state.queue.then(() => answerLive(state, request));
}

/** Serves one editor, and resolves when it has left and nothing of its session runs any more. */
export async function serveEditor({ input, output }: Streams, options: AdapterOptions): Promise<void> {
  const server = new ProtocolServer();
  const client: Client = {
    send: (event, body) => {
      server.sendEvent(new Event(event, body));
    },
    print: (category, text) => {
      client.send("output", { category, output: text });
    },
    lineOffset: () => state.lineOffset,
  };
  const state: State = {
    ...{ server, client, options },
    leave: new AbortController(),
    lineOffset: 0,
    opened: undefined,
    session: undefined,
    configured: () => undefined,
    queue: Promise.resolve(),
  };
  server.handleMessage = (message) => {
    take(state, message);
  };
  await new Promise<void>((resolve) => {
    // A message that is none, and a reader that is gone, are no reason to throw.
    server.on("error", () => undefined);
    server.on("over", resolve);
    for (const event of ["end", "close"]) input.on(event, resolve);
    options.stop.addEventListener("abort", () => {
      resolve();
    });
    server.start(input, output);
  });
  await end(state);
  // An editor that keeps its end open would keep this process.
  input.destroy();
}
