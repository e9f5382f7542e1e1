/**
 * Serves one page to programs of this host, over HTTP. It does not know what the page says. What connects is not to be relied
 * on: the connections are few, each has one answer and little time, and none keeps this process from ending.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type Listening, listenWith } from "../debug/listening.js";

/** What is answered now. @param accept the media types that the other side takes, as its header has them */
export type Page = (accept: string) => { readonly type: string; readonly body: string };

/** More connections than any monitoring needs; further ones are closed at once. */
const MOST_CONNECTIONS = 16;
/** For a request to be here, in milliseconds; and for all of its answer to be fetched. */
const REQUEST_MS = 5000;
const ANSWER_MS = 30_000;
const CHECK_MS = 1000;
const MOST_HEADER_BYTES = 8192;

const PLAIN = "text/plain; charset=utf-8";

/** A page of another origin can lead a browser here by a name of its own: it then says that name. */
const isOurs = (host: string | undefined): boolean =>
  host === undefined || /^(?:127\.0\.0\.1|localhost)(?::\d+)?$/i.test(host);

function answerTo({ method, url = "", headers }: IncomingMessage, path: string, page: Page) {
  const plain = (status: number, body: string) => ({ status, type: PLAIN, body: `${body}\n` });
  if (!isOurs(headers.host)) return plain(421, "this server is for programs of its own host");
  if (method !== "GET" && method !== "HEAD") return plain(405, "GET and HEAD are what there is");
  if (url.replace(/\?.*$/s, "") !== path) return plain(404, `what there is is at ${path}`);
  try {
    return { status: 200, ...page(headers.accept ?? "") };
  } catch (error) {
    return plain(500, String(error));
  }
}

function answer(request: IncomingMessage, response: ServerResponse, path: string, page: Page): void {
  const { status, type, body } = answerTo(request, path, page);
  const late = setTimeout(() => request.socket.destroy(), ANSWER_MS).unref();
  response.once("close", () => {
    clearTimeout(late);
  });
  response.writeHead(status, {
    "Content-Type": type,
    "Content-Length": Buffer.byteLength(body),
    "Cache-Control": "no-store",
    Connection: "close",
    ...(status === 405 && { Allow: "GET, HEAD" }),
  });
  response.end(request.method === "HEAD" ? undefined : body);
}

/**
 * Serves a page until it is closed.
 * @param port of the loopback interface; 0 for any that is free
 * @param path of the page, as `/metrics`
 * @throws UsageError for a port that cannot be had
 */
export async function servePage(port: number, path: string, page: Page): Promise<Listening> {
  const server = createServer(
    {
      headersTimeout: REQUEST_MS,
      requestTimeout: REQUEST_MS,
      connectionsCheckingInterval: CHECK_MS,
      maxHeaderSize: MOST_HEADER_BYTES,
    },
    (request, response) => {
      answer(request, response, path, page);
    },
  );
  server.maxConnections = MOST_CONNECTIONS;
  server.on("connection", (socket) => socket.unref());
  const { address } = await listenWith(server, String(port));
  server.unref();
  return {
    address: `http://${address}${path}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
