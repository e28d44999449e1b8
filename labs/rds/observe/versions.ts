// RDS's own list of versions → the version that the stack deploys, asked for at its deployment.

import { DescribeDBMajorEngineVersionsCommand, paginateDescribeDBEngineVersions, RDSClient } from '@aws-sdk/client-rds';
import { type Aws, collect, items, WorklabError } from '../../../lib/kit';
import { MYSQL } from '../facts';
import { byNumbers } from './history';

/**
 * The last minor version but one, so that there is one to upgrade to. Nothing where RDS tells of none: then the default of
 * the template has to do. Throws where the major version is past its standard support.
 */
export async function parameters(aws: Aws): Promise<Record<string, string>> {
  await refuseUnsupported(aws);
  const query = { Engine: MYSQL.engine, DBParameterGroupFamily: MYSQL.family };
  const pages = paginateDescribeDBEngineVersions({ client: aws.client(RDSClient) }, query);
  const all = await collect(items(pages, (page) => page.DBEngineVersions, { absentMeansEmpty: true }));
  const upgradable = all
    .filter(({ Status = 'available' }) => Status === 'available')
    .filter(({ ValidUpgradeTarget = [] }) =>
      ValidUpgradeTarget.some((target) => target.IsMajorVersionUpgrade === false),
    )
    .flatMap(({ EngineVersion }) => EngineVersion ?? [])
    .sort(byNumbers);
  const chosen = upgradable.at(-1);
  return chosen === undefined ? {} : { EngineVersion: chosen };
}

async function refuseUnsupported(aws: Aws): Promise<void> {
  const command = new DescribeDBMajorEngineVersionsCommand({
    Engine: MYSQL.engine,
    MajorEngineVersion: MYSQL.major,
  });
  const { DBMajorEngineVersions = [] } = await aws.client(RDSClient).send(command);
  const ends = DBMajorEngineVersions.flatMap(({ SupportedEngineLifecycles = [] }) => SupportedEngineLifecycles).find(
    ({ LifecycleSupportName }) => LifecycleSupportName === 'open-source-rds-standard-support',
  )?.LifecycleSupportEndDate;
  if (ends !== undefined && ends < new Date()) {
    throw new WorklabError('usage/invalid', {
      what: `the standard support of MySQL ${MYSQL.major} ended on ${ends.toISOString().slice(0, 10)}`,
      fix: 'a newer version of worklab knows a newer version of MySQL; extended support would cost by the vCPU and hour',
    });
  }
}
