// A trail into the run's bucket, and a rule that tells the run's topic, in us-east-1.

import {
  CloudTrailClient,
  CreateTrailCommand,
  StartLoggingCommand,
  UpdateTrailCommand,
} from '@aws-sdk/client-cloudtrail';
import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import type { Aws, RunScope } from '../../../lib/kit';
import { HOME } from '../facts';
import { watch as observed } from '../observe/watch';
import { tagsOf } from './ground';

export async function watch(aws: Aws, scope: RunScope): Promise<void> {
  const { trails, rules } = await observed(aws, scope);
  const name = `${scope.prefix}-trail`;
  if (!trails.some(({ logging, global, validated }) => logging && global && validated)) {
    await trail(
      aws,
      scope,
      trails.some((one) => one.name === name),
    );
  }
  if (!rules.some((one) => one.enabled && one.sources.includes('aws.iam') && one.targets.length > 0)) {
    await rule(aws, scope);
  }
}

async function trail(aws: Aws, scope: RunScope, isThere: boolean): Promise<void> {
  const client = aws.client(CloudTrailClient, HOME);
  const Name = `${scope.prefix}-trail`;
  const settings = {
    Name,
    S3BucketName: Name,
    IsMultiRegionTrail: true,
    IncludeGlobalServiceEvents: true,
    EnableLogFileValidation: true,
  };
  await (isThere
    ? client.send(new UpdateTrailCommand(settings))
    : client.send(new CreateTrailCommand({ ...settings, TagsList: tagsOf(scope) })));
  await client.send(new StartLoggingCommand({ Name }));
}

async function rule(aws: Aws, scope: RunScope): Promise<void> {
  const client = aws.client(EventBridgeClient, HOME);
  const Name = `${scope.prefix}-iam-changes`;
  const pattern = {
    source: ['aws.iam'],
    'detail-type': ['AWS API Call via CloudTrail'],
    detail: { eventSource: ['iam.amazonaws.com'] },
  };
  // A rule that is there takes no tags: its own stay.
  const known = (await observed(aws, scope)).rules.some(({ name }) => name === Name);
  await client.send(
    new PutRuleCommand({
      Name,
      State: 'ENABLED',
      EventPattern: JSON.stringify(pattern),
      ...(known ? {} : { Tags: tagsOf(scope) }),
    }),
  );
  const Arn = `arn:aws:sns:${HOME}:${aws.account}:${Name}`;
  await client.send(new PutTargetsCommand({ Rule: Name, Targets: [{ Id: 'changes', Arn }] }));
}
