// What holds a portfolio and a product together, and others to them: each blocks the deletion of both.

import {
  DeleteConstraintCommand,
  DeletePortfolioShareCommand,
  type DescribePortfolioShareType,
  DisassociatePrincipalFromPortfolioCommand,
  DisassociateProductFromPortfolioCommand,
  type PrincipalType,
  paginateDescribePortfolioShares,
  paginateListPortfoliosForProduct,
  ServiceCatalogClient,
} from '@aws-sdk/client-service-catalog';
import { type Aws, collect, items, type Sweeper, unlessGone, waitUntil } from '../../../lib/kit';
import { constraintsOf, portfoliosOf, principalsOf, productsIn, productViews } from './listings';

const GONE = ['ResourceNotFoundException'];
/** Ids of two parts, as CloudFormation writes them. */
const parts = (id: string): [string, string] => {
  const at = id.lastIndexOf('|');
  return [id.slice(0, at), id.slice(at + 1)];
};

export const principals: Sweeper = {
  kind: 'servicecatalog:principal-association',
  after: ['servicecatalog:stack'],

  async *list(aws, scope) {
    for (const { id } of await portfoliosOf(aws, scope)) {
      for (const { PrincipalARN } of await principalsOf(aws, id)) {
        yield { kind: 'servicecatalog:principal-association', id: `${PrincipalARN}|${id}` };
      }
    }
  },

  async remove(aws, { id }) {
    const [PrincipalARN, PortfolioId] = parts(id);
    const named = { PortfolioId, PrincipalARN, PrincipalType: typeOf(PrincipalARN) };
    await unlessGone(GONE, async () => {
      await aws.client(ServiceCatalogClient).send(new DisassociatePrincipalFromPortfolioCommand(named));
      await waitUntil(aws, { for: `${PrincipalARN} to be let out`, seconds: 60 }, async () =>
        (await principalsOf(aws, PortfolioId)).every((one) => one.PrincipalARN !== PrincipalARN),
      );
    });
  },
};

/** A pattern names no account. */
const typeOf = (arn: string): PrincipalType => (arn.includes(':iam:::') ? 'IAM_PATTERN' : 'IAM');

export const constraints: Sweeper = {
  kind: 'servicecatalog:constraint',
  after: ['servicecatalog:stack'],

  async *list(aws, scope) {
    const own = await portfoliosOf(aws, scope);
    const more = await portfoliosHolding(aws, await productViews(aws, scope));
    const products = new Set((await productViews(aws, scope)).map(({ id }) => id));
    for (const { id: portfolio } of [...own, ...more.filter(({ id }) => own.every((one) => one.id !== id))]) {
      const isOwn = own.some(({ id }) => id === portfolio);
      for (const { ConstraintId: id, ProductId = '' } of await constraintsOf(aws, portfolio)) {
        if (id !== undefined && (isOwn || products.has(ProductId))) yield { kind: 'servicecatalog:constraint', id };
      }
    }
  },

  async remove(aws, { id: Id }) {
    await unlessGone(GONE, () => aws.client(ServiceCatalogClient).send(new DeleteConstraintCommand({ Id })));
  },
};

/** Portfolios that hold a product of the run's, whosoever they are. */
async function portfoliosHolding(aws: Aws, products: readonly { readonly id: string }[]): Promise<{ id: string }[]> {
  const all: { id: string }[] = [];
  for (const { id: ProductId } of products) {
    const pages = paginateListPortfoliosForProduct({ client: aws.client(ServiceCatalogClient) }, { ProductId });
    for await (const { Id } of items(pages, (page) => page.PortfolioDetails))
      if (Id !== undefined) all.push({ id: Id });
  }
  return all;
}

export const productAssociations: Sweeper = {
  kind: 'servicecatalog:product-association',
  after: ['servicecatalog:stack', 'servicecatalog:constraint'],

  async *list(aws, scope) {
    const kind = 'servicecatalog:product-association';
    const found = new Set<string>();
    for (const { id } of await portfoliosOf(aws, scope)) {
      for (const product of await productsIn(aws, id)) found.add(`${product.id}|${id}`);
    }
    for (const product of await productViews(aws, scope)) {
      for (const { id } of await portfoliosHolding(aws, [product])) found.add(`${product.id}|${id}`);
    }
    for (const id of found) yield { kind, id };
  },

  async remove(aws, { id }) {
    const [ProductId, PortfolioId] = parts(id);
    await unlessGone(GONE, async () => {
      await aws
        .client(ServiceCatalogClient)
        .send(new DisassociateProductFromPortfolioCommand({ ProductId, PortfolioId }));
      await waitUntil(aws, { for: `${ProductId} to leave ${PortfolioId}`, seconds: 60 }, async () =>
        (await productsIn(aws, PortfolioId)).every((one) => one.id !== ProductId),
      );
    });
  },
};

// ------------------------------------------------------------------ shares

const SHARE_TYPES: readonly DescribePortfolioShareType[] = ['ACCOUNT', 'ORGANIZATION', 'ORGANIZATIONAL_UNIT'];

async function sharesOf(aws: Aws, PortfolioId: string): Promise<string[]> {
  const all: string[] = [];
  for (const Type of SHARE_TYPES) {
    const pages = paginateDescribePortfolioShares({ client: aws.client(ServiceCatalogClient) }, { PortfolioId, Type });
    for (const { PrincipalId = '' } of await collect(items(pages, (page) => page.PortfolioShareDetails))) {
      all.push(Type === 'ACCOUNT' ? PrincipalId : `${Type}:${PrincipalId}`);
    }
  }
  return all;
}

export const shares: Sweeper = {
  kind: 'servicecatalog:portfolio-share',

  async *list(aws, scope) {
    for (const { id } of await portfoliosOf(aws, scope)) {
      for (const share of await sharesOf(aws, id))
        yield { kind: 'servicecatalog:portfolio-share', id: `${id}|${share}` };
    }
  },

  async remove(aws, { id }) {
    const [PortfolioId, share] = parts(id);
    const [Type, Value] = share.split(':') as ['ORGANIZATION' | 'ORGANIZATIONAL_UNIT', string | undefined];
    const whom = Value === undefined ? { AccountId: share } : { OrganizationNode: { Type, Value } };
    await unlessGone(GONE, async () => {
      await aws.client(ServiceCatalogClient).send(new DeletePortfolioShareCommand({ PortfolioId, ...whom }));
      await waitUntil(
        aws,
        { for: `${PortfolioId} to be shared no longer`, seconds: 120 },
        async () => !(await sharesOf(aws, PortfolioId)).includes(share),
      );
    });
  },
};
