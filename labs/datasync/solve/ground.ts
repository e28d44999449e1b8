// What the solutions share: the run's tag, its role, locations that are there or are made, a task that can be started.

import {
  CreateLocationS3Command,
  CreateTaskCommand,
  type CreateTaskCommandInput,
  DescribeTaskCommand,
} from '@aws-sdk/client-datasync';
import { type Aws, type RunScope, waitUntil } from '../../../lib/kit';
import { NAMES } from '../facts';
import { datasync } from '../observe/belonging';
import { locationUris } from '../observe/tasks';

/** Seconds: a task with network interfaces takes a minute or two. */
const A_TASK = 300;
/** Seconds: a role that was just made is not known everywhere yet. */
const A_ROLE = { local: 5, aws: 60 } as const;

export const runTags = ({ tag }: RunScope, name: string) => [
  { Key: tag.key, Value: tag.value },
  { Key: 'Name', Value: name },
];

export const partition = 'aws';
export const roleArn = (aws: Aws, { prefix }: RunScope): string =>
  `arn:${partition}:iam::${aws.account}:role/${prefix}-${NAMES.role}`;
export const bucketArn = ({ prefix }: RunScope, thing: string): string => `arn:${partition}:s3:::${prefix}-${thing}`;

/** The location of a bucket of the run, made if there is none. */
export async function bucketLocation(aws: Aws, scope: RunScope, thing: string, Subdirectory = '/'): Promise<string> {
  const uri = `s3://${scope.prefix}-${thing}${Subdirectory}`;
  const known = [...(await locationUris(aws))].find(([, one]) => one === uri)?.[0];
  if (known !== undefined) return known;
  let made = '';
  await waitUntil(
    aws,
    { for: `DataSync to take on the role of the run for ${uri}`, seconds: A_ROLE[aws.target] },
    async () => {
      try {
        const command = new CreateLocationS3Command({
          S3BucketArn: bucketArn(scope, thing),
          Subdirectory,
          S3Config: { BucketAccessRoleArn: roleArn(aws, scope) },
          Tags: runTags(scope, `${scope.prefix}-${thing}`),
        });
        made = (await datasync(aws).client.send(command)).LocationArn ?? '';
        return true;
      } catch (error) {
        if (error instanceof Error && /access test failed.*(?:assume role|Access denied)/i.test(error.message))
          return false;
        throw error;
      }
    },
  );
  return made;
}

/** A new task under the run's name, when it can be started. */
export async function createTask(
  aws: Aws,
  scope: RunScope,
  thing: string,
  ends: Pick<CreateTaskCommandInput, 'SourceLocationArn' | 'DestinationLocationArn' | 'Options'>,
): Promise<string> {
  const Name = `${scope.prefix}-${thing}`;
  const { TaskArn = '' } = await datasync(aws).client.send(
    new CreateTaskCommand({ ...ends, Name, Tags: runTags(scope, Name) }),
  );
  await waitUntil(aws, { for: `task ${Name} to be available`, seconds: A_TASK }, async () => {
    const { Status, ErrorDetail } = await datasync(aws).client.send(new DescribeTaskCommand({ TaskArn }));
    if (Status === 'UNAVAILABLE') throw new Error(`${Name} is unavailable: ${ErrorDetail}`);
    return Status === 'AVAILABLE';
  });
  return TaskArn;
}
