import { mapAtMost } from '../../lib/core/map-at-most';
import { nearest } from '../../lib/core/nearest';
import { isProven } from '../../lib/core/residue';

test('results keep the order of the items, and no more than the limit run at once', async () => {
  let running = 0;
  let most = 0;
  const visit = async (milliseconds: number): Promise<number> => {
    most = Math.max(most, ++running);
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    running--;
    return milliseconds;
  };

  await expect(mapAtMost(2, [9, 1, 5, 2], visit)).resolves.toEqual([9, 1, 5, 2]);
  expect(most).toBe(2);
});

test('the first failure is the answer', async () => {
  await expect(mapAtMost(2, ['a', 'b'], async (item) => Promise.reject(new Error(item)))).rejects.toThrow('a');
});

test('a slip is taken for the word it is nearest to, another word for none', () => {
  expect(nearest('ect2', ['ec2', 'rds'])).toBe('ec2');
  expect(nearest('BACKUP', ['backup', 'rds'])).toBe('backup');
  expect(nearest('kubernetes', ['ec2', 'rds'])).toBeUndefined();
});

test('no proofs prove nothing, and one that is unknown spoils the rest', () => {
  const look = { kind: 'ec2:volume', region: 'us-east-1', calls: { 'ec2:DescribeVolumes': 1 } };
  const clean = { ...look, status: 'clean', lookedAt: '2026-11-22T10:00:00Z' } as const;
  const denied = { ...look, status: 'unknown', reason: 'AccessDenied' } as const;

  expect(isProven([])).toBe(false);
  expect(isProven([clean])).toBe(true);
  expect(isProven([clean, denied])).toBe(false);
});
