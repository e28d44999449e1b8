// What a person is told of a proof: every kind that is not clean by name, the clean ones as far as anybody reads.

import { proofsText } from '../../lib/cli/commands/prove';
import type { Proof } from '../../lib/core/residue';

const LOOK = { region: 'us-east-1', lookedAt: '2026-11-26T10:00:00.000Z', calls: {} };
const clean = (kind: string): Proof => ({ ...LOOK, kind, status: 'clean' });

test('few kinds are named, many are counted by service', () => {
  expect(proofsText([clean('ec2:volume'), clean('ec2:volume'), clean('iam:role')])).toBe(
    'clean: ec2:volume, iam:role\n',
  );
  const many = Array.from({ length: 20 }, (_, index) => clean(`${index < 15 ? 'ec2' : 'iam'}:kind-${index}`));
  expect(proofsText(many)).toBe('clean: 20 kinds of things, of ec2, iam\n');
});

test('what is there and what is unknown is named, however much is clean', () => {
  const found: Proof = { ...LOOK, kind: 'ec2:volume', status: 'found', ids: ['vol-1'] };
  const unknown: Proof = { kind: 'iam:role', region: 'us-east-1', status: 'unknown', reason: 'denied', calls: {} };
  const text = proofsText([...Array.from({ length: 20 }, (_, index) => clean(`s3:kind-${index}`)), found, unknown]);

  expect(text).toMatch(/^found +ec2:volume +us-east-1 +vol-1$/m);
  expect(text).toMatch(/^unknown +iam:role +us-east-1 +denied$/m);
  expect(text).toMatch(/^clean: 20 kinds/m);
});
