import fc from 'fast-check';

import { redact } from '../../lib/worklog/redact';
import { parse, table } from './support';

// Made up, in the shapes that AWS documents; put together here so that no scanner takes them for real ones.
const SECRETS = [
  '123456789012',
  '1234-5678-9012',
  'arn:aws:iam::123456789012:role/lab',
  `AKIA${'IOSFODNN7EXAMPLE'}`,
  `wJalrXUtnFEMI/K7MDENG/${'bPxRfiCYEXAMPLEKEY'}`,
  'someone@example.com',
  `ghp_${'a1B2'.repeat(9)}`,
];

describe('secrets', () => {
  test.each(SECRETS)('%s is replaced in any text', (secret) => {
    for (const text of [secret, `use ${secret}, then`, `(${secret})`, `"${secret}"`])
      expect(redact(text)).not.toContain(secret);
  });

  test.each([
    ['password: hunter2!!', 'password: [secret]'],
    ['mật khẩu = hunter2!!', 'mật khẩu = [secret]'],
    [
      'https://b.s3.amazonaws.com/k?X-Amz-Signature=0123abc&x=1',
      'https://b.s3.amazonaws.com/k?X-Amz-Signature=[secret]&x=1',
    ],
    ['-----BEGIN RSA PRIVATE KEY-----\nabc', '[private key]'],
  ])('%s', (text, clean) => {
    expect(redact(text)).toBe(clean);
  });

  test.each([
    'Create an EC2 instance on 22/06/2026',
    'arn:aws:s3:::bucket/key',
    'https://000004.awsstudygroup.com/1-introduce/1.2-a-very-long-name-of-a-page-in-the-workshop/',
    'Set the password policy and rotate access keys',
    'commit 0123456789abcdef0123456789abcdef01234567',
  ])('%s has none', (text) => {
    expect(redact(text)).toBe(text);
  });

  test('none is cut in half where a text is too long', () => {
    for (let length = 440; length < 500; length++) {
      const text = JSON.stringify(
        table(`| 2 | - Create a key of KMS ${'x'.repeat(length)} AKIA${'IOSFODNN7EXAMPLE'} | | | |`),
      );
      expect(text).not.toContain('AKIA');
    }
  });

  test('none enters a manifest, wherever it stands', () => {
    const secret = fc.constantFrom(...SECRETS);
    fc.assert(
      fc.property(secret, secret, secret, (a, b, c) => {
        const { file: _, ...manifest } = table(
          `| ${a} | - **Practice:** <br> + Create a role ${b} in IAM <br> - ${c}: | ${a} | ${b} | [${c}](https://x.example/?q=${a}) |`,
        );
        const { file: __, ...prose } = parse(
          `---\ntitle: Week 1 ${a}\ndate: ${b}\n---\n# ${c}\n\n- Created an S3 bucket ${a}\n`,
        );
        const text = JSON.stringify([manifest, prose]);
        for (const found of [a, b, c]) expect(text).not.toContain(found);
      }),
    );
  });
});
