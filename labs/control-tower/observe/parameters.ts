// What the stack has to be told of the account: whether it has an analyzer already, and who would keep a landing zone's logs.

import { AccessAnalyzerClient, paginateListAnalyzers } from '@aws-sdk/client-accessanalyzer';
import { type Aws, collect, items, MissingList } from '../../../lib/kit';
import { isManagement, securityAccounts } from './landing-zone';

/** What is not told is left to the defaults. */
export async function stackParameters(aws: Aws): Promise<Record<string, string>> {
  try {
    const pages = paginateListAnalyzers({ client: aws.client(AccessAnalyzerClient) }, { type: 'ACCOUNT' });
    const analyzers = await collect(items(pages, (page) => page.analyzers));
    const accounts = (await isManagement(aws)) ? await securityAccounts(aws) : undefined;
    return {
      MakesAnalyzer: analyzers.length > 0 ? 'no' : 'yes',
      ...(accounts === undefined ? {} : { LogArchiveAccount: accounts.logArchive, AuditAccount: accounts.audit }),
    };
  } catch (error) {
    if (error instanceof MissingList) return {};
    throw error;
  }
}
