import { Match } from 'aws-cdk-lib/assertions';
import { describeLab } from '../../test/support/describe-lab';
import { ARCHIVE_CLASSES, MINIMUM_DAYS, MOVES } from './facts';
import lab from './lab';
import { comparison, PRICES, requestCost, STANDARD, storageCost } from './prices';

const template = describeLab('s3-glacier', lab);

describe('the archive', () => {
  test('moves what lies under logs/ through the three archive classes, each kept for its minimum', async () => {
    (await template('full')).hasResourceProperties('AWS::S3::Bucket', {
      BucketName: 'worklab-abc123-archive',
      LifecycleConfiguration: {
        Rules: Match.arrayWith([
          Match.objectLike({
            Prefix: 'logs/',
            Transitions: [
              { StorageClass: 'GLACIER_IR', TransitionInDays: 30 },
              { StorageClass: 'GLACIER', TransitionInDays: 120 },
              { StorageClass: 'DEEP_ARCHIVE', TransitionInDays: 210 },
            ],
          }),
          Match.objectLike({ AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } }),
        ]),
      },
    });
    expect(MOVES.map(({ to }) => to)).toEqual(ARCHIVE_CLASSES);
    for (const [at, { to, days }] of MOVES.slice(0, -1).entries()) {
      expect((MOVES[at + 1]?.days ?? 0) - days).toBeGreaterThanOrEqual(MINIMUM_DAYS[to]);
    }
  });

  test('lets Intelligent-Tiering archive what lies under shared/, and brings it there', async () => {
    (await template('full')).hasResourceProperties('AWS::S3::Bucket', {
      IntelligentTieringConfigurations: [
        {
          Status: 'Enabled',
          Prefix: 'shared/',
          Tierings: [
            { AccessTier: 'ARCHIVE_ACCESS', Days: 90 },
            { AccessTier: 'DEEP_ARCHIVE_ACCESS', Days: 180 },
          ],
        },
      ],
      LifecycleConfiguration: {
        Rules: Match.arrayWith([
          Match.objectLike({
            Prefix: 'shared/',
            Transitions: [{ StorageClass: 'INTELLIGENT_TIERING', TransitionInDays: 0 }],
          }),
        ]),
      },
    });
  });

  test('is closed to the public, encrypted, and reached over TLS alone', async () => {
    const full = await template('full');
    full.allResourcesProperties('AWS::S3::Bucket', {
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      BucketEncryption: Match.anyValue(),
    });
    full.hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: [{ Effect: 'Deny', Principal: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }],
      },
    });
  });

  test('stands alone and unmanaged in the starter form', async () => {
    const starter = await template('starter');
    starter.resourceCountIs('AWS::S3::Bucket', 1);
    starter.hasResourceProperties('AWS::S3::Bucket', {
      BucketName: 'worklab-abc123-archive',
      LifecycleConfiguration: Match.absent(),
      IntelligentTieringConfigurations: Match.absent(),
    });
    starter.resourceCountIs('AWS::S3::BucketPolicy', 0);
  });
});

test('nothing is locked for longer than a day, and never in compliance mode', async () => {
  const full = await template('full');
  full.hasResourceProperties('AWS::S3::Bucket', {
    ObjectLockEnabled: true,
    VersioningConfiguration: { Status: 'Enabled' },
    ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: 1 } } },
  });
  expect(JSON.stringify(full.toJSON())).not.toContain('COMPLIANCE');
  const granting = (lab.permissions ?? []).filter(({ actions }) => actions.includes('s3:PutObjectRetention'));
  expect(granting).toEqual([
    expect.objectContaining({
      conditions: expect.objectContaining({ StringEquals: { 's3:object-lock-mode': 'GOVERNANCE' } }),
    }),
  ]);
});

describe('prices', () => {
  const GIB = 1024 ** 3;

  test('storage is charged for at least the minimum of days and size', () => {
    const one = { objects: 1, bytesEach: GIB, days: 30 };
    expect(storageCost(STANDARD, one)).toBeCloseTo(0.023);
    expect(storageCost(PRICES.GLACIER_IR, one)).toBeCloseTo(0.004 * 3);
    expect(storageCost(PRICES.DEEP_ARCHIVE, one)).toBeCloseTo(0.00099 * 6, 4);
    const small = { objects: 8192, bytesEach: 1, days: 90 };
    expect(storageCost(PRICES.GLACIER_IR, small)).toBeCloseTo(0.004 * 3, 6); // 8,192 objects of 128 KiB are 1 GiB
  });

  test('what lies beside each archived object makes small ones dear', () => {
    const small = { objects: 1_000_000, bytesEach: 10 * 1024, days: 365 };
    expect(storageCost(PRICES.GLACIER, small)).toBeGreaterThan(storageCost(STANDARD, small));
  });

  test('a restoration is charged by request and by size', () => {
    const [expedited, , bulk] = PRICES.GLACIER.retrievals;
    if (expedited === undefined || bulk === undefined) throw new Error('three ways back');
    const archive = { objects: 1000, bytesEach: GIB, days: 90 };
    expect(requestCost(PRICES.GLACIER, archive, expedited)).toBeCloseTo(0.03 + 10 + 1000 * 0.03);
    expect(requestCost(PRICES.GLACIER, archive, bulk)).toBeCloseTo(0.03);
  });

  test('the comparison has a row for each class and way back, and the reading shows it', () => {
    const rows = comparison().split('\n').slice(2);
    expect(rows).toHaveLength(1 + 1 + 3 + 2);
    expect(rows[0]).toBe('| Standard | 0 days | read, milliseconds | $279.84 | $8.07 |');
    const [reading] = lab.exercises;
    expect(reading?.task).toContain(comparison());
  });

  test('the run pays at most two cents', () => {
    const total = lab.costs.reduce((sum, { usd, quantity }) => sum + usd * quantity, 0);
    expect(total).toBeGreaterThan(0.01);
    expect(total).toBeLessThan(0.02);
  });
});
