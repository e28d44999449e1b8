// Amazon RDS: a Multi-AZ MySQL database, its groups, backups, replica, encryption, alarms and upgrades.

import { defineLab } from '../../lib/kit';
import { exercises } from './exercises';
import { permissions } from './permissions';

const MYSQL_PRICES = 'https://aws.amazon.com/rds/mysql/pricing/';
const POSTGRES_PRICES = 'https://aws.amazon.com/rds/postgresql/pricing/';
const SECRET_PRICES = 'https://aws.amazon.com/secrets-manager/pricing/';
const CLOUDWATCH_PRICES = 'https://aws.amazon.com/cloudwatch/pricing/';
const AS_OF = '2026-11-22';

export default defineLab({
  title: 'Amazon RDS',
  minutes: { deploy: 30, destroy: 20 },
  needs: ['network'],
  stacks: [{ load: async () => (require('./stack') as typeof import('./stack')).RdsStack }],
  parameters: async (prepare) =>
    (require('./observe/versions') as typeof import('./observe/versions')).parameters(await prepare.aws()),
  exercises,
  sweepers: async () => (require('./sweepers') as typeof import('./sweepers')).sweepers,
  connect: async (aws, scope) => (require('./connect') as typeof import('./connect')).connect(aws, scope),
  costs: [
    // A Multi-AZ deployment is two of everything, and the replica a third.
    { what: 'db.t4g.micro, MySQL', usd: 0.016, per: 'hour', quantity: 3, source: MYSQL_PRICES, asOf: AS_OF },
    { what: 'gp3 storage of MySQL, GB', usd: 0.115, per: 'gb-month', quantity: 60, source: MYSQL_PRICES, asOf: AS_OF },
    {
      what: 'secret with the master password',
      usd: 0.4,
      per: 'month',
      quantity: 1,
      source: SECRET_PRICES,
      asOf: AS_OF,
    },
    { what: 'CloudWatch alarms', usd: 0.1, per: 'month', quantity: 3, source: CLOUDWATCH_PRICES, asOf: AS_OF },
    {
      what: 'db.t4g.micro, PostgreSQL',
      usd: 0.016,
      per: 'hour',
      quantity: 1,
      source: POSTGRES_PRICES,
      asOf: AS_OF,
      exercise: 'look-inside',
    },
    {
      what: 'gp3 storage of PostgreSQL, GB',
      usd: 0.115,
      per: 'gb-month',
      quantity: 20,
      source: POSTGRES_PRICES,
      asOf: AS_OF,
      exercise: 'look-inside',
    },
  ],
  permissions,
});
