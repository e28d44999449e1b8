// The policies of the lab, as what they say: four SCPs, a tag policy, a backup policy. Pure.

import type { Scp } from './grammar';
import { regionsOf, SMALL_TYPES } from './trials';

export interface NamedScp {
  /** Behind the run's prefix. */
  readonly name: string;
  readonly description: string;
  readonly policy: Scp;
}

const deny = (statement: Omit<Scp['Statement'] & object, 'Effect'>): Scp => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Deny', ...statement }],
});

/** Services with one region for all, whose requests a fence must let through whatever the region. */
const GLOBAL = [
  'account:*',
  'billing:*',
  'budgets:*',
  'ce:*',
  'cloudfront:*',
  'globalaccelerator:*',
  'health:*',
  'iam:*',
  'organizations:*',
  'pricing:*',
  'route53:*',
  'route53domains:*',
  'shield:*',
  'sts:*',
  'support:*',
  'tag:*',
  'trustedadvisor:*',
  'waf:*',
];

/** One purpose each, so that each can be taken off alone; a target holds ten. */
export const scps = (region: string): readonly NamedScp[] => [
  {
    name: 'region-fence',
    description: 'Nothing outside the regions of the labs',
    policy: deny({
      Sid: 'OnlyTheseRegions',
      NotAction: GLOBAL,
      Resource: '*',
      Condition: { StringNotEquals: { 'aws:RequestedRegion': regionsOf(region) } },
    }),
  },
  {
    name: 'no-root-user',
    description: 'Nothing as the root user of an account',
    policy: deny({
      Sid: 'NotAsRoot',
      Action: '*',
      Resource: '*',
      Condition: { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:root' } },
    }),
  },
  {
    name: 'stay-in-organization',
    description: 'No account leaves by itself',
    policy: deny({ Sid: 'Stay', Action: 'organizations:LeaveOrganization', Resource: '*' }),
  },
  {
    name: 'small-instances',
    description: 'Small instances only',
    policy: deny({
      Sid: 'OnlySmallInstances',
      Action: 'ec2:RunInstances',
      Resource: 'arn:aws:ec2:*:*:instance/*',
      Condition: { StringNotEquals: { 'ec2:InstanceType': SMALL_TYPES } },
    }),
  },
];

export const COST_KEY = 'CostCenter';

/** How the tag is spelled and what it may say; refused on volumes that say something else. */
export const tagPolicy = {
  tags: {
    costcenter: {
      tag_key: { '@@assign': COST_KEY },
      tag_value: { '@@assign': ['training', 'production'] },
      enforced_for: { '@@assign': ['ec2:volume'] },
    },
  },
};

/** A daily backup of whatever carries the tag, kept for a month, in each account of the OU. */
export const backupPolicy = (region: string) => ({
  plans: {
    daily: {
      regions: { '@@assign': [region] },
      rules: {
        nightly: {
          schedule_expression: { '@@assign': 'cron(0 5 ? * * *)' },
          target_backup_vault_name: { '@@assign': 'Default' },
          lifecycle: { delete_after_days: { '@@assign': '35' } },
        },
      },
      selections: {
        tags: {
          tagged: {
            iam_role_arn: { '@@assign': 'arn:aws:iam::$account:role/service-role/AWSBackupDefaultServiceRole' },
            tag_key: { '@@assign': 'Backup' },
            tag_value: { '@@assign': ['daily'] },
          },
        },
      },
    },
  },
});
