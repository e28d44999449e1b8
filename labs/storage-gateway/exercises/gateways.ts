// Exercises that stand on a gateway. Each is guarded: the instance under it costs more in an hour than the rest in a month.

import { exercise, failed, judge, meets, passedExcept, type Verdict } from '../../../lib/kit';
import {
  BUFFERED,
  CACHED_VOLUMES,
  FILE_GATEWAYS,
  nfsShares,
  POOLS,
  SNAPSHOTS,
  STORED_GATEWAYS,
  STORED_VOLUMES,
  smbShares,
  TAPE_GATEWAYS,
  tapesIn,
} from '../demands';
import { DISK_SIZE, NETWORK_CIDR } from '../facts';
import type { VolumeGateways } from '../observe/volumes';
import { see } from '../see';
import { solveWith } from '../solutions';

const guard = {
  by: 'cost',
  because: 'the appliance runs on an instance of its own: about $0.24 an hour with its disks and address',
} as const;

const noGateway = (type: string) => ({
  expected: `an active gateway of the type ${type}`,
  actual: 'no gateway of that type carries the name or tag of the run, or runs on its instance',
  hint: 'an instance of the image is not a gateway yet: it gives its activation key over HTTP, for half an hour',
});

export const deployFileGateway = exercise({
  id: 'deploy-file-gateway',
  rows: ['sgw-2'],
  title: 'Deploy a file gateway with an NFS and an SMB share',
  kind: 'action',
  guard,
  asks: [
    'file gateway nfs smb file storage',
    'file gateway nfs smb',
    'deploy file gateway',
    'file gateway',
    'nfs smb',
    'nfs file share',
    'smb file share',
    'triển khai file gateway',
    'chia sẻ file nfs smb',
  ],
  task: [
    `An S3 File Gateway \`worklab-<run>-file\` runs on an instance of its public image, with a disk of ${DISK_SIZE} GiB as its`,
    'cache. Two shares show the bucket of the run with the role of the run: one over NFS, which only clients inside',
    `${NETWORK_CIDR} may mount, and one over SMB for guests.`,
  ].join(' '),
  observe: async (aws, scope) => ({ ...(await see.fileGateways(aws, scope)), prefix: scope.prefix }),
  check: ({ gateways, shares, prefix }) => {
    const verdict = judge(gateways, FILE_GATEWAYS, noGateway('FILE_S3'));
    if (verdict.status !== 'passed') return verdict;
    const sound = gateways.filter((one) => meets(one, FILE_GATEWAYS)).map(({ arn }) => arn);
    const there = shares.filter(({ gateway }) => sound.includes(gateway));
    const over = (protocol: 'NFS' | 'SMB'): Verdict =>
      judge(
        there.filter((share) => share.protocol === protocol),
        protocol === 'NFS' ? nfsShares(prefix) : smbShares(prefix),
        {
          expected: `a share over ${protocol}`,
          actual: `the gateway has ${there.length === 0 ? 'no share' : `shares over ${there.map((s) => s.protocol).join(', ')} only`}`,
          hint:
            protocol === 'SMB'
              ? 'guests need a password that the gateway knows, set before the share is made'
              : 'one gateway may have both',
        },
      );
    const nfs = over('NFS');
    const both = nfs.status === 'passed' ? over('SMB') : nfs;
    return both.status === 'passed'
      ? passedExcept('a file that is written through a share and turns up in the bucket')
      : both;
  },
  solve: solveWith((solutions) => solutions.fileGateway),
});

export const deployVolumeGateway = exercise({
  id: 'deploy-volume-gateway',
  rows: ['sgw-3'],
  title: 'Configure a volume gateway with an iSCSI volume',
  kind: 'action',
  guard,
  asks: [
    'volume gateway iscsi block storage',
    'volume gateway iscsi',
    'configure volume gateway',
    'volume gateway',
    'iscsi block storage',
    'iscsi',
    'cấu hình volume gateway',
  ],
  task: [
    'A gateway for cached volumes, `worklab-<run>-volume`, runs with a cache and an upload buffer of its own disks. A volume of it',
    'is available, lets in only initiators that prove who they are (CHAP), and a snapshot of it is completed.',
  ].join(' '),
  observe: see.volumeGateways,
  check: ({ gateways, volumes, snapshots }) => {
    const cached = gateways.filter(({ type }) => type === 'CACHED');
    const verdict = judge(cached, BUFFERED, noGateway('CACHED'));
    if (verdict.status !== 'passed') return verdict;
    const volume = judge(
      volumes.filter(({ mode }) => mode === 'cached'),
      CACHED_VOLUMES,
      {
        expected: 'a volume of the gateway',
        actual: 'it has none',
        hint: 'a volume has a size, a target name, and the address of its gateway at which it is reached',
      },
    );
    return volume.status === 'passed' ? judgeSnapshots(volumes, snapshots) : volume;
  },
  solve: solveWith((solutions) => solutions.volumeGateway),
});

function judgeSnapshots(volumes: VolumeGateways['volumes'], snapshots: VolumeGateways['snapshots']): Verdict {
  const ids = volumes.map(({ id }) => id);
  const verdict = judge(
    snapshots.filter(({ volume }) => ids.includes(volume)),
    SNAPSHOTS,
    {
      expected: 'a snapshot of the volume',
      actual: 'there is none',
      hint: 'Storage Gateway takes it, EC2 keeps it: it costs until somebody deletes it, gateway or no gateway',
    },
  );
  return verdict.status === 'passed' ? passedExcept('an initiator that logs in, and the data on the volume') : verdict;
}

export const deployTapeGateway = exercise({
  id: 'deploy-tape-gateway',
  rows: ['sgw-4'],
  title: 'Set up a tape gateway with a tape in its library',
  kind: 'action',
  guard,
  asks: [
    'tape gateway virtual tape library',
    'set up tape gateway',
    'tape gateway',
    'virtual tape library',
    'virtual tape',
    'vtl',
    'thiết lập tape gateway',
    'thư viện băng từ ảo',
  ],
  task: [
    'A tape gateway `worklab-<run>-tape` runs with a cache and an upload buffer, and shows a library. A tape of 100 GiB is available',
    'in it, and is to be archived to the pool `worklab-<run>-tapes`, which has no compliance lock.',
  ].join(' '),
  restsOn: ['AWS::StorageGateway::TapePool'],
  observe: see.tapeGateways,
  check: ({ gateways, pools, tapes }) => {
    const verdict = judge(gateways, TAPE_GATEWAYS, noGateway('VTL'));
    if (verdict.status !== 'passed') return verdict;
    const pool = judge(pools, POOLS, {
      expected: 'a tape pool of the run',
      actual: 'none carries its name or tag',
      hint: 'a pool says to which storage class tapes are archived; it needs no gateway, and costs nothing',
    });
    if (pool.status !== 'passed') return pool;
    const tape = judge(tapes, tapesIn(pools.filter((one) => meets(one, POOLS))), {
      expected: 'a tape in the library',
      actual: 'the library is empty',
      hint: 'an empty tape costs nothing: only what is written to it does',
    });
    return tape.status === 'passed' ? passedExcept('backup software that writes to the tape') : tape;
  },
  solve: solveWith((solutions) => solutions.tapeGateway),
});

export const storeVolumeLocally = exercise({
  id: 'store-volume-locally',
  rows: ['sgw-a1'],
  title: 'Set a stored volume beside the cached one',
  kind: 'action',
  extra: true,
  guard,
  asks: [
    'volume gateway cached stored mode',
    'cached stored mode',
    'cached stored volume',
    'stored volume',
    'chế độ cached stored',
  ],
  task: [
    'A second volume gateway, `worklab-<run>-stored`, keeps its data on its own disk and only copies it to the cloud: it runs with an',
    'upload buffer and has a stored volume, beside the cached volume of the other one.',
  ].join(' '),
  observe: see.volumeGateways,
  check: ({ gateways, volumes }) => {
    const stored = gateways.filter(({ type }) => type === 'STORED');
    const verdict = judge(stored, STORED_GATEWAYS, noGateway('STORED'));
    if (verdict.status !== 'passed') return verdict;
    const volume = judge(
      volumes.filter(({ mode }) => mode === 'stored'),
      STORED_VOLUMES,
      {
        expected: 'a stored volume',
        actual: 'the gateway has none',
        hint: 'a stored volume is one of its disks, whole; a cached one is of any size',
      },
    );
    if (volume.status !== 'passed') return volume;
    if (volumes.some(({ mode }) => mode === 'cached')) return passedExcept('what becomes of each when the line is cut');
    return failed({
      expected: 'a cached volume to compare it with',
      actual: 'there are only stored ones',
      hint: 'a gateway is for one mode only: the cached volume stands on the other gateway',
    });
  },
  solve: solveWith((solutions) => solutions.storedGateway),
});
