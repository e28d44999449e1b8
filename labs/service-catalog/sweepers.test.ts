// The lab's sweepers: what they take for the run's, on which page, what they never touch, and how it goes.

import * as S from '@aws-sdk/client-service-catalog';
import { mockClient } from 'aws-sdk-client-mock';
import { owning } from '../../test/support/fake-aws';
import { sweeping } from '../../test/support/sweeping';
import { sweepers } from './sweepers';

const api = mockClient(S.ServiceCatalogClient);
const { idsOf, of, remove } = sweeping(sweepers);
const OURS = 'worklab-abc123';
const MORE = { NextPageToken: 'more' };
const ASKED = { PageToken: 'more' };
const GONE = Object.assign(new Error('gone'), { name: 'ResourceNotFoundException' });

/** On two pages: somebody else's of each, then the run's. */
beforeEach(() => {
  api.reset();
  const portfolio = (Id: string, DisplayName: string) => ({ Id, DisplayName });
  const product = (ProductId: string, Name: string) => ({ ProductViewSummary: { ProductId, Name } });
  api
    .on(S.ListPortfoliosCommand)
    .resolves({ PortfolioDetails: [portfolio('port-other', 'tools')], ...MORE })
    .on(S.ListPortfoliosCommand, ASKED)
    .resolves({
      PortfolioDetails: [portfolio('port-1', `${OURS}-portfolio`), portfolio('port-x', `${OURS}x-portfolio`)],
    })
    .on(S.SearchProductsAsAdminCommand)
    .resolves({ ProductViewDetails: [product('prod-other', 'vpc')], ...MORE })
    .on(S.SearchProductsAsAdminCommand, ASKED)
    .resolves({ ProductViewDetails: [product('prod-1', `${OURS}-logs`)] })
    .on(S.ListPortfoliosForProductCommand)
    .resolves({ PortfolioDetails: [] });
});

describe('provisioned products', () => {
  const one = (Id: string, about: object) => ({ Id, Status: 'AVAILABLE' as const, ...about });
  const standing = (...more: S.ProvisionedProductAttribute[]) =>
    api
      .on(S.SearchProvisionedProductsCommand)
      .resolves({ ProvisionedProducts: [one('pp-other', { Name: 'x', ProductId: 'prod-other' })], ...MORE })
      .on(S.SearchProvisionedProductsCommand, ASKED)
      .resolves({ ProvisionedProducts: more });

  test('are the run’s by name, by tag, by product, or because they are known', async () => {
    standing(
      one('pp-name', { Name: `${OURS}-orders` }),
      one('pp-tag', { Name: 'b', Tags: [{ Key: 'worklab:run', Value: 'abc123' }] }),
      one('pp-product', { Name: 'c', ProductId: 'prod-1' }),
      one('pp-known', { Name: 'd' }),
      one('pp-x', { Name: `${OURS}x` }),
    );
    expect(await idsOf('servicecatalog:stack')).toEqual(['pp-name', 'pp-tag', 'pp-product']);
    expect(await idsOf('servicecatalog:stack', owning('pp-known'))).toContain('pp-known');
    const asked = api.commandCalls(S.SearchProvisionedProductsCommand)[0]?.args[0].input;
    expect(asked?.AccessLevelFilter).toEqual({ Key: 'Account', Value: 'self' });
  });

  test('are terminated with what they made, and waited for', async () => {
    standing();
    api
      .on(S.TerminateProvisionedProductCommand)
      .resolves({ RecordDetail: { RecordId: 'rec-1' } })
      .on(S.DescribeRecordCommand)
      .resolvesOnce({ RecordDetail: { Status: 'IN_PROGRESS' } })
      .resolves({ RecordDetail: { Status: 'SUCCEEDED' } });
    await remove('servicecatalog:stack', 'pp-1');
    expect(api.commandCalls(S.DescribeRecordCommand)).toHaveLength(2);
    const { input } = api.commandCalls(S.TerminateProvisionedProductCommand)[0]?.args[0] ?? {};
    expect(input).toMatchObject({ ProvisionedProductId: 'pp-1' });
    expect(input).not.toHaveProperty('IgnoreErrors');
  });

  test('that do not go say why', async () => {
    standing();
    api
      .on(S.TerminateProvisionedProductCommand)
      .resolves({ RecordDetail: { RecordId: 'rec-1' } })
      .on(S.DescribeRecordCommand)
      .resolves({ RecordDetail: { Status: 'FAILED', RecordErrors: [{ Description: 'cannot assume the role' }] } });
    await expect(remove('servicecatalog:stack', 'pp-1')).rejects.toThrow('cannot assume the role');
    api.on(S.TerminateProvisionedProductCommand).rejects(GONE);
    await remove('servicecatalog:stack', 'pp-1');
  });
});

test('principals of the run’s portfolios are let out, and of no other', async () => {
  const at = { PortfolioId: 'port-1' };
  const roles = ['a', 'b'].map((name) => ({ PrincipalARN: `arn:aws:iam::111111111111:role/${name}` }));
  const pattern = { PrincipalARN: 'arn:aws:iam:::role/team-*' };
  api
    .on(S.ListPrincipalsForPortfolioCommand, at)
    .resolves({ Principals: roles, ...MORE })
    .on(S.ListPrincipalsForPortfolioCommand, { ...at, ...ASKED })
    .resolves({ Principals: [pattern] });
  expect(await idsOf('servicecatalog:principal-association')).toEqual(
    [...roles, pattern].map(({ PrincipalARN }) => `${PrincipalARN}|port-1`),
  );
  api.on(S.ListPrincipalsForPortfolioCommand).resolves({ Principals: [] });
  await remove('servicecatalog:principal-association', `${pattern.PrincipalARN}|port-1`);
  await remove('servicecatalog:principal-association', `${roles[0]?.PrincipalARN}|port-1`);
  expect(api.commandCalls(S.DisassociatePrincipalFromPortfolioCommand).map(({ args }) => args[0].input)).toEqual([
    { ...at, ...pattern, PrincipalType: 'IAM_PATTERN' },
    { ...at, ...roles[0], PrincipalType: 'IAM' },
  ]);
});

test('constraints go from the run’s portfolios, and from others where they bind a product of the run’s', async () => {
  const constraint = (ConstraintId: string, ProductId: string) => ({ ConstraintId, ProductId });
  api
    .on(S.ListPortfoliosForProductCommand)
    .resolves({ PortfolioDetails: [{ Id: 'port-1' }], ...MORE })
    .on(S.ListPortfoliosForProductCommand, ASKED)
    .resolves({ PortfolioDetails: [{ Id: 'port-other' }] })
    .on(S.ListConstraintsForPortfolioCommand, { PortfolioId: 'port-1' })
    .resolves({ ConstraintDetails: [constraint('cons-1', 'prod-1')], ...MORE })
    .on(S.ListConstraintsForPortfolioCommand, { PortfolioId: 'port-1', ...ASKED })
    .resolves({ ConstraintDetails: [constraint('cons-2', 'prod-other')] })
    .on(S.ListConstraintsForPortfolioCommand, { PortfolioId: 'port-other' })
    .resolves({ ConstraintDetails: [constraint('cons-3', 'prod-1'), constraint('cons-4', 'prod-other')] });
  expect(await idsOf('servicecatalog:constraint')).toEqual(['cons-1', 'cons-2', 'cons-3']);
  api.on(S.DeleteConstraintCommand).rejects(GONE);
  await remove('servicecatalog:constraint', 'cons-1');
});

test('products leave the run’s portfolios, and the run’s products every portfolio', async () => {
  const view = (ProductId: string) => ({ ProductViewSummary: { ProductId, Name: ProductId } });
  api
    .on(S.SearchProductsAsAdminCommand, { PortfolioId: 'port-1' })
    .resolves({ ProductViewDetails: [view('prod-1')], ...MORE })
    .on(S.SearchProductsAsAdminCommand, { PortfolioId: 'port-1', ...ASKED })
    .resolves({ ProductViewDetails: [view('prod-other')] })
    .on(S.ListPortfoliosForProductCommand, { ProductId: 'prod-1' })
    .resolves({ PortfolioDetails: [{ Id: 'port-1' }, { Id: 'port-other' }] });
  expect(await idsOf('servicecatalog:product-association')).toEqual([
    'prod-1|port-1',
    'prod-other|port-1',
    'prod-1|port-other',
  ]);
  api.on(S.SearchProductsAsAdminCommand, { PortfolioId: 'port-1' }).resolves({ ProductViewDetails: [] });
  await remove('servicecatalog:product-association', 'prod-1|port-1');
  expect(api.commandCalls(S.DisassociateProductFromPortfolioCommand)[0]?.args[0].input).toEqual({
    ProductId: 'prod-1',
    PortfolioId: 'port-1',
  });
});

test('shares with accounts and with units of an organization end', async () => {
  api
    .on(S.DescribePortfolioSharesCommand)
    .resolves({ PortfolioShareDetails: [] })
    .on(S.DescribePortfolioSharesCommand, { PortfolioId: 'port-1', Type: 'ACCOUNT' })
    .resolves({ PortfolioShareDetails: [{ PrincipalId: '222222222222' }], ...MORE })
    .on(S.DescribePortfolioSharesCommand, { PortfolioId: 'port-1', Type: 'ACCOUNT', ...ASKED })
    .resolves({ PortfolioShareDetails: [{ PrincipalId: '333333333333' }] })
    .on(S.DescribePortfolioSharesCommand, { PortfolioId: 'port-1', Type: 'ORGANIZATIONAL_UNIT' })
    .resolves({ PortfolioShareDetails: [{ PrincipalId: 'ou-abcd-1' }] });
  const found = await idsOf('servicecatalog:portfolio-share');
  expect(found).toEqual(['port-1|222222222222', 'port-1|333333333333', 'port-1|ORGANIZATIONAL_UNIT:ou-abcd-1']);
  api.on(S.DescribePortfolioSharesCommand).resolves({ PortfolioShareDetails: [] });
  api.on(S.DescribePortfolioSharesCommand, { PortfolioId: 'port-2' }).resolves({ PortfolioShareDetails: [] });
  await remove('servicecatalog:portfolio-share', 'port-2|222222222222');
  await remove('servicecatalog:portfolio-share', 'port-2|ORGANIZATIONAL_UNIT:ou-abcd-1');
  expect(api.commandCalls(S.DeletePortfolioShareCommand).map(({ args }) => args[0].input)).toEqual([
    { PortfolioId: 'port-2', AccountId: '222222222222' },
    { PortfolioId: 'port-2', OrganizationNode: { Type: 'ORGANIZATIONAL_UNIT', Value: 'ou-abcd-1' } },
  ]);
});

test('TagOptions are the run’s by their key; they leave what they are on, and what is the run’s loses all of them', async () => {
  api
    .on(S.ListTagOptionsCommand)
    .resolves({ TagOptionDetails: [{ Id: 'tag-other', Key: 'team' }], PageToken: 'more' })
    .on(S.ListTagOptionsCommand, ASKED)
    .resolves({ TagOptionDetails: [{ Id: 'tag-1', Key: `${OURS}-cost-centre` }] })
    .on(S.ListResourcesForTagOptionCommand, { TagOptionId: 'tag-1' })
    .resolves({ ResourceDetails: [{ Id: 'port-other' }], PageToken: 'more' })
    .on(S.ListResourcesForTagOptionCommand, { TagOptionId: 'tag-1', ...ASKED })
    .resolves({ ResourceDetails: [{ Id: 'port-1' }] })
    .on(S.DescribePortfolioCommand, { Id: 'port-1' })
    .resolves({ TagOptions: [{ Id: 'tag-1' }, { Id: 'tag-other' }] })
    .on(S.DescribeProductAsAdminCommand, { Id: 'prod-1' })
    .resolves({ TagOptions: [{ Id: 'tag-other' }] });
  expect(await idsOf('servicecatalog:tag-option')).toEqual(['tag-1']);
  expect(await idsOf('servicecatalog:tag-option', owning('tag-other'))).toEqual(['tag-other', 'tag-1']);
  expect(await idsOf('servicecatalog:tag-option-association')).toEqual([
    'tag-1|port-other',
    'tag-1|port-1',
    'tag-other|port-1',
    'tag-other|prod-1',
  ]);
  await remove('servicecatalog:tag-option-association', 'tag-1|port-1');
  expect(api.commandCalls(S.DisassociateTagOptionFromResourceCommand)[0]?.args[0].input).toEqual({
    TagOptionId: 'tag-1',
    ResourceId: 'port-1',
  });
  await remove('servicecatalog:tag-option', 'tag-1');
  expect(api.commandCalls(S.DeleteTagOptionCommand)).toHaveLength(1);
});

test('portfolios and products are the run’s by name or because they are known, and go last', async () => {
  expect(await idsOf('catalog:portfolio')).toEqual(['port-1']);
  expect(await idsOf('catalog:product')).toEqual(['prod-1']);
  expect(await idsOf('catalog:product', owning('prod-other'))).toEqual(['prod-other', 'prod-1']);
  api.on(S.DeletePortfolioCommand).rejects(GONE);
  await remove('catalog:portfolio', 'port-1');
  await remove('catalog:product', 'prod-1');
  expect(api.commandCalls(S.DeleteProductCommand)[0]?.args[0].input).toEqual({ Id: 'prod-1' });
  expect(of('catalog:product').after).toContain('catalog:portfolio');
  expect(of('catalog:portfolio').after).toEqual(
    expect.arrayContaining(['servicecatalog:constraint', 'servicecatalog:principal-association']),
  );
  const kinds = sweepers.map(({ kind }) => kind);
  for (const { kind, after = [] } of sweepers) {
    for (const before of after) expect(kinds.indexOf(before)).toBeLessThan(kinds.indexOf(kind));
  }
});
