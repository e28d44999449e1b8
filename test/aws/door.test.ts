// The doors against a server of the test's own: what is let through, what is told, and who is said to have answered.

import type { ServerResponse } from 'node:http';
import { DeleteParameterCommand, GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { openForActing, openForReading } from '../../lib/aws/door';
import { isLoopback, localSession } from '../../lib/aws/identity';
import { traced } from '../../lib/aws/trace';
import { answeringServer, inJson } from '../support/answering-server';

let seen: string[] = [];
let answer: (response: ServerResponse) => void;
const session = answeringServer(({ request, response }) => {
  seen.push(String(request.headers['x-amz-target'] ?? request.url));
  answer(response);
});
beforeEach(() => {
  seen = [];
  answer = (response) => inJson(response, {});
});

const identity = (account: string) => (response: ServerResponse) =>
  response
    .writeHead(200, { 'content-type': 'text/xml' })
    .end(
      `<GetCallerIdentityResponse><GetCallerIdentityResult><Account>${account}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`,
    );

test('a door for reading lets nothing through that changes something', async () => {
  const client = openForReading(session()).client(SSMClient);

  await expect(client.send(new DeleteParameterCommand({ Name: 'x' }))).rejects.toThrow(
    'ssm:DeleteParameter changes something',
  );
  await client.send(new GetParameterCommand({ Name: 'x' }));
  expect(seen).toEqual(['AmazonSSM.GetParameter']);
});

test('a door for acting tells of a change before it is sent, and of no reading', async () => {
  const told: [string, number][] = [];
  const client = openForActing(session(), (call) => told.push([call, seen.length])).client(SSMClient);

  await client.send(new GetParameterCommand({ Name: 'x' }));
  await client.send(new PutParameterCommand({ Name: 'x', Value: 'y' }));

  expect(told).toEqual([['ssm:PutParameter', 1]]);
});

test('an answer that carries the plug-in’s header is known to be ours, in its own trace alone', async () => {
  const client = openForReading(session()).client(SSMClient);
  const read = () => traced(() => client.send(new GetParameterCommand({ Name: 'x' })));

  const plain = await read();
  answer = (response) => inJson(response, {}, 200, { 'x-worklab-emulated': '1' });
  const ours = await read();
  answer = (response) => inJson(response, { __type: 'ParameterNotFound' }, 400, { 'x-worklab-emulated': '1' });
  const refused = await traced(() =>
    client.send(new GetParameterCommand({ Name: 'x' })).catch((error: Error) => error.name),
  );

  expect(refused).toMatchObject({ result: 'ParameterNotFound', trace: { emulated: true } });
  expect([plain.trace.emulated, ours.trace.emulated]).toEqual([false, true]);
  expect(ours.trace.calls).toEqual(['ssm:GetParameter']);
});

test('one client for a class and a region, another for another region', () => {
  const aws = openForReading(session());

  expect(aws.client(SSMClient)).toBe(aws.client(SSMClient));
  expect(aws.client(SSMClient, 'us-west-2')).not.toBe(aws.client(SSMClient));
});

test('what answers as a real account on loopback is not taken for an emulator', async () => {
  answer = identity('111122223333');
  await expect(localSession(session().endpoint ?? '', 'us-east-1')).rejects.toMatchObject({
    code: 'account/not-an-emulator',
    exitCode: 4,
  });

  answer = identity('000000000000');
  await expect(localSession(session().endpoint ?? '', 'us-east-1')).resolves.toMatchObject({
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
