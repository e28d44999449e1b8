// Exercises on keeping a database: backups, replicas, a standby; watching and maintaining it.

import { exercise, judge, passed, passedExcept, unknown } from '../../../lib/kit';
import { isMysql, isReplica } from '../demands/setup';
import { FOLLOWING, failedOver, KEPT, MAINTAINED, MULTI_AZ, RESTORED, WATCHED } from '../demands/upkeep';
import { MAINTENANCE_WINDOW } from '../facts';
import { see } from '../see';
import { solveWith } from '../solutions';
import { NO_MYSQL } from './nothing';

export const backUp = exercise({
  id: 'back-up-and-restore',
  rows: ['rds-4'],
  title: 'Back up, snapshot and restore',
  kind: 'action',
  asks: [
    'automated backup snapshot',
    'automated backup retention',
    'automated backup',
    'rds snapshot manual backup recovery',
    'rds snapshot manual',
    'rds snapshot',
    'database snapshot',
    'rds backup',
    'point in time recovery',
    'snapshot',
    'sao lưu tự động',
    'sao lưu',
  ],
  task: [
    'Automated backups of the database are kept for a day or more. A manual snapshot `worklab-<run>-snapshot` is available,',
    'and another database, `worklab-<run>-restored`, was restored from it (delete that one afterwards: it costs).',
  ].join(' '),
  restsOn: ['AWS::RDS::DBInstance'],
  observe: see.backedUp,
  check: (databases) => {
    const own = databases.filter((one) => isMysql(one) && !one.lookRestored.includes(one.id));
    const kept = judge(own, KEPT, NO_MYSQL);
    if (kept.status !== 'passed') return kept;
    const verdict = judge(own, [...KEPT, RESTORED], NO_MYSQL);
    if (verdict.status === 'passed') return passedExcept('the data in the restored database');
    const [standing] = own[0]?.lookRestored ?? [];
    return standing === undefined
      ? verdict
      : unknown(`${standing} stands, but no event tells from what it was restored`);
  },
  solve: solveWith((solutions) => solutions.backUp),
});

export const replicate = exercise({
  id: 'add-read-replica',
  rows: ['rds-5'],
  title: 'Add a read replica',
  kind: 'provision',
  asks: ['rds read replica scaling', 'read replica read scaling', 'read replica', 'bản sao đọc', 'replica'],
  task: 'A read replica `worklab-<run>-mysql-replica` of the database is available and follows it.',
  restsOn: ['AWS::RDS::DBInstance'],
  observe: see.databases,
  check: (databases) =>
    judge(databases.filter(isReplica), FOLLOWING, {
      expected: 'a read replica of a database of this run',
      actual: 'there is none',
      hint: 'the source needs automated backups; a replica that was promoted is one no more, and cannot become one again',
    }),
  solve: solveWith((solutions) => solutions.replicate),
});

export const standBy = exercise({
  id: 'stand-by-in-another-zone',
  rows: ['rds-6'],
  title: 'Deploy in several zones for availability',
  kind: 'provision',
  asks: [
    'multi az deployment high availability',
    'multi az deployment',
    'multi az high availability',
    'multi az',
    'rds high availability',
    'rds failover',
    'nhiều vùng sẵn sàng',
    'tính sẵn sàng cao',
  ],
  task: [
    'The database is a Multi-AZ deployment with its standby in another zone. Then let it fail over once (a restart with',
    'failover), and look at the events.',
  ].join(' '),
  restsOn: ['AWS::RDS::DBInstance'],
  observe: see.standbys,
  check: (databases) => {
    const own = databases.filter(isMysql);
    const verdict = judge(own, MULTI_AZ, NO_MYSQL);
    if (verdict.status !== 'passed') return verdict;
    return own.some(failedOver) ? passed : passedExcept('a failover: none is told of in the last 14 days');
  },
  solve: solveWith((solutions) => solutions.standBy),
});

export const watchDatabase = exercise({
  id: 'watch-database',
  rows: ['rds-9'],
  title: 'Watch a database with CloudWatch',
  kind: 'provision',
  asks: [
    'monitor rds performance cloudwatch',
    'monitored rds performance cloudwatch',
    'monitor rds performance',
    'monitor rds',
    'monitor database',
    'rds cloudwatch',
    'cloudwatch',
    'giám sát rds',
    'giám sát hiệu năng',
    'giám sát',
  ],
  task: [
    'Alarms on `CPUUtilization`, `FreeStorageSpace` and `DatabaseConnections` of the database write to the topic',
    '`worklab-<run>-database`. Its logs `error`, `slowquery` and `audit` go to CloudWatch, and an event subscription',
    '`worklab-<run>-database` tells of the categories `failover` and `backup`.',
  ].join(' '),
  restsOn: ['AWS::CloudWatch::Alarm', 'AWS::RDS::EventSubscription', 'AWS::RDS::DBInstance'],
  observe: see.watched,
  check: (databases) => judge(databases.filter(isMysql), WATCHED, NO_MYSQL),
  solve: solveWith((solutions) => solutions.watch),
});

export const maintain = exercise({
  id: 'maintain-and-upgrade',
  rows: ['rds-10'],
  title: 'Set a maintenance window and upgrade the minor version',
  kind: 'action',
  asks: [
    'rds maintenance window upgrade',
    'maintenance window version upgrade',
    'rds maintenance window',
    'maintenance upgrade',
    'maintenance window',
    'version upgrade',
    'minor version',
    'engine upgrade',
    'cửa sổ bảo trì',
    'nâng cấp phiên bản',
  ],
  task: [
    `The maintenance window of the database is \`${MAINTENANCE_WINDOW}\` (UTC), minor versions come by themselves, and it runs`,
    'the newest minor version of MySQL 8.4 that RDS offers. The lab deploys the last but one.',
  ].join(' '),
  restsOn: ['AWS::RDS::DBInstance'],
  observe: see.versioned,
  check: (databases) => judge(databases.filter(isMysql), MAINTAINED, NO_MYSQL),
  solve: solveWith((solutions) => solutions.maintain),
});
