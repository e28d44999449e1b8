// What a run can leave behind in CloudTrail, Access Analyzer and Systems Manager. Buckets, roles, log groups, alarms and
// dashboards are swept for every lab.

import { AccessAnalyzerClient, DeleteAnalyzerCommand, paginateListAnalyzers } from '@aws-sdk/client-accessanalyzer';
import {
  CloudTrailClient,
  DeleteTrailCommand,
  ListTagsCommand,
  paginateListTrails,
  StopLoggingCommand,
} from '@aws-sdk/client-cloudtrail';
import { DeleteParameterCommand, paginateDescribeParameters, SSMClient } from '@aws-sdk/client-ssm';
import { type Aws, isMarked, items, type Sweeper, type SweepScope, unlessGone } from '../../lib/kit';

const TRAIL_GONE = ['TrailNotFoundException', 'TrailNotFound'];

/** Before the stacks, and so before the bucket is emptied: a trail goes on writing for some minutes after it is stopped. */
const trails: Sweeper = {
  kind: 'cloudtrail:trail',
  beforeStacks: true,

  async *list(aws, scope) {
    const pages = paginateListTrails({ client: aws.client(CloudTrailClient) }, {});
    for await (const { Name: id, TrailARN, HomeRegion } of items(pages, (page) => page.Trails)) {
      if (id === undefined || HomeRegion !== aws.region) continue;
      const ours = isMarked(scope, { names: [id] }) || scope.owned.has(id) || (await isTagged(aws, scope, TrailARN));
      if (ours) yield { kind: 'cloudtrail:trail', id };
    }
  },

  remove: (aws, { id: Name }) =>
    unlessGone(TRAIL_GONE, async () => {
      const client = aws.client(CloudTrailClient);
      await client.send(new StopLoggingCommand({ Name }));
      await client.send(new DeleteTrailCommand({ Name }));
    }),
};

/** The list carries no tags: each trail that its name does not tell is asked. */
async function isTagged(aws: Aws, scope: SweepScope, arn: string | undefined): Promise<boolean> {
  if (arn === undefined) return false;
  const { ResourceTagList = [] } = await aws
    .client(CloudTrailClient)
    .send(new ListTagsCommand({ ResourceIdList: [arn] }));
  return ResourceTagList.some(({ TagsList = [] }) => isMarked(scope, { tags: TagsList }));
}

/** CloudFormation knows an analyzer by its ARN. */
const analyzers: Sweeper = {
  kind: 'access-analyzer:analyzer',

  async *list(aws, scope) {
    const pages = paginateListAnalyzers({ client: aws.client(AccessAnalyzerClient) }, {});
    for await (const { arn: id, name, tags = {} } of items(pages, (page) => page.analyzers)) {
      const marks = { names: [name], tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) };
      if (id !== undefined && (isMarked(scope, marks) || scope.owned.has(id))) {
        yield { kind: 'access-analyzer:analyzer', id };
      }
    }
  },

  remove: (aws, { id }) =>
    unlessGone(['ResourceNotFoundException'], () =>
      aws.client(AccessAnalyzerClient).send(new DeleteAnalyzerCommand({ analyzerName: id.split('/').at(-1) })),
    ),
};

const parameters: Sweeper = {
  kind: 'ssm:parameter',

  async *list(aws, { prefix, tag }) {
    const client = aws.client(SSMClient);
    const names = new Set<string>();
    for (const filter of [
      { Key: 'Name', Option: 'BeginsWith', Values: [`/${prefix}/`, `${prefix}-`] },
      { Key: `tag:${tag.key}`, Option: 'Equals', Values: [tag.value] },
    ]) {
      const pages = paginateDescribeParameters({ client }, { ParameterFilters: [filter] });
      for await (const { Name } of items(pages, (page) => page.Parameters)) if (Name !== undefined) names.add(Name);
    }
    for (const id of names) yield { kind: 'ssm:parameter', id };
  },

  remove: (aws, { id: Name }) =>
    unlessGone(['ParameterNotFound'], () => aws.client(SSMClient).send(new DeleteParameterCommand({ Name }))),
};

export const sweepers: readonly Sweeper[] = [trails, analyzers, parameters];
