import { Match, Template } from 'aws-cdk-lib/assertions';
import { exerciseFor } from '../../lib/plan/match';
import { describeLab } from '../../test/support/describe-lab';
import { synthesizeLab } from '../../test/support/lab-templates';
import { exercises } from './exercises';
import lab from './lab';
import { problemsOf, SCP_LIMIT } from './policies/grammar';

const template = describeLab('organizations', lab);
const allowing = async (...ids: readonly string[]): Promise<Template> =>
  Template.fromJSON({
    ...(await synthesizeLab('organizations', lab, 'full', { allowed: new Set(ids) })).templates.organizations,
  });
const TREE = ['Organization', 'OrganizationalUnit', 'Policy'].map((name) => `AWS::Organizations::${name}`);

describe('the organization', () => {
  test('is not touched where no guarded exercise is let in, and nothing of it is in the starter form', async () => {
    for (const one of [await template('full'), await template('starter')]) {
      for (const type of TREE) one.resourceCountIs(type, 0);
    }
  });

  test('is built only under a root that is named, and made only where that is asked for', async () => {
    const guarded = await allowing('build-hierarchy', 'fence-with-scps');
    guarded.hasParameter('Organization', { Default: 'none', AllowedValues: ['none', 'new', 'there'] });
    for (const type of TREE) {
      for (const { Condition } of Object.values(guarded.findResources(type))) {
        expect(Condition).toMatch(type.endsWith('Organization') ? /IsNew/ : /IsWanted/);
      }
    }
    guarded.resourceCountIs('AWS::Organizations::OrganizationalUnit', 3);
  });

  test('has four policies on the run’s unit, each within the limit, none on a root', async () => {
    const policies = Object.values((await allowing('fence-with-scps')).findResources('AWS::Organizations::Policy'));
    expect(policies).toHaveLength(4);
    for (const { Properties } of policies) {
      const text = JSON.stringify(Properties.Content);
      expect(problemsOf(text)).toEqual([]);
      expect(text.length).toBeLessThan(SCP_LIMIT);
      expect(Properties.TargetIds).toEqual([{ Ref: expect.stringMatching(/^StructureWorkloads/) }]);
    }
    (await allowing('build-hierarchy')).resourceCountIs('AWS::Organizations::Policy', 0);
  });

  test('no account is ever made by it', async () => {
    (await allowing(...exercises.map(({ id }) => id))).resourceCountIs('AWS::Organizations::Account', 0);
    const actions = (lab.permissions ?? []).flatMap((one) => one.actions);
    expect(actions.filter((action) => /:(?!List|Describe).*(Account|Organization)$/.test(action))).toEqual([]);
  });
});

test('the budget warns through the topic, which Budgets may use for this account alone', async () => {
  const full = await template('full');
  full.hasResourceProperties('AWS::Budgets::Budget', {
    Budget: {
      BudgetType: 'COST',
      TimeUnit: 'MONTHLY',
      BudgetLimit: { Amount: 5 },
      CostFilters: { TagKeyValue: ['user:worklab:run$abc123'] },
    },
    NotificationsWithSubscribers: [{ Subscribers: [{ SubscriptionType: 'SNS' }], Notification: { Threshold: 80 } }],
  });
  full.hasResourceProperties('AWS::SNS::TopicPolicy', {
    PolicyDocument: {
      Statement: [{ Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } } }],
    },
  });
  (await template('starter')).resourceCountIs('AWS::SNS::Topic', 1);
});

test('a cost category is made by who pays alone', async () => {
  (await template('full')).hasResource('AWS::CE::CostCategory', { Condition: Match.stringLikeRegexp('Pays') });
});

test('the share lets no stranger in and has nobody in it', async () => {
  (await template('full')).hasResourceProperties('AWS::RAM::ResourceShare', { AllowExternalPrincipals: false });
  for (const { Properties } of Object.values((await template('full')).findResources('AWS::RAM::ResourceShare'))) {
    expect(Properties.Principals).toBeUndefined();
  }
});

test.each([
  ['The hierarchy of an organization and its architecture', 'org-1'],
  ['Organizational structure: create, then manage', 'org-2'],
  ['Organizational units (OUs)', 'org-2'],
  ['SCPs for every unit', 'org-3'],
  ['Set up consolidated billing', 'org-4'],
  ['Share resources across accounts with RAM: resource sharing', 'org-5'],
  ['Centralized policies for security and compliance', 'org-6'],
  ['Cost allocation tags for detailed billing', 'org-a1'],
  ['Account migration and invitation', 'org-a2'],
  ['Tìm hiểu kiến trúc Organizations', 'org-1'],
  ['Thanh toán hợp nhất', 'org-4'],
  ['Chia sẻ tài nguyên giữa các tài khoản', 'org-5'],
  ['Drink a coffee', undefined],
])('%s asks for %s', (bullet, row) => {
  expect(exerciseFor(bullet, exercises)?.rows[0]).toBe(row);
});
