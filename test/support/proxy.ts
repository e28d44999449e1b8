// A server between worklab and an emulator that may answer in its place. Everything else goes through as it is.

import { createServer, type IncomingMessage, type ServerResponse, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface TestProxy {
  readonly endpoint: string;
  readonly stop: () => Promise<void>;
}

/** An answer in the emulator's place. */
export interface Instead {
  readonly status: number;
  readonly body: string;
}

/** One request, read to its end, and what may be answered to it. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly body: Buffer;
  readonly response: ServerResponse;
  /** The emulator's own answer. */
  readonly ask: () => Promise<{
    readonly status: number;
    readonly headers: NodeJS.Dict<string | string[]>;
    readonly body: Buffer;
  }>;
}

/** `instead` sees each request's body, and answers it or lets it through. */
export const startProxy = (target: string, instead: (body: string) => Instead | undefined): Promise<TestProxy> =>
  startBefore(target, async (exchange) => {
    const answer = instead(exchange.body.toString());
    if (answer === undefined) await letThrough(exchange);
    else exchange.response.writeHead(answer.status, { 'content-type': 'text/xml' }).end(answer.body);
  });

/** A server before the target that does with each request what `act` does. */
export async function startBefore(target: string, act: (exchange: Exchange) => Promise<void>): Promise<TestProxy> {
  const server = createServer((request, response) => {
    void bodyOf(request)
      .then((body) => act({ request, body, response, ask: () => ask(target, request, body) }))
      .catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const stop = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { endpoint: `http://127.0.0.1:${port}`, stop };
}

/** Answers what the emulator answers. */
export async function letThrough({ ask: asked, response }: Exchange): Promise<void> {
  const { status, headers, body } = await asked();
  response.writeHead(status, headers).end(body);
}

async function bodyOf(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function ask(
  target: string,
  { method, url = '/', headers }: IncomingMessage,
  body: Buffer,
): ReturnType<Exchange['ask']> {
  return new Promise((resolve, reject) => {
    const onward = send(new URL(url, target), { method, headers }, (answer) => {
      bodyOf(answer).then(
        (read) => resolve({ status: answer.statusCode ?? 502, headers: answer.headers, body: read }),
        reject,
      );
    });
    onward.on('error', reject);
    onward.end(body);
  });
}
