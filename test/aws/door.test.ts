// The doors against a server of the test's own: what is let through, what is told, and who is said to have answered.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DeleteParameterCommand, GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { openForActing, openForReading } from '../../lib/aws/door';
import { isLoopback, localSession } from '../../lib/aws/identity';
import type { Session } from '../../lib/aws/session';
import { traced } from '../../lib/aws/trace';

let server: Server;
let seen: string[] = [];
let answer: (request: IncomingMessage, response: ServerResponse) => void;
let session: Session;

beforeAll(async () => {
  server = createServer((request, response) => {
    seen.push(String(request.headers['x-amz-target'] ?? request.url));
    answer(request, response);
  });
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const credentials = async () => ({ accessKeyId: 'test', secretAccessKey: 'test' });
  session = { target: 'local', account: '123456789012', region: 'us-east-1', endpoint, credentials };
});
afterAll(() => server.close());
beforeEach(() => {
  seen = [];
  answer = (_request, response) => response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' }).end('{}');
});

const identity = (account: string) => (_request: IncomingMessage, response: ServerResponse) =>
  response
    .writeHead(200, { 'content-type': 'text/xml' })
    .end(
      `<GetCallerIdentityResponse><GetCallerIdentityResult><Account>${account}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`,
    );

test('a door for reading lets nothing through that changes something', async () => {
  const client = openForReading(session).client(SSMClient);

  await expect(client.send(new DeleteParameterCommand({ Name: 'x' }))).rejects.toThrow(
    'ssm:DeleteParameter changes something',
  );
  await client.send(new GetParameterCommand({ Name: 'x' }));
  expect(seen).toEqual(['AmazonSSM.GetParameter']);
});

test('a door for acting tells of a change before it is sent, and of no reading', async () => {
  const told: [string, number][] = [];
  const client = openForActing(session, (call) => told.push([call, seen.length])).client(SSMClient);

  await client.send(new GetParameterCommand({ Name: 'x' }));
  await client.send(new PutParameterCommand({ Name: 'x', Value: 'y' }));

  expect(told).toEqual([['ssm:PutParameter', 1]]);
});

test('an answer that carries the plug-in’s header is known to be ours, in its own trace alone', async () => {
  const client = openForReading(session).client(SSMClient);
  const read = () => traced(() => client.send(new GetParameterCommand({ Name: 'x' })));

  const plain = await read();
  answer = (_request, response) => response.writeHead(200, { 'x-worklab-emulated': '1' }).end('{}');
  const ours = await read();
  answer = (_request, response) =>
    response.writeHead(400, { 'x-worklab-emulated': '1' }).end('{"__type":"ParameterNotFound"}');
  const refused = await traced(() =>
    client.send(new GetParameterCommand({ Name: 'x' })).catch((error: Error) => error.name),
  );

  expect(refused).toMatchObject({ result: 'ParameterNotFound', trace: { emulated: true } });
  expect([plain.trace.emulated, ours.trace.emulated]).toEqual([false, true]);
  expect(ours.trace.calls).toEqual(['ssm:GetParameter']);
});

test('one client for a class and a region, another for another region', () => {
  const aws = openForReading(session);

  expect(aws.client(SSMClient)).toBe(aws.client(SSMClient));
  expect(aws.client(SSMClient, 'us-west-2')).not.toBe(aws.client(SSMClient));
});

test('what answers as a real account on loopback is not taken for an emulator', async () => {
  answer = identity('111122223333');
  await expect(localSession(session.endpoint ?? '', 'us-east-1')).rejects.toMatchObject({
    code: 'account/not-an-emulator',
    exitCode: 4,
  });

  answer = identity('000000000000');
  await expect(localSession(session.endpoint ?? '', 'us-east-1')).resolves.toMatchObject({
    account: '000000000000',
    target: 'local',
  });
});

test.each([
  ['http://127.0.0.1:5000', true],
  ['http://localhost:5000/', true],
  ['http://[::1]:5000', true],
  ['https://ec2.us-east-1.amazonaws.com', false],
  ['http://127.0.0.1.example.com', false],
  ['http://localhost@example.com', false],
  ['not a url', false],
])('%s is on this machine: %s', (endpoint, expected) => {
  expect(isLoopback(endpoint)).toBe(expected);
});
