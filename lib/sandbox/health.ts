// Port → who answers there: our sandbox, somebody else, or nobody.

import { type ClientRequest, type IncomingMessage, request } from 'node:http';

const LOOPBACK = '127.0.0.1';
/** Milliseconds: a sandbox at work on a large request answers late. */
const PATIENCE = 5_000;

/** The address that clients are given. No trailing slash: some of them would double it. */
export const endpointOf = (port: number): string => `http://${LOOPBACK}:${port}`;

/** Whether the sandbox with this token answers at this port. */
export async function answersAs(token: string, port: number): Promise<boolean> {
  try {
    const { status, body } = await ask('GET', port, '/_worklab/health');
    return status === 200 && (JSON.parse(body) as { token?: unknown } | null)?.token === token;
  } catch {
    return false; // Nobody, or somebody who does not speak like ours.
  }
}

/** Tells the sandbox at this port to forget everything. Rejects unless it says that it did. */
export async function forgetEverything(port: number): Promise<void> {
  const { status, body } = await ask('POST', port, '/moto-api/reset');
  if (status !== 200) throw new Error(`the sandbox answered the reset with ${status}: ${body.slice(0, 200)}`);
}

interface Answer {
  readonly status: number | undefined;
  readonly body: string;
}

/** One request past any proxy that the environment names: the loopback has none. */
function ask(method: 'GET' | 'POST', port: number, path: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const options = { method, host: LOOPBACK, port, path, agent: false, timeout: PATIENCE };
    const asked: ClientRequest = request(options, (response: IncomingMessage) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text: string) => {
        body += text;
      });
      response.on('end', () => resolve({ status: response.statusCode, body }));
      response.on('error', reject);
    });
    asked.on('timeout', () => asked.destroy(new Error(`no answer within ${PATIENCE / 1000} s`)));
    asked.on('error', reject);
    asked.end();
  });
}
