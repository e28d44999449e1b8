// Bullets of worklogs → the exercise that each asks for.

import { exerciseFor } from '../../lib/plan/match';
import { exercises } from './exercises';

test.each([
  ['The Storage Gateway types: File, Volume, Tape', 'sgw-1'],
  ['Learned the types of gateways', 'sgw-1'],
  ['Set up a File Gateway (NFS and SMB)', 'sgw-2'],
  ['Deployed the file gateway', 'sgw-2'],
  ['NFS file share', 'sgw-2'],
  ['Volume Gateway with iSCSI volumes', 'sgw-3'],
  ['Block storage over iSCSI', 'sgw-3'],
  ['Tape Gateway as a virtual tape library (VTL)', 'sgw-4'],
  ['Caching and bandwidth', 'sgw-5'],
  ['Throttle the bandwidth', 'sgw-5'],
  ['On-premises to S3', 'sgw-6'],
  ['Integration with Amazon S3', 'sgw-6'],
  ['Volume Gateway in cached and stored modes', 'sgw-a1'],
  ['Gateway monitoring with CloudWatch metrics', 'sgw-a2'],
  ['Disaster recovery', 'sgw-a3'],
  ['Triển khai File Gateway', 'sgw-2'],
  ['Cấu hình Volume Gateway cho iSCSI', 'sgw-3'],
  ['Thiết lập Tape Gateway', 'sgw-4'],
  ['Tối ưu băng thông', 'sgw-5'],
  ['Tích hợp on-premises với S3', 'sgw-6'],
  ['Drink a coffee', undefined],
])('%s asks for %s', (bullet, row) => {
  expect(exerciseFor(bullet, exercises)?.rows[0]).toBe(row);
});

test('five exercises are graded: one that the stack provisions, four that stand on a gateway and are guarded', () => {
  const graded = exercises.filter(({ kind, extra }) => kind !== 'concept' && !extra);
  expect(graded.map(({ rows, kind, guard }) => [rows[0], kind, guard?.by])).toEqual([
    ['sgw-6', 'provision', undefined],
    ['sgw-2', 'action', 'cost'],
    ['sgw-3', 'action', 'cost'],
    ['sgw-4', 'action', 'cost'],
    ['sgw-5', 'action', 'cost'],
  ]);
});
