import { Match, type Template } from 'aws-cdk-lib/assertions';
import { exerciseFor } from '../../lib/plan/match';
import { describeLab } from '../../test/support/describe-lab';
import { exercises } from './exercises';
import { RETENTION, RULES } from './facts';
import lab from './lab';

const template = describeLab('service-catalog', lab);
const of = (one: Template, type: string) => Object.values(one.findResources(`AWS::ServiceCatalog::${type}`));

test('the product has two versions, each taken from the stack that stands for it', async () => {
  const [product] = of(await template('full'), 'CloudFormationProduct');
  expect(product?.Properties.ProvisioningArtifactParameters).toMatchObject([
    { Name: 'v1', Info: { ImportFromPhysicalId: { Ref: 'servicecatalogv1' } } },
    { Name: 'v2', Info: { ImportFromPhysicalId: { Ref: 'servicecatalogv2' } } },
  ]);
});

test.each(['service-catalog-v1', 'service-catalog-v2'])(
  '%s launched under another name publishes nothing',
  async (name) => {
    const one = await template('starter', name);
    const published = Object.values(one.findResources('AWS::SSM::Parameter'));
    expect(published.map(({ Condition }) => Condition)).toEqual(['IsPattern']);
    one.hasCondition('IsPattern', { 'Fn::Equals': [{ Ref: 'AWS::StackName' }, `worklab-abc123-${name}`] });
    expect(JSON.stringify(one.toJSON())).not.toMatch(/"(LogGroupName|TopicName)"/);
    one.resourceCountIs('AWS::SNS::Topic', name.endsWith('v2') ? 1 : 0);
    one.hasParameter(RETENTION.parameter, { Type: 'Number', Default: '1' });
  },
);

test('every constraint waits for the product to be in the portfolio', async () => {
  const full = await template('full');
  const [association] = Object.keys(full.findResources('AWS::ServiceCatalog::PortfolioProductAssociation'));
  for (const type of ['LaunchRole', 'LaunchTemplate', 'LaunchNotification', 'ResourceUpdate']) {
    const found = of(full, `${type}Constraint`);
    expect(found).toHaveLength(1);
    expect(found[0]?.DependsOn).toContain(association);
  }
});

test('the stack asserts what the solution asserts', async () => {
  const [constraint] = of(await template('full'), 'LaunchTemplateConstraint');
  expect(JSON.parse(constraint?.Properties.Rules)).toEqual(RULES);
});

test('the launch role may make what the product is made of, by the name that its stacks have', async () => {
  const full = await template('full');
  const [policy] = Object.values(full.findResources('AWS::IAM::Policy'));
  const statements = policy?.Properties.PolicyDocument.Statement as { Action: string[]; Resource: unknown }[];
  const about = statements.filter(({ Action }) =>
    [Action].flat().some((action) => /^(logs|sns|cloudformation):(Create|Delete)/.test(action)),
  );
  expect(about).toHaveLength(3);
  for (const { Resource } of about) expect(JSON.stringify(Resource)).toContain('SC-*');
  expect(JSON.stringify(statements)).not.toMatch(/"[a-z0-9]*:?\*"[,\]]/);
});

test('in the starter form there is no catalogue; the roles and the topic stand', async () => {
  const starter = await template('starter');
  expect(JSON.stringify(starter.toJSON())).not.toContain('AWS::ServiceCatalog::');
  starter.resourceCountIs('AWS::IAM::Role', 2);
  starter.resourceCountIs('AWS::SNS::Topic', 1);
});

test('who deploys is let in where it is told who that is', async () => {
  (await template('full')).hasResource('AWS::ServiceCatalog::PortfolioPrincipalAssociation', {
    Condition: Match.stringLikeRegexp('HasLauncher'),
    Properties: { PrincipalARN: { Ref: 'LauncherArn' } },
  });
});

test('no exercise that is not asked for shares anything', () => {
  const guarded = exercises.filter(({ guard }) => guard !== undefined).map(({ id }) => id);
  expect(guarded).toEqual(['share-portfolio']);
});

test.each([
  ['The architecture of Service Catalog, and its benefits', 'sc-1'],
  ['Product portfolios', 'sc-2'],
  ['Provisioning artifacts', 'sc-3'],
  ['Template constraints for parameter validation', 'sc-3'],
  ['Permissions and access of users', 'sc-4'],
  ['TagOptions', 'sc-5'],
  ['Launch constraints', 'sc-6'],
  ['Provisioned products: monitor them', 'sc-7'],
  ['Notification constraints for events', 'sc-a1'],
  ['Versioned products', 'sc-a3'],
  ['Ràng buộc khởi chạy', 'sc-6'],
  ['Drink a coffee', undefined],
])('%s asks for %s', (bullet, row) => {
  expect(exerciseFor(bullet, exercises)?.rows[0]).toBe(row);
});
