// What the kit gives to labs: marks, judgement, lists, waiting.

import {
  collect,
  type Demand,
  EndlessList,
  hostUrl,
  isMarked,
  items,
  judge,
  lastOf,
  MissingList,
  meets,
  onePage,
  pagesOf,
  patience,
  unlessGone,
  waitUntil,
} from '../../lib/kit';

import { fakeAws, SCOPE } from '../support/fake-aws';

describe('the marks of a run', () => {
  test.each([
    [{ tags: [{ Key: 'worklab:run', Value: 'abc123' }] }, true],
    [{ tags: [{ Key: 'worklab:run', Value: 'abc124' }] }, false],
    [{ tags: [{ Key: 'Name', Value: 'worklab-abc123-data' }] }, true],
    [{ tags: [{ Key: 'Owner', Value: 'worklab-abc123-data' }] }, false],
    [{ names: ['worklab-abc123'] }, true],
    [{ names: [undefined, 'worklab-abc123-key'] }, true],
    [{ names: ['/worklab-abc123/ec2/key'] }, true],
    [{ names: ['worklab-abc1234-key'] }, false],
    [{ names: ['/worklab-abc1234/ec2/key'] }, false],
    [{ names: ['my-worklab-abc123-key'] }, false],
    [{}, false],
  ])('%j: %s', (marks, expected) => {
    expect(isMarked(SCOPE, marks)).toBe(expected);
  });
});

describe('a judgement on things', () => {
  interface Pet {
    readonly name: string;
    readonly legs: number;
  }
  const nothing = { expected: 'a pet', actual: 'none', hint: 'get one' };
  const DEMANDS: readonly Demand<Pet>[] = [
    { expected: 'a name', met: ({ name }) => name !== '', actual: () => 'no name', hint: 'call it' },
    {
      expected: 'four legs',
      met: ({ legs }) => legs === 4,
      actual: ({ name, legs }) => `${name} has ${legs}`,
      hint: 'count',
    },
  ];

  test('one that meets all demands is enough', () => {
    expect(
      judge(
        [
          { name: '', legs: 0 },
          { name: 'Rex', legs: 4 },
        ],
        DEMANDS,
        nothing,
      ),
    ).toEqual({ status: 'passed' });
    expect(meets({ name: 'Rex', legs: 4 }, DEMANDS)).toBe(true);
  });

  test('of those that do not, the nearest is told by its first fault', () => {
    expect(
      judge(
        [
          { name: '', legs: 4 },
          { name: 'Tweety', legs: 2 },
          { name: 'Nemo', legs: 0 },
        ],
        DEMANDS,
        nothing,
      ),
    ).toEqual({
      status: 'failed',
      expected: 'four legs',
      actual: 'Tweety has 2',
      hint: 'count',
    });
  });

  test('nothing there fails, whatever is demanded', () => {
    expect(judge([], [], nothing)).toEqual({ status: 'failed', ...nothing });
  });
});

describe('lists', () => {
  async function* pages<Page>(...all: readonly Page[]): AsyncGenerator<Page> {
    yield* all;
  }

  test('are read over all pages, an empty one between included', async () => {
    const found = items(pages({ list: [1, 2] }, { list: [] }, { list: [3] }), (page) => page.list);
    expect(await collect(found)).toEqual([1, 2, 3]);
  });

  test('that are not in the answer are an error, unless the service leaves empty ones out', async () => {
    const missing = () => pages<{ list?: number[] }>({ list: [1] }, {});
    await expect(collect(items(missing(), (page) => page.list))).rejects.toThrow(MissingList);
    expect(await collect(items(missing(), (page) => page.list, { absentMeansEmpty: true }))).toEqual([1]);
  });

  test('without pages are one page; a refusal stays a refusal', async () => {
    expect(await collect(items(onePage(Promise.resolve({ list: [1] })), (page) => page.list))).toEqual([1]);
    await expect(collect(onePage(Promise.reject(new Error('denied'))))).rejects.toThrow('denied');
  });

  const read = (all: readonly object[]) => collect(items(pages(...(all as { list: number[] }[])), (page) => page.list));

  test.each([
    [
      'a token that comes back',
      [
        { list: [1], NextToken: 'a' },
        { list: [2], NextToken: 'a' },
      ],
    ],
    [
      'a token that comes back after another',
      [
        { list: [1], nextToken: 'a' },
        { list: [], nextToken: 'b' },
        { list: [], nextToken: 'a' },
      ],
    ],
    ['a cut page without a token', [{ list: [1], IsTruncated: true }]],
    ['a last page that names another', [{ list: [1] }, { list: [2], NextMarker: 'b' }]],
    ['a marker that nobody followed', [{ list: [1], Marker: 'b', IsTruncated: true }]],
    ['a record that nobody followed', [{ list: [1], NextRecordName: 'b.test', IsTruncated: true }]],
  ])('%s is an error, not an end', async (_what, all) => {
    await expect(read(all)).rejects.toThrow(EndlessList);
  });

  test('a marker that repeats the question is no token', async () => {
    expect(
      await read([
        { list: [1], Marker: 'a', IsTruncated: false },
        { list: [2], NextToken: '' },
      ]),
    ).toEqual([1, 2]);
  });

  test('a list whose pages are empty and never end is given up', async () => {
    async function* endless() {
      for (let page = 0; ; page++) yield { list: [] as number[], NextToken: String(page) };
    }
    await expect(collect(items(endless(), (page) => page.list))).rejects.toThrow(/does not end/);
  });
});

describe('removing and waiting', () => {
  const error = (name: string): Error => Object.assign(new Error(name), { name });

  test('what is gone already is removed; another error is one', async () => {
    await expect(unlessGone(['NotFound'], () => Promise.reject(error('NotFound')))).resolves.toBeUndefined();
    await expect(unlessGone(['NotFound'], () => Promise.reject(error('Busy')))).rejects.toThrow('Busy');
  });

  test('asks until it is so', async () => {
    let asked = 0;
    await waitUntil(fakeAws(), { for: 'it', seconds: 5 }, async () => ++asked === 3);
    expect(asked).toBe(3);
  });

  test('says what it waited for when the time is up', async () => {
    const never = waitUntil(fakeAws(), { for: 'volume vol-1 to be detached', seconds: 0 }, async () => false);
    await expect(never).rejects.toThrow('waited 0 s for volume vol-1 to be detached');
  });

  test('an emulator is asked every second, AWS less often', () => {
    expect(patience(fakeAws('local'), 60)).toEqual({ maxWaitTime: 60, minDelay: 1, maxDelay: 15 });
    expect(patience(fakeAws('aws'), 60)).toMatchObject({ minDelay: 3 });
  });
});

test("an instance's own web server: at its address on AWS, where the emulator plays it in the sandbox", () => {
  expect(hostUrl({}, '203.0.113.7').href).toBe('http://203.0.113.7/');
  expect(hostUrl({ endpoint: 'http://127.0.0.1:4000' }, '203.0.113.7').href).toBe(
    'http://127.0.0.1:4000/_worklab/hosts/203.0.113.7/',
  );
});

test('pages are asked for with the page before, until one names no successor', async () => {
  const book = [
    { IsTruncated: true, NextKeyMarker: 'b', Keys: ['a'] },
    { IsTruncated: false, Keys: ['b'] },
  ];
  const asked: (string | undefined)[] = [];
  const pages = pagesOf<{ NextKeyMarker?: string; Keys: string[] }>(async (last) => {
    asked.push(last?.NextKeyMarker);
    return book[asked.length - 1] ?? { Keys: [] };
  });
  expect(await collect(items(pages, ({ Keys }) => Keys))).toEqual(['a', 'b']);
  expect(asked).toEqual([undefined, 'b']);
});

test.each([
  ['arn:aws:rds:us-east-1:1:db:orders', 'orders'],
  ['arn:aws:iam::1:role/worklab-abc123/web', 'web'],
  ['orders', 'orders'],
])('%s ends with %s', (arn, name) => {
  expect(lastOf(arn)).toBe(name);
});
