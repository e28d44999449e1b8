import { policiesFor } from '../../lib/plan/permissions';

const actions = (count: number, service = 'rds'): string[] =>
  Array.from({ length: count }, (_, index) => `${service}:DescribeSomethingLong${index}`);
const lengthOf = (document: object): number => JSON.stringify(document).length;

test('worklab’s own needs are there for any lab', () => {
  const all = policiesFor([]).flatMap(({ Statement }) => Statement.flatMap(({ Action }) => Action));
  expect(all).toEqual(expect.arrayContaining(['cloudformation:DeleteStack', 'tag:GetResources']));
});

test('statements for the same resources become one, under the same condition only', () => {
  const resources = ['arn:aws:rds:*:*:db:worklab-*'];
  const conditions = { StringEquals: { 'aws:RequestedRegion': 'us-east-1' } };
  const [document] = policiesFor([
    { permissions: [{ actions: ['rds:CreateDBInstance'], resources }] },
    { permissions: [{ actions: ['rds:DeleteDBInstance', 'rds:CreateDBInstance'], resources }] },
    { permissions: [{ actions: ['rds:ModifyDBInstance'], resources, conditions }] },
  ]);
  expect(document?.Statement.slice(-2)).toMatchObject([
    { Action: ['rds:CreateDBInstance', 'rds:DeleteDBInstance'], Resource: resources },
    { Action: ['rds:ModifyDBInstance'], Condition: conditions },
  ]);
});

test('what does not fit into one policy goes into the next, and nothing is lost', () => {
  const many = actions(900);
  const documents = policiesFor([{ permissions: [{ actions: many, resources: ['*'] }] }]);

  expect(Math.max(...documents.map(lengthOf))).toBeLessThanOrEqual(6144);
  expect(documents.length).toBeGreaterThan(3);
  const all = documents.flatMap(({ Statement }) => Statement.flatMap(({ Action }) => Action));
  expect(all).toEqual(expect.arrayContaining(many));
  expect(new Set(documents.flatMap(({ Statement }) => Statement.map(({ Sid }) => Sid))).size).toBe(
    documents.flatMap(({ Statement }) => Statement).length,
  );
});
