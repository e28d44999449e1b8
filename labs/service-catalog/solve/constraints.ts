// The constraints of a product in a portfolio, each made where there is none that says what is asked.

import {
  CreateConstraintCommand,
  DescribeConstraintCommand,
  ServiceCatalogClient,
  UpdateConstraintCommand,
} from '@aws-sdk/client-service-catalog';
import { type Aws, meets, type RunScope, waitUntil } from '../../../lib/kit';
import { LAUNCH_ROLES, NOTIFIED, TAGGED, VERSIONED } from '../demands';
import { RULES } from '../facts';
import { portfolios } from '../observe/portfolios';
import { launching } from '../observe/roles';
import { type Offer, product } from './offering';

/** Changes the constraint of that type where there is one. */
async function constrain(aws: Aws, { portfolio, product: of }: Offer, Type: string, parameters: object): Promise<void> {
  const client = aws.client(ServiceCatalogClient);
  const Parameters = JSON.stringify(parameters);
  const standing = portfolio.constraints.find((one) => one.type === Type && one.product === of.id);
  const { ConstraintDetail } =
    standing === undefined
      ? await client.send(
          new CreateConstraintCommand({ PortfolioId: portfolio.id, ProductId: of.id, Type, Parameters }),
        )
      : await client.send(new UpdateConstraintCommand({ Id: standing.id, Parameters }));
  await waitUntil(aws, { for: `the ${Type} constraint to be available`, seconds: 60 }, async () => {
    const { Status } = await client.send(new DescribeConstraintCommand({ Id: ConstraintDetail?.ConstraintId }));
    return Status === 'AVAILABLE';
  });
}

const any = async (aws: Aws, scope: RunScope, demands: typeof TAGGED): Promise<boolean> =>
  (await portfolios(aws, scope)).some((one) => meets(one, demands));

export async function templateConstraint(aws: Aws, offer: Offer): Promise<void> {
  const [asserted] = VERSIONED.slice(-1);
  const bound = offer.portfolio.constraints.some(
    ({ type, product: of }) => type === 'TEMPLATE' && of === offer.product.id,
  );
  if (bound && asserted?.met(offer.portfolio)) return;
  await constrain(aws, offer, 'TEMPLATE', { Rules: RULES });
}

export async function launchRole(aws: Aws, scope: RunScope): Promise<void> {
  if ((await launching(aws, scope)).some((one) => meets(one, LAUNCH_ROLES))) return;
  const RoleArn = `arn:aws:iam::${aws.account}:role/${scope.prefix}-sc-launch`;
  await constrain(aws, await product(aws, scope), 'LAUNCH', { RoleArn });
}

export async function tagUpdates(aws: Aws, scope: RunScope): Promise<void> {
  if (await any(aws, scope, TAGGED)) return;
  const parameters = { Version: '2.0', Properties: { TagUpdateOnProvisionedProduct: 'ALLOWED' } };
  await constrain(aws, await product(aws, scope), 'RESOURCE_UPDATE', parameters);
}

export async function notifications(aws: Aws, scope: RunScope): Promise<void> {
  if (await any(aws, scope, NOTIFIED)) return;
  const topic = `arn:aws:sns:${aws.region}:${aws.account}:${scope.prefix}-launches`;
  await constrain(aws, await product(aws, scope), 'NOTIFICATION', { NotificationArns: [topic] });
}
