// AWS Backup: a volume that is backed up by plan and by hand, brought back, and copied into another region.

import { defineLab } from '../../lib/kit';
import { exercises } from './exercises';
import { COPY_REGION } from './facts';
import { permissions } from './permissions';

const BACKUP_PRICES = 'https://aws.amazon.com/backup/pricing/';
const EBS_PRICES = 'https://aws.amazon.com/ebs/pricing/';
const AS_OF = '2026-11-22';

export default defineLab({
  title: 'AWS Backup',
  minutes: { deploy: 3, destroy: 6 },
  stacks: [
    { load: async () => (require('./stack') as typeof import('./stack')).BackupStack },
    {
      id: 'copy',
      region: COPY_REGION,
      load: async () => (require('./stack') as typeof import('./stack')).CopyStack,
    },
  ],
  exercises,
  sweepers: async () => (require('./sweepers') as typeof import('./sweepers')).sweepers,
  settings: async () => (require('./settings') as typeof import('./settings')).settings,
  costs: [
    { what: 'gp3 volume, GB', usd: 0.08, per: 'gb-month', quantity: 1, source: EBS_PRICES, asOf: AS_OF },
    {
      what: 'EBS backup, GB',
      usd: 0.05,
      per: 'gb-month',
      quantity: 1,
      source: BACKUP_PRICES,
      asOf: AS_OF,
      exercise: 'restore-backup',
    },
    {
      what: 'restored gp3 volume, GB',
      usd: 0.08,
      per: 'gb-month',
      quantity: 1,
      source: EBS_PRICES,
      asOf: AS_OF,
      exercise: 'restore-backup',
    },
    {
      what: 'copy of the backup, GB',
      usd: 0.05,
      per: 'gb-month',
      quantity: 1,
      source: BACKUP_PRICES,
      asOf: AS_OF,
      exercise: 'copy-across-regions',
    },
  ],
  permissions,
});
