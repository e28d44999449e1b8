// Images, snapshots and volumes: what stays, and costs, when the machine is gone.

import {
  DeleteSnapshotCommand,
  DeleteVolumeCommand,
  DeregisterImageCommand,
  DescribeImagesCommand,
  DescribeVolumesCommand,
  DetachVolumeCommand,
  DisableImageDeregistrationProtectionCommand,
  EC2Client,
  type Image,
  paginateDescribeImages,
  paginateDescribeInstances,
  paginateDescribeSnapshots,
  paginateDescribeVolumes,
  type Snapshot,
  type Volume,
  waitUntilVolumeDeleted,
} from '@aws-sdk/client-ec2';
import {
  type Aws,
  isMarked,
  items,
  patience,
  type Sweeper,
  type SweepScope,
  unlessGone,
  waitUntil,
} from '../../../lib/kit';
import { isAnotherRuns } from './instance';

const SNAPSHOT_GONE = ['InvalidSnapshot.NotFound'];
const IMAGE_GONE = ['InvalidAMIID.NotFound', 'InvalidAMIID.Unavailable'];
const VOLUME_GONE = ['InvalidVolume.NotFound'];
/** Seconds that a detachment may take. A volume that is mounted in a running instance would take for ever. */
const DETACHMENT = 60;

const owns = ({ owned }: SweepScope, ...ids: readonly (string | undefined)[]): boolean =>
  ids.some((id) => id !== undefined && owned.has(id));

const snapshotIds = ({ BlockDeviceMappings = [] }: Image): string[] =>
  BlockDeviceMappings.flatMap(({ Ebs }) => Ebs?.SnapshotId ?? []);

/** Every image of the account, deprecated and disabled ones included: those keep their snapshots as well. */
async function* imagesOfRun(aws: Aws, scope: SweepScope): AsyncGenerator<Image & { ImageId: string }> {
  const query = { Owners: ['self'], IncludeDeprecated: true, IncludeDisabled: true };
  const pages = paginateDescribeImages({ client: aws.client(EC2Client) }, query);
  for await (const image of items(pages, (page) => page.Images)) {
    const { ImageId, Name, Tags, SourceInstanceId } = image;
    const isOfRun =
      isMarked(scope, { tags: Tags, names: [Name] }) || owns(scope, ImageId, SourceInstanceId, ...snapshotIds(image));
    if (ImageId !== undefined && isOfRun) yield { ...image, ImageId };
  }
}

export const images: Sweeper = {
  kind: 'ec2:image',
  after: ['ec2:instance'],

  async *list(aws, scope) {
    for await (const { ImageId } of imagesOfRun(aws, scope)) yield { kind: 'ec2:image', id: ImageId };
  },

  // Once the image is gone nothing tells whose its snapshots were, so they go with it.
  remove: (aws, { id: ImageId }) =>
    unlessGone(IMAGE_GONE, async () => {
      const client = aws.client(EC2Client);
      const describe = new DescribeImagesCommand({
        ImageIds: [ImageId],
        IncludeDeprecated: true,
        IncludeDisabled: true,
      });
      const [image] = (await client.send(describe)).Images ?? [];
      if (image === undefined) return;
      const { DeregistrationProtection: protection = 'disabled' } = image;
      if (protection !== 'disabled') await client.send(new DisableImageDeregistrationProtectionCommand({ ImageId }));
      await client.send(new DeregisterImageCommand({ ImageId, DeleteAssociatedSnapshots: true }));
      for (const id of snapshotIds(image)) {
        await unlessGone(SNAPSHOT_GONE, () => client.send(new DeleteSnapshotCommand({ SnapshotId: id })));
      }
    }),
};

export const snapshots: Sweeper = {
  kind: 'ec2:snapshot',
  // A snapshot that an image needs cannot be deleted.
  after: ['ec2:image'],

  async *list(aws, scope) {
    const ofImages = new Set<string>();
    for await (const image of imagesOfRun(aws, scope)) for (const id of snapshotIds(image)) ofImages.add(id);
    const pages = paginateDescribeSnapshots({ client: aws.client(EC2Client) }, { OwnerIds: ['self'] });
    for await (const snapshot of items(pages, (page) => page.Snapshots)) {
      const { SnapshotId: id = '' } = snapshot;
      if (ofImages.has(id) || isSnapshotOfRun(snapshot, scope)) yield { kind: 'ec2:snapshot', id };
    }
  },

  remove: (aws, { id }) =>
    unlessGone(SNAPSHOT_GONE, () => aws.client(EC2Client).send(new DeleteSnapshotCommand({ SnapshotId: id }))),
};

/** EC2 writes "Created by CreateImage(i-…) for ami-…" into the snapshots that it makes for an image. */
const isSnapshotOfRun = ({ SnapshotId, VolumeId, Tags, Description = '' }: Snapshot, scope: SweepScope): boolean =>
  isMarked(scope, { tags: Tags }) ||
  owns(scope, SnapshotId, VolumeId, ...(Description.match(/\b(?:i|ami)-[0-9a-f]+\b/g) ?? []));

/** A volume that its instance takes along is not listed while the instance is there. */
export const volumes: Sweeper = {
  kind: 'ec2:volume',
  after: ['ec2:instance'],

  async *list(aws, scope) {
    const standing = await standingInstances(aws);
    const pages = paginateDescribeVolumes({ client: aws.client(EC2Client) }, {});
    for await (const volume of items(pages, (page) => page.Volumes)) {
      const { VolumeId: id, Attachments = [], Tags, State, CreateTime } = volume;
      const leavesWithInstance = Attachments.some(
        ({ DeleteOnTermination, InstanceId = '' }) => DeleteOnTermination === true && standing.has(InstanceId),
      );
      if (id === undefined || leavesWithInstance || State === 'deleted') continue;
      if (isVolumeOfRun(volume, scope)) yield { kind: 'ec2:volume', id };
      else if (isInDoubt(scope, { Tags, State, CreateTime })) {
        yield { kind: 'ec2:volume', id, why: 'made during the run, attached to nothing and without its tag' };
      }
    }
  },

  remove: (aws, { id }) =>
    unlessGone(VOLUME_GONE, async () => {
      const client = aws.client(EC2Client);
      await detach(aws, id);
      await client.send(new DeleteVolumeCommand({ VolumeId: id }));
      await waitUntilVolumeDeleted({ client, ...patience(aws, 300) }, { VolumeIds: [id] });
    }),
};

const isVolumeOfRun = ({ VolumeId, Tags, SnapshotId, Attachments = [] }: Volume, scope: SweepScope): boolean =>
  isMarked(scope, { tags: Tags }) ||
  owns(scope, VolumeId, SnapshotId, ...Attachments.map(({ InstanceId }) => InstanceId));

const isInDoubt = (
  scope: SweepScope,
  { Tags, State, CreateTime }: Pick<Volume, 'Tags' | 'State' | 'CreateTime'>,
): boolean =>
  State === 'available' &&
  !isAnotherRuns(scope, Tags) &&
  CreateTime !== undefined &&
  CreateTime >= new Date(scope.since);

async function standingInstances(aws: Aws): Promise<Set<string>> {
  const ids = new Set<string>();
  const pages = paginateDescribeInstances({ client: aws.client(EC2Client) }, {});
  for await (const { Instances = [] } of items(pages, (page) => page.Reservations)) {
    for (const { InstanceId = '', State } of Instances) if (State?.Name !== 'terminated') ids.add(InstanceId);
  }
  return ids;
}

async function detach(aws: Aws, VolumeId: string): Promise<void> {
  const client = aws.client(EC2Client);
  const attachments = async () =>
    (await client.send(new DescribeVolumesCommand({ VolumeIds: [VolumeId] }))).Volumes?.[0]?.Attachments ?? [];
  const attached = await attachments();
  if (attached.length === 0) return;
  for (const { InstanceId, State } of attached) {
    if (State === 'detaching' || State === 'detached') continue;
    const command = new DetachVolumeCommand({ VolumeId, InstanceId });
    // "IncorrectState": the instance is on its way out and takes the attachment with it.
    await unlessGone(['IncorrectState'], () => client.send(command));
  }
  const wait = { for: `volume ${VolumeId} to be detached: is it mounted?`, seconds: DETACHMENT };
  await waitUntil(aws, wait, async () => (await attachments()).every(({ State }) => State === 'detached'));
}
