// What is asked by several within one look is asked of AWS once; what is asked again by the same, or later, is asked anew.

import {
  DeleteParameterCommand,
  DescribeParametersCommand,
  GetParameterCommand,
  paginateDescribeParameters,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { openForActing } from '../../lib/aws/door';
import { shared } from '../../lib/aws/shared';
import { traced } from '../../lib/aws/trace';
import type { Aws } from '../../lib/kit';
import { answeringServer, inJson } from '../support/answering-server';

let aws: Aws;
let asked: string[] = [];
let status = 200;
const session = answeringServer(({ request, body, response }) => {
  asked.push(`${String(request.headers['x-amz-target']).split('.')[1]} ${body}`);
  const page = { Parameters: [{ Name: `answer ${asked.length}` }], NextToken: body === '{}' ? 'b' : '' };
  const answer = status === 200 ? page : { __type: 'AccessDeniedException', message: 'not you' };
  setTimeout(() => inJson(response, answer, status, { 'x-worklab-emulated': '1' }), 20);
});

beforeAll(() => {
  aws = openForActing(session(), () => {});
});
beforeEach(() => {
  asked = [];
  status = 200;
});

const listing = (region?: string) =>
  traced(async () => {
    const names: string[] = [];
    for await (const { Parameters = [] } of paginateDescribeParameters({ client: aws.client(SSMClient, region) }, {}))
      names.push(...Parameters.map(({ Name = '' }) => Name));
    return names;
  });
const describe_ = () => aws.client(SSMClient).send(new DescribeParametersCommand({}));

test('two listings at once and a third after them read each page once, and the first alone counts the calls', async () => {
  const [one, two, three] = await shared(async () => [...(await Promise.all([listing(), listing()])), await listing()]);

  expect(asked).toEqual(['DescribeParameters {}', 'DescribeParameters {"NextToken":"b"}']);
  for (const { result, trace } of [one, two, three]) {
    expect(result).toEqual(['answer 1', 'answer 2']);
    expect(trace.emulated).toBe(true);
  }
  expect([one, two, three].flatMap(({ trace }) => trace.calls)).toHaveLength(2);
});

test('another region, another input and another look are other questions', async () => {
  await shared(async () => [await listing(), await listing('eu-west-1')]);
  await shared(listing);

  expect(asked).toHaveLength(6);
});

test('who asks the same again wants to know it anew, and those after it are told the newer answer', async () => {
  const seen = await shared(async () => {
    const waiting = await traced(async () => [await describe_(), await describe_()]);
    return [...waiting.result, (await traced(describe_)).result].map(({ Parameters }) => Parameters?.[0]?.Name);
  });

  expect(seen).toEqual(['answer 1', 'answer 2', 'answer 2']);
});

test('a refusal is every asker’s', async () => {
  status = 400;

  const outcomes = await shared(() => Promise.allSettled([listing(), listing()]));

  expect(outcomes.map((one) => one.status)).toEqual(['rejected', 'rejected']);
  expect(asked).toHaveLength(1);
});

test('outside a look, outside a piece of work, and of what is no list, each asks for itself', async () => {
  await Promise.all([listing(), listing()]);
  await shared(() => Promise.all([describe_(), describe_()]));
  const get = () => traced(() => aws.client(SSMClient).send(new GetParameterCommand({ Name: 'x' })));
  const remove = () => traced(() => aws.client(SSMClient).send(new DeleteParameterCommand({ Name: 'x' })));
  await shared(() => Promise.all([get(), get(), remove(), remove()]));

  expect(asked).toHaveLength(4 + 2 + 4);
});
