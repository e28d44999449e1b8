// Resource policies of CloudWatch Logs, to the last page: the SDK has no paginator for them.

import {
  CloudWatchLogsClient,
  DescribeResourcePoliciesCommand,
  type DescribeResourcePoliciesCommandOutput,
  type ResourcePolicy,
} from '@aws-sdk/client-cloudwatch-logs';
import { type Aws, items } from '../../../lib/kit';

async function* pages(aws: Aws): AsyncGenerator<DescribeResourcePoliciesCommandOutput> {
  let nextToken: string | undefined;
  do {
    const command: DescribeResourcePoliciesCommand = new DescribeResourcePoliciesCommand({ nextToken });
    const page: DescribeResourcePoliciesCommandOutput = await aws.client(CloudWatchLogsClient).send(command);
    yield page;
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
}

export const logPolicies = (aws: Aws): AsyncGenerator<ResourcePolicy> =>
  items(pages(aws), (page) => page.resourcePolicies);
