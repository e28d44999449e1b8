// Sessions, commands, and the rule that tells of them.

import {
  DescribeSecurityGroupsCommand,
  EC2Client,
  paginateDescribeInstances,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { CreateTopicCommand, SetTopicAttributesCommand, SNSClient } from '@aws-sdk/client-sns';
import { SendCommandCommand, SSMClient, StartSessionCommand, TerminateSessionCommand } from '@aws-sdk/client-ssm';
import { type Aws, collect, isMarked, items, meets, type RunScope, waitUntil } from '../../../lib/kit';
import { RECORDED, TOLD } from '../demands';
import { HELLO, sessionDocument } from '../documents';
import { commands } from '../observe/commands';
import { access } from '../observe/sessions';
import { tellings } from '../observe/telling';
import { document, onlineNode, tagsOf } from './ground';

export async function sessions(aws: Aws, scope: RunScope): Promise<void> {
  const node = await onlineNode(aws, scope);
  if (node.open.length > 0) await close(aws, scope, node.id);
  const seen = await access(aws, scope);
  const fit = seen.setups.find((setup) => meets(setup, RECORDED));
  const content = sessionDocument(`${scope.prefix}-sessions`);
  const DocumentName = fit?.name ?? (await document(aws, scope, { thing: 'session', type: 'Session', content }));
  if (seen.sessions.some(({ status }) => status !== 'Failed')) return;
  const client = aws.client(SSMClient);
  const { SessionId } = await client.send(
    new StartSessionCommand({ Target: node.id, DocumentName, Reason: 'to see that it can be opened' }),
  );
  await client.send(new TerminateSessionCommand({ SessionId }));
}

/** Takes away what the groups of the run let in; groups of others are left alone. */
async function close(aws: Aws, scope: RunScope, InstanceId: string): Promise<void> {
  const client = aws.client(EC2Client);
  const pages = paginateDescribeInstances({ client }, { InstanceIds: [InstanceId] });
  const reservations = await collect(items(pages, (page) => page.Reservations));
  const GroupIds = reservations
    .flatMap(({ Instances = [] }) => Instances)
    .flatMap(({ SecurityGroups = [] }) => SecurityGroups.flatMap(({ GroupId }) => GroupId ?? []));
  const { SecurityGroups = [] } = await client.send(new DescribeSecurityGroupsCommand({ GroupIds }));
  for (const { GroupId, GroupName, Tags, IpPermissions = [] } of SecurityGroups) {
    if (IpPermissions.length === 0 || !isMarked(scope, { tags: Tags, names: [GroupName] })) continue;
    await client.send(new RevokeSecurityGroupIngressCommand({ GroupId, IpPermissions }));
  }
}

export async function command(aws: Aws, scope: RunScope): Promise<void> {
  const node = await onlineNode(aws, scope);
  const isDone = async () =>
    (await commands(aws, scope)).invocations.some(({ isOwn, status }) => isOwn && status === 'Success');
  if (await isDone()) return;
  const DocumentName = await document(aws, scope, { thing: 'hello', type: 'Command', content: HELLO });
  await aws.client(SSMClient).send(
    new SendCommandCommand({
      InstanceIds: [node.id],
      DocumentName,
      Comment: `${scope.prefix}: hello`,
      TimeoutSeconds: 120,
    }),
  );
  await waitUntil(aws, { for: `${node.id} to run ${DocumentName}`, seconds: 180 }, isDone);
}

export async function tell(aws: Aws, scope: RunScope): Promise<void> {
  if ((await tellings(aws, scope)).some((one) => meets(one, TOLD))) return;
  const Name = `${scope.prefix}-commands`;
  const sns = aws.client(SNSClient);
  const events = aws.client(EventBridgeClient);
  const { TopicArn = '' } = await sns.send(new CreateTopicCommand({ Name, Tags: tagsOf(scope) }));
  const { RuleArn = '' } = await events.send(
    new PutRuleCommand({
      Name,
      State: 'ENABLED',
      EventPattern: JSON.stringify({
        source: ['aws.ssm'],
        'detail-type': ['EC2 Command Status-change Notification'],
        detail: { status: ['Success', 'Failed', 'TimedOut', 'Cancelled'] },
      }),
    }),
  );
  await sns.send(
    new SetTopicAttributesCommand({
      TopicArn,
      AttributeName: 'Policy',
      AttributeValue: JSON.stringify(mayPublish(TopicArn, RuleArn)),
    }),
  );
  await events.send(new PutTargetsCommand({ Rule: Name, Targets: [{ Id: 'topic', Arn: TopicArn }] }));
}

const mayPublish = (topic: string, rule: string): object => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Service: 'events.amazonaws.com' },
      Action: 'sns:Publish',
      Resource: topic,
      Condition: { ArnEquals: { 'aws:SourceArn': rule } },
    },
  ],
});
