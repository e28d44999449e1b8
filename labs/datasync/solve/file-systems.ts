// The exercise on file systems → a location for each, and a task between them.

import { CreateLocationEfsCommand } from '@aws-sdk/client-datasync';
import { EC2Client, paginateDescribeSecurityGroups } from '@aws-sdk/client-ec2';
import { EFSClient, paginateDescribeFileSystems, paginateDescribeMountTargets } from '@aws-sdk/client-efs';
import { type Aws, collect, items, meets, type RunScope } from '../../../lib/kit';
import { COPIES_FILES } from '../demands';
import { NAMES } from '../facts';
import { datasync } from '../observe/belonging';
import { locationUris, tasks } from '../observe/tasks';
import { createTask, partition, runTags } from './ground';

export async function copyFileSystems(aws: Aws, scope: RunScope): Promise<void> {
  if ((await tasks(aws, scope)).some((task) => meets(task, COPIES_FILES))) return;
  await createTask(aws, scope, NAMES.files, {
    SourceLocationArn: await fileSystemLocation(aws, scope, NAMES.fromEfs),
    DestinationLocationArn: await fileSystemLocation(aws, scope, NAMES.toEfs),
  });
}

async function fileSystemLocation(aws: Aws, scope: RunScope, thing: string): Promise<string> {
  const { arn, id, subnetId } = await fileSystem(aws, `${scope.prefix}-${thing}`);
  const known = [...(await locationUris(aws))].find(([, uri]) => uri.includes(`.${id}/`))?.[0];
  if (known !== undefined) return known;
  const ec2 = `arn:${partition}:ec2:${aws.region}:${aws.account}`;
  const { LocationArn = '' } = await datasync(aws).client.send(
    new CreateLocationEfsCommand({
      EfsFilesystemArn: arn,
      Ec2Config: {
        SubnetArn: `${ec2}:subnet/${subnetId}`,
        SecurityGroupArns: [`${ec2}:security-group/${await groupId(aws, scope)}`],
      },
      InTransitEncryption: 'TLS1_2',
      Tags: runTags(scope, `${scope.prefix}-${thing}`),
    }),
  );
  return LocationArn;
}

async function fileSystem(aws: Aws, name: string): Promise<{ arn: string; id: string; subnetId: string }> {
  const client = aws.client(EFSClient);
  const all = await collect(items(paginateDescribeFileSystems({ client }, {}), (page) => page.FileSystems));
  const found = all.find(({ Name, Tags }) => [Name, ...(Tags ?? []).map(({ Value }) => Value)].includes(name));
  if (found?.FileSystemId === undefined || found.FileSystemArn === undefined) throw new Error(`${name} is not there`);
  const pages = paginateDescribeMountTargets({ client }, { FileSystemId: found.FileSystemId });
  const [target] = await collect(items(pages, (page) => page.MountTargets));
  if (target?.SubnetId === undefined) throw new Error(`${name} has no mount target`);
  return { arn: found.FileSystemArn, id: found.FileSystemId, subnetId: target.SubnetId };
}

async function groupId(aws: Aws, { prefix }: RunScope): Promise<string> {
  const Filters = [{ Name: 'group-name', Values: [`${prefix}-${NAMES.efsGroup}`] }];
  const pages = paginateDescribeSecurityGroups({ client: aws.client(EC2Client) }, { Filters });
  const [group] = await collect(items(pages, (page) => page.SecurityGroups));
  if (group?.GroupId === undefined) throw new Error(`the security group ${prefix}-${NAMES.efsGroup} is not there`);
  return group.GroupId;
}
