// Bullets of worklogs → the exercise that each asks for.

import { exerciseFor } from '../../lib/plan/match';
import { exercises } from './exercises';

test.each([
  ['Storage classes of Glacier, and pricing', 'glacier-1'],
  ['Archive with S3 Lifecycle policies', 'glacier-2'],
  ['Lifecycle rules', 'glacier-2'],
  ['Retrieval options: Expedited, Standard and Bulk', 'glacier-3'],
  ['Restored archived objects', undefined],
  ['Restore an archived object', 'glacier-3'],
  ['A Glacier Vault Lock for compliance', 'glacier-4'],
  ['S3 Intelligent-Tiering', 'glacier-5'],
  ['Data encryption of archived objects', 'glacier-a1'],
  ['S3 Object Lock (WORM)', 'glacier-a2'],
  ['Retention strategies', 'glacier-a3'],
  ['Cấu hình vòng đời cho S3', 'glacier-2'],
  ['Khóa kho lưu trữ Glacier', 'glacier-4'],
  ['Drink a coffee', undefined],
])('%s asks for %s', (bullet, row) => {
  expect(exerciseFor(bullet, exercises)?.rows[0]).toBe(row);
});

test('four exercises are graded, one is read; three are extras', () => {
  const counted = exercises.filter(({ extra }) => !extra);
  expect(
    counted
      .filter(({ kind }) => kind !== 'concept')
      .flatMap(({ rows }) => rows)
      .sort(),
  ).toEqual(['glacier-2', 'glacier-3', 'glacier-4', 'glacier-5']);
  expect(exercises).toHaveLength(8);
});
