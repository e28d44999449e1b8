// What there is to read, and the database that shows what it is busy with.

import { concept, exercise, judge, passedExcept } from '../../../lib/kit';
import { isPostgres } from '../demands/setup';
import { INSIGHTFUL } from '../demands/upkeep';
import { see } from '../see';
import { solveWith } from '../solutions';

export const compareEngines = concept({
  id: 'compare-engines',
  rows: ['rds-1'],
  title: 'Understand database engines and their features',
  asks: [
    'rds database engine feature',
    'rds database engine',
    'database engine feature',
    'database engine',
    'rds concept',
    'managed relational database',
    'các engine cơ sở dữ liệu',
    'tìm hiểu rds',
  ],
  task: [
    'Look at what there is: `aws rds describe-db-engine-versions --query "DBEngineVersions[].[Engine,EngineVersion]"`, and until',
    'when each is supported: `aws rds describe-db-major-engine-versions`. A version past its standard support goes on by itself,',
    'for $0.10 and more by the vCPU and hour, unless it was launched with extended support disabled. Read',
    '<https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Welcome.html>. Which engines have option groups, which have none?',
  ].join(' '),
});

export const lookInside = exercise({
  id: 'look-inside',
  rows: ['rds-a1'],
  title: 'Look at the load with Performance Insights',
  kind: 'provision',
  extra: true,
  guard: { by: 'cost', because: 'it is a second database, PostgreSQL, for about two cents an hour' },
  asks: ['performance insight', 'cloudwatch performance insight', 'database insight'],
  task: [
    'A PostgreSQL 17 database `worklab-<run>-postgres` of the class `db.t4g.micro` is available, with Performance Insights on',
    'and seven days of history. MySQL cannot have it on a class this small.',
  ].join(' '),
  restsOn: ['AWS::RDS::DBInstance'],
  observe: see.databases,
  check: (databases) => {
    const verdict = judge(databases.filter(isPostgres), INSIGHTFUL, {
      expected: 'a PostgreSQL database of this run',
      actual: 'there is none',
      hint: 'name it worklab-<run>-postgres, or give it the tag worklab:run',
    });
    return verdict.status === 'passed' ? passedExcept('the load that it has measured') : verdict;
  },
  solve: solveWith((solutions) => solutions.lookInside),
});

export const runWell = concept({
  id: 'run-it-well',
  rows: ['rds-a2'],
  title: 'Know how to size, secure and speed up a database',
  extra: true,
  asks: [
    'rds security performance optimization',
    'rds best practice',
    'proper sizing',
    'best practice',
    'tối ưu hiệu năng',
  ],
  task: [
    'Size: start small, watch CPU credits and free memory, grow the class; storage grows by itself where it may. Secure: no',
    'public address, groups instead of addresses, TLS, a managed password, IAM logins. Speed: indexes first, then replicas for',
    'reads, RDS Proxy for many short connections. Oracle and SQL Server bring a licence, yours or included.',
    '<https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_BestPractices.html>',
  ].join(' '),
});
