// What can go wrong between a client and AWS, put between worklab and the emulator by the roll of a seeded die.

import type { Exchange, TestProxy } from '../support/proxy';
import { letThrough, startBefore } from '../support/proxy';
import type { Random } from './random';

export const FAULTS = ['429', '500', '403', 'expired', 'reset', 'reset-after', 'empty', 'truncated', 'slow'] as const;
export type Fault = (typeof FAULTS)[number];

export interface FaultProxy extends TestProxy {
  /** From now on, each request meets a fault with this probability. */
  readonly disturb: (random: Random, probability: number) => void;
  readonly calm: () => void;
  readonly counts: { faults: number; retries: number };
}

export async function startFaultProxy(target: string): Promise<FaultProxy> {
  const counts = { faults: 0, retries: 0 };
  let roll = (): Fault | undefined => undefined;
  const proxy = await startBefore(target, async (exchange) => {
    if (/attempt=(?:[2-9]|\d\d)/.test(String(exchange.request.headers['amz-sdk-request']))) counts.retries += 1;
    const fault = roll();
    if (fault === undefined) return letThrough(exchange);
    counts.faults += 1;
    return inject(fault, exchange);
  });
  return {
    ...proxy,
    counts,
    disturb: (random, probability) => {
      roll = () => (random.chance(probability) ? random.pick(FAULTS) : undefined);
    },
    calm: () => {
      roll = () => undefined;
    },
  };
}

/** AWS's words for each, and the EC2 API's own (Common errors of each API reference, 2026-11-22). */
const REFUSALS = {
  '429': { status: 429, code: 'Throttling', ec2: 'RequestLimitExceeded' },
  '500': { status: 500, code: 'InternalFailure', ec2: 'InternalError' },
  '403': { status: 403, code: 'AccessDenied', ec2: 'UnauthorizedOperation' },
  expired: { status: 403, code: 'ExpiredToken', ec2: 'RequestExpired' },
} as const;

async function inject(fault: Fault, exchange: Exchange): Promise<void> {
  const { response } = exchange;
  switch (fault) {
    case 'reset':
      response.destroy();
      return;
    case 'reset-after': // it was done, and nobody hears of it
      await exchange.ask();
      response.destroy();
      return;
    case 'empty': {
      const { headers } = await exchange.ask();
      response.writeHead(200, { 'content-type': headers['content-type'] ?? 'text/xml', 'content-length': 0 }).end();
      return;
    }
    case 'truncated': {
      const { status, headers, body } = await exchange.ask();
      const half = body.subarray(0, Math.floor(body.length / 2));
      response.writeHead(status, { ...headers, 'content-length': half.length }).end(half);
      return;
    }
    case 'slow':
      await new Promise((resolve) => setTimeout(resolve, 400));
      return letThrough(exchange);
    default:
      refuse(exchange, REFUSALS[fault]);
  }
}

function refuse(
  { request, response }: Exchange,
  { status, code, ec2 }: (typeof REFUSALS)[keyof typeof REFUSALS],
): void {
  const service = /\/([\w-]+)\/aws4_request/.exec(String(request.headers.authorization))?.[1];
  const message = `injected: ${code}`;
  if (String(request.headers['content-type']).includes('json')) {
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(JSON.stringify({ __type: code, message }));
    return;
  }
  const error = `<Code>${service === 'ec2' ? ec2 : code}</Code><Message>${message}</Message>`;
  const body =
    service === 'ec2'
      ? `<Response><Errors><Error>${error}</Error></Errors><RequestID>r</RequestID></Response>`
      : `<ErrorResponse><Error><Type>Sender</Type>${error}</Error><RequestId>r</RequestId></ErrorResponse>`;
  response.writeHead(status, { 'content-type': 'text/xml' }).end(body);
}
