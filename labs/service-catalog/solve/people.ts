// Who is let in, the tags that a portfolio offers, and with whom it is shared.

import { AttachRolePolicyCommand, IAMClient } from '@aws-sdk/client-iam';
import {
  AssociatePrincipalWithPortfolioCommand,
  AssociateTagOptionWithResourceCommand,
  CreatePortfolioShareCommand,
  CreateTagOptionCommand,
  paginateListTagOptions,
  ServiceCatalogClient,
} from '@aws-sdk/client-service-catalog';
import { type Aws, collect, items, meets, NotHere, type RunScope } from '../../../lib/kit';
import { SHARED } from '../demands';
import { COST_CENTRES, costCentre, END_USER_POLICY } from '../facts';
import { callerArn } from '../observe/caller';
import { type Portfolio, portfolios } from '../observe/portfolios';
import { access as seen } from '../observe/roles';
import { product } from './offering';

/** An account of nobody's: documentation keeps it for examples. */
const EXAMPLE_ACCOUNT = '111122223333';

export async function access(aws: Aws, scope: RunScope): Promise<void> {
  const { portfolio } = await product(aws, scope);
  const role = `${scope.prefix}-sc-end-users`;
  const arn = `arn:aws:iam::${aws.account}:role/${role}`;
  await letIn(aws, portfolio, arn);
  const found = (await seen(aws, scope)).flatMap(({ entities }) => entities).find((one) => one.arn === arn);
  if (found?.there && !found.attached.includes(END_USER_POLICY)) {
    const PolicyArn = `arn:aws:iam::aws:policy/${END_USER_POLICY}`;
    await aws.client(IAMClient).send(new AttachRolePolicyCommand({ RoleName: role, PolicyArn }));
  }
  await letCallerIn(aws, portfolio);
}

/** Whoever launches has to be let in, administrators as well. */
export async function letCallerIn(aws: Aws, portfolio: Portfolio): Promise<void> {
  const caller = await callerArn(aws);
  if (caller !== undefined) await letIn(aws, portfolio, caller);
}

async function letIn(aws: Aws, { id: PortfolioId, principals }: Portfolio, PrincipalARN: string): Promise<void> {
  if (principals.some(({ arn }) => arn === PrincipalARN)) return;
  await aws
    .client(ServiceCatalogClient)
    .send(new AssociatePrincipalWithPortfolioCommand({ PortfolioId, PrincipalARN, PrincipalType: 'IAM' }));
}

export async function tagOptions(aws: Aws, scope: RunScope): Promise<void> {
  const { portfolio } = await product(aws, scope);
  const client = aws.client(ServiceCatalogClient);
  const Key = costCentre(scope.prefix);
  const all = await collect(
    items(paginateListTagOptions({ client }, { Filters: { Key } }), (page) => page.TagOptionDetails),
  );
  for (const Value of COST_CENTRES) {
    if (portfolio.tagOptions.some(({ key, value }) => key === Key && value === Value)) continue;
    const standing = all.find((one) => one.Key === Key && one.Value === Value);
    const TagOptionId =
      standing?.Id ?? (await client.send(new CreateTagOptionCommand({ Key, Value }))).TagOptionDetail?.Id;
    await client.send(new AssociateTagOptionWithResourceCommand({ ResourceId: portfolio.id, TagOptionId }));
  }
}

export async function share(aws: Aws, scope: RunScope): Promise<void> {
  if ((await portfolios(aws, scope)).some((one) => meets(one, SHARED))) return;
  if (aws.target === 'aws') throw new NotHere('with which account to share a portfolio is yours to say');
  const { portfolio } = await product(aws, scope);
  await aws
    .client(ServiceCatalogClient)
    .send(new CreatePortfolioShareCommand({ PortfolioId: portfolio.id, AccountId: EXAMPLE_ACCOUNT }));
}
