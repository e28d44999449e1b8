// What a learner made beside the run, without a mark: shown with its price, deleted only when it is named.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateVolumeCommand, DescribeVolumesCommand, EC2Client } from '@aws-sdk/client-ec2';
import type { PricedCandidate } from '../../lib/cli/candidates';
import { ROOT, worklab } from '../support/cli';
import { clientConfig } from '../support/client-config';

const WORKLOG = join(ROOT, 'labs', 'weeks', 'week-04.md');
jest.setTimeout(180_000);

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'worklab-candidates-'));
});
afterEach(async () => {
  await worklab(['sandbox', 'stop'], { home });
  rmSync(home, { recursive: true, force: true });
});

const run = <Document>(...words: string[]) => worklab<Document>([...words, '--json'], { home });
interface Destroyed {
  readonly proven: boolean;
  readonly candidates: readonly PricedCandidate[];
  readonly removed: readonly { readonly id: string }[];
}

test('a volume made during the run is a candidate; one of another run, or from before, is not', async () => {
  const { endpoint } = (await run<{ endpoint: string }>('sandbox', 'start')).json;
  const client = new EC2Client(clientConfig(endpoint));
  const volume = async (run?: string): Promise<string> => {
    const tags =
      run === undefined
        ? {}
        : { TagSpecifications: [{ ResourceType: 'volume' as const, Tags: [{ Key: 'worklab:run', Value: run }] }] };
    const made = await client.send(new CreateVolumeCommand({ AvailabilityZone: 'us-east-1a', Size: 1, ...tags }));
    return made.VolumeId ?? '';
  };
  const standing = async (): Promise<string[]> =>
    ((await client.send(new DescribeVolumesCommand({}))).Volumes ?? []).map(({ VolumeId = '' }) => VolumeId);
  const before = await volume();
  const deployed = await run<{ run: string }>('deploy', WORKLOG, '--only', 'ec2', '--starter');
  const [mine, others] = [await volume(), await volume('zzzzz9')];

  const destroyed = await run<Destroyed>('destroy', '--yes');

  expect(destroyed).toMatchObject({ code: 0, json: { proven: true } });
  expect(destroyed.json.candidates).toEqual([
    expect.objectContaining({
      kind: 'ec2:volume',
      id: mine,
      why: expect.stringMatching(/^CreateVolume by the run's own caller at 20/),
      price: 'gp3 volumes, GB: $0.08 per gb-month on AWS',
    }),
  ]);
  expect(new Set(await standing())).toEqual(new Set([before, mine, others]));

  const { run: id } = deployed.json;
  expect(await run('destroy', id, '--yes', '--also', before)).toMatchObject({
    code: 2,
    json: { error: { code: 'usage/invalid' } },
  });
  const again = await run<Destroyed>('destroy', id, '--yes', '--also', mine);
  expect(again).toMatchObject({ code: 0, json: { proven: true, candidates: [], removed: [{ id: mine }] } });
  expect(new Set(await standing())).toEqual(new Set([before, others]));
});
