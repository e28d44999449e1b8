// Bullets of worklogs → the exercise that each asks for.

import { exerciseFor } from '../../lib/plan/match';
import { exercises } from './exercises';

test.each([
  ['DataSync: architecture, use cases', 'datasync-1'],
  ['Agents of DataSync for on-premises servers', 'datasync-2'],
  ['Deployed a DataSync agent', 'datasync-2'],
  ['Tasks of DataSync for automated transfers', 'datasync-3'],
  ['Validation and verification of data', 'datasync-4'],
  ['Throttling of bandwidth, scheduling', 'datasync-5'],
  ['Monitor DataSync', 'datasync-6'],
  ['Transfers EFS to EFS', 'datasync-a1'],
  ['From NFS to S3', 'datasync-a2'],
  ['DataSync or the Snow Family', 'datasync-a3'],
  ['Giới hạn băng thông', 'datasync-5'],
  ['Giám sát DataSync', 'datasync-6'],
  ['Drink a coffee', undefined],
])('%s asks for %s', (bullet, row) => {
  expect(exerciseFor(bullet, exercises)?.rows[0]).toBe(row);
});

test('five exercises are graded, one of them guarded; one is read; three are extras', () => {
  const graded = exercises.filter(({ kind, extra }) => kind !== 'concept' && !extra);
  expect(graded.flatMap(({ rows }) => rows).sort()).toEqual([
    'datasync-2',
    'datasync-3',
    'datasync-4',
    'datasync-5',
    'datasync-6',
  ]);
  expect(graded.filter(({ guard }) => guard !== undefined).map(({ id }) => id)).toEqual(['connect-agent']);
  expect(exercises.filter(({ extra }) => extra)).toHaveLength(3);
});
