// Exercises on a database and what it is set up with: launch, groups, network, encryption.

import { exercise, judge, passedExcept } from '../../../lib/kit';
import { ENCRYPTED, graded, isMysql, LAUNCHED, PLACED, TUNED } from '../demands/setup';
import { see } from '../see';
import { solveWith } from '../solutions';
import { NO_MYSQL } from './nothing';

export const launchDatabase = exercise({
  id: 'launch-database',
  rows: ['rds-2'],
  title: 'Launch a MySQL or PostgreSQL database',
  kind: 'provision',
  asks: [
    'launch rds instance mysql postgresql',
    'launch rds instance',
    'launched rds instance',
    'launch database',
    'create rds instance',
    'create database instance',
    'rds mysql',
    'rds postgresql',
    'mysql',
    'postgresql',
    'khởi tạo rds instance',
    'khởi tạo cơ sở dữ liệu',
    'tạo rds',
  ],
  task: [
    'A database `worklab-<run>-mysql` (MySQL 8.4; PostgreSQL 17 will do) of the class `db.t4g.micro` with 20 GiB of gp3 is',
    'available. It has no public address, RDS manages its master password in Secrets Manager, and its life cycle support is',
    '`open-source-rds-extended-support-disabled`.',
  ].join(' '),
  restsOn: ['AWS::RDS::DBInstance'],
  observe: see.databases,
  check: (databases) => judge(graded(databases), LAUNCHED, NO_MYSQL),
  solve: solveWith((solutions) => solutions.launch),
});

export const tuneGroups = exercise({
  id: 'tune-groups',
  rows: ['rds-3'],
  title: 'Configure parameter and option groups',
  kind: 'provision',
  asks: [
    'rds parameter group option group',
    'parameter group option group',
    'parameter group',
    'option group',
    'nhóm tham số',
    'nhóm tùy chọn',
  ],
  task: [
    'The database uses a parameter group `worklab-<run>-mysql` of the family `mysql8.4` that writes queries of one second and',
    'more to a file (`slow_query_log`, `long_query_time`, `log_output`), and an option group `worklab-<run>-mysql` with',
    '`MARIADB_AUDIT_PLUGIN`. Both are in sync.',
  ].join(' '),
  restsOn: ['AWS::RDS::DBParameterGroup', 'AWS::RDS::OptionGroup', 'AWS::RDS::DBInstance'],
  observe: see.tuned,
  check: (databases) => judge(databases.filter(isMysql), TUNED, NO_MYSQL),
  solve: solveWith((solutions) => solutions.tune),
});

export const placeDatabase = exercise({
  id: 'place-database',
  rows: ['rds-8'],
  title: 'Set up a subnet group and security groups',
  kind: 'provision',
  asks: [
    'rds security group subnet group',
    'security group subnet group',
    'subnet group',
    'rds security group',
    'database security group',
    'nhóm mạng con',
    'security group',
  ],
  task: [
    'The database stands in a subnet group `worklab-<run>-isolated` over the two isolated subnets of the run. Its security',
    'group `worklab-<run>-database` opens port 3306, to the members of `worklab-<run>-database-clients` and to nobody else.',
  ].join(' '),
  restsOn: ['AWS::RDS::DBSubnetGroup', 'AWS::EC2::SecurityGroup', 'AWS::RDS::DBInstance'],
  observe: see.placed,
  check: (databases) => judge(graded(databases), PLACED, NO_MYSQL),
  solve: solveWith((solutions) => solutions.place),
});

export const encryptDatabase = exercise({
  id: 'encrypt-database',
  rows: ['rds-7'],
  title: 'Encrypt at rest and in transit',
  kind: 'provision',
  asks: [
    'rds encryption rest transit',
    'encrypt database rest transit',
    'encryption rest transit',
    'rds encryption rest kms key',
    'rds encryption',
    'encryption rest',
    'encryption transit',
    'encryption kms',
    'mã hóa rds',
    'mã hóa dữ liệu',
    'mã hóa',
  ],
  task: [
    'The storage of the database is encrypted with a KMS key that is enabled (that of RDS itself, `aws/rds`, will do), and its',
    'parameter group lets in nobody without TLS: `require_secure_transport` is 1, and in sync.',
  ].join(' '),
  restsOn: ['AWS::RDS::DBInstance', 'AWS::RDS::DBParameterGroup'],
  observe: see.encrypted,
  check: (databases) => {
    const verdict = judge(graded(databases), ENCRYPTED, NO_MYSQL);
    return verdict.status === 'passed' ? passedExcept('a connection: that one without TLS is refused') : verdict;
  },
  solve: solveWith((solutions) => solutions.encrypt),
});
