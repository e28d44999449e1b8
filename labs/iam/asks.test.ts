// Bullets of worklogs → the exercise that each asks for.

import { exerciseFor } from '../../lib/plan/match';
import { exercises } from './exercises';

test.each([
  ['Concepts and components of IAM', 'iam-1'],
  ['Users and groups in IAM', 'iam-2'],
  ['IAM policies with JSON policy documents', 'iam-3'],
  ['IAM policies and their permissions', 'iam-3'],
  ['IAM roles for EC2, Lambda, and other AWS services', 'iam-4'],
  ['Multi-factor authentication (MFA) for the root user', 'iam-5'],
  ['Password policies', 'iam-6'],
  ['Access keys', 'iam-6'],
  ['Cross-account access through IAM roles and trust policies', 'iam-7'],
  ['Identity federation with SAML and OIDC', 'iam-8'],
  ['Service control policies', 'iam-9'],
  ['IAM activity in CloudTrail', 'iam-10'],
  ['Access key rotation', 'iam-a2'],
  ['The principle of least privilege', 'iam-a3'],
  ['CloudTrail and access advisor', 'iam-a4'],
  ['Xác thực đa yếu tố', 'iam-5'],
  ['Tạo người dùng và nhóm', 'iam-2'],
  ['Drink a coffee', undefined],
])('%s asks for %s', (bullet, row) => {
  expect(exerciseFor(bullet, exercises)?.rows[0]).toBe(row);
});

test('nine exercises are graded', () => {
  expect(exercises.filter(({ kind, extra }) => kind !== 'concept' && !extra)).toHaveLength(9);
});
