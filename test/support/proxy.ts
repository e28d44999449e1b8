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

/** `instead` sees each request's body, and answers it or lets it through. */
export async function startProxy(target: string, instead: (body: string) => Instead | undefined): Promise<TestProxy> {
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const answer = instead(body.toString());
      if (answer === undefined) forward(target, { request, body, response });
      else response.writeHead(answer.status, { 'content-type': 'text/xml' }).end(answer.body);
    });
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

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly body: Buffer;
  readonly response: ServerResponse;
}

function forward(target: string, { request, body, response }: Exchange): void {
  const { method, url = '/', headers } = request;
  const onward = send(new URL(url, target), { method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  onward.on('error', () => response.destroy());
  onward.end(body);
}
