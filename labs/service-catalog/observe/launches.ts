// What was launched from the run's products, the record of each change, and the stack behind it.

import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import {
  ListRecordHistoryCommand,
  type ListRecordHistoryCommandInput,
  type ListRecordHistoryCommandOutput,
  type ProvisionedProductAttribute,
  paginateSearchProvisionedProducts,
  ServiceCatalogClient,
} from '@aws-sdk/client-service-catalog';
import { type Aws, collect, isMarked, items, type RunScope, unlessGone } from '../../../lib/kit';
import { type Product, portfolios } from './portfolios';

export interface Change {
  readonly type: string;
  readonly status: string;
  readonly version: string;
  readonly errors: readonly string[];
}

export interface Launch {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly message: string;
  /** The name of its version; its id where the product is not in a portfolio of the run. */
  readonly version: string;
  /** Status of its stack, "" where there is none. */
  readonly stack: string;
  /** Oldest first. */
  readonly changes: readonly Change[];
}

/** Where it was launched by somebody else than who looks, it counts as well. */
const WHOLE_ACCOUNT = { AccessLevelFilter: { Key: 'Account', Value: 'self' } } as const;

export async function launched(aws: Aws): Promise<ProvisionedProductAttribute[]> {
  const pages = paginateSearchProvisionedProducts({ client: aws.client(ServiceCatalogClient) }, WHOLE_ACCOUNT);
  return collect(items(pages, (page) => page.ProvisionedProducts));
}

export async function launches(aws: Aws, scope: RunScope): Promise<Launch[]> {
  const products = (await portfolios(aws, scope)).flatMap((portfolio) => portfolio.products);
  const ids = new Set(products.map(({ id }) => id));
  const own = (await launched(aws)).filter(
    ({ Name, Tags = [], ProductId = '' }) => isMarked(scope, { names: [Name], tags: Tags }) || ids.has(ProductId),
  );
  return Promise.all(own.map((one) => launch(aws, one, products)));
}

async function launch(aws: Aws, one: ProvisionedProductAttribute, products: readonly Product[]): Promise<Launch> {
  const versions = new Map(products.flatMap((product) => product.versions).map(({ id, name }) => [id, name]));
  const nameOf = (id = ''): string => versions.get(id) ?? id;
  const pages = history(aws, { SearchFilter: { Key: 'provisionedproduct', Value: one.Id ?? '' } });
  const records = await collect(items(pages, (page) => page.RecordDetails));
  records.sort((a, b) => (a.CreatedTime?.getTime() ?? 0) - (b.CreatedTime?.getTime() ?? 0));
  return {
    id: one.Id ?? '',
    name: one.Name ?? '',
    status: one.Status ?? '',
    message: one.StatusMessage ?? '',
    version: nameOf(one.ProvisioningArtifactId),
    stack: await stackStatus(aws, one.PhysicalId),
    changes: records.map(({ RecordType = '', Status = '', ProvisioningArtifactId, RecordErrors = [] }) => ({
      type: RecordType,
      status: Status,
      version: nameOf(ProvisioningArtifactId),
      errors: RecordErrors.map(({ Description = '' }) => Description),
    })),
  };
}

/** The SDK has no paginator for it. */
async function* history(
  aws: Aws,
  query: ListRecordHistoryCommandInput,
): AsyncGenerator<ListRecordHistoryCommandOutput> {
  let PageToken: string | undefined;
  do {
    const asked = new ListRecordHistoryCommand({ ...WHOLE_ACCOUNT, ...query, ...(PageToken ? { PageToken } : {}) });
    const page = await aws.client(ServiceCatalogClient).send(asked);
    yield page;
    PageToken = page.NextPageToken;
  } while (PageToken !== undefined && PageToken !== '');
}

async function stackStatus(aws: Aws, StackName: string | undefined): Promise<string> {
  let status = '';
  if (StackName === undefined) return status;
  await unlessGone(['ValidationError'], async () => {
    const { Stacks } = await aws.client(CloudFormationClient).send(new DescribeStacksCommand({ StackName }));
    status = Stacks?.[0]?.StackStatus ?? '';
  });
  return status;
}
