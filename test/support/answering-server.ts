// A server of a test file's own, which answers AWS's clients what the test wants them to be told.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Session } from '../../lib/aws/session';
import { sessionAt } from './client-config';

/** One request, read to its end, and the answer to be written. */
export interface Asked {
  readonly request: IncomingMessage;
  readonly body: string;
  readonly response: ServerResponse;
}

/** One server for the whole test file; the function gives a session that leads to it. */
export function answeringServer(answer: (asked: Asked) => void): () => Session {
  let server: Server;
  beforeAll(async () => {
    server = createServer((request, response) => {
      const pieces: Buffer[] = [];
      request.on('data', (piece: Buffer) => pieces.push(piece));
      request.on('end', () => answer({ request, body: Buffer.concat(pieces).toString(), response }));
    });
    server.listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
  });
  afterAll(() => server.close());
  return () => sessionAt(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
}

/** Answers as AWS's JSON protocols do; a status of 400 with `__type` is an error of that name. */
export const inJson = (response: ServerResponse, body: object, status = 200, headers: Record<string, string> = {}) =>
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1', ...headers }).end(JSON.stringify(body));
