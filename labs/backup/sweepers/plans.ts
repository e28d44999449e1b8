// Plans, their selections, and report plans.

import {
  BackupClient,
  DeleteBackupPlanCommand,
  DeleteBackupSelectionCommand,
  DeleteReportPlanCommand,
  paginateListBackupPlans,
  paginateListBackupSelections,
  paginateListReportPlans,
} from '@aws-sdk/client-backup';
import { type Aws, items, type Sweeper, type SweepScope, unlessGone } from '../../../lib/kit';
import { belonging } from './belonging';

const GONE = ['ResourceNotFoundException'];

async function* plansOfRun(aws: Aws, scope: SweepScope): AsyncGenerator<string> {
  const isOfRun = await belonging(aws, scope);
  const pages = paginateListBackupPlans({ client: aws.client(BackupClient) }, {});
  for await (const plan of items(pages, (page) => page.BackupPlansList)) {
    const { BackupPlanId: id = '', BackupPlanArn: arn = '', BackupPlanName: name = '' } = plan;
    if (scope.owned.has(id) || isOfRun({ name, arn })) yield id;
  }
}

/** Named as CloudFormation names them, "selection_plan", so that a stack's own are known. */
export const selections: Sweeper = {
  kind: 'backup:backup-selection',

  async *list(aws, scope) {
    for await (const BackupPlanId of plansOfRun(aws, scope)) {
      const pages = paginateListBackupSelections({ client: aws.client(BackupClient) }, { BackupPlanId });
      for await (const { SelectionId } of items(pages, (page) => page.BackupSelectionsList)) {
        yield { kind: 'backup:backup-selection', id: `${SelectionId}_${BackupPlanId}` };
      }
    }
  },

  remove: (aws, { id }) =>
    unlessGone(GONE, () => {
      const [SelectionId, BackupPlanId] = id.split('_');
      return aws.client(BackupClient).send(new DeleteBackupSelectionCommand({ SelectionId, BackupPlanId }));
    }),
};

export const plans: Sweeper = {
  kind: 'backup:backup-plan',
  after: ['backup:backup-selection'],

  async *list(aws, scope) {
    for await (const id of plansOfRun(aws, scope)) yield { kind: 'backup:backup-plan', id };
  },

  remove: (aws, { id: BackupPlanId }) =>
    unlessGone(GONE, () => aws.client(BackupClient).send(new DeleteBackupPlanCommand({ BackupPlanId }))),
};

/** By their ARNs, as CloudFormation names them; AWS Backup deletes them by name. */
export const reportPlans: Sweeper = {
  kind: 'backup:report-plan',

  async *list(aws, scope) {
    const isOfRun = await belonging(aws, scope);
    const pages = paginateListReportPlans({ client: aws.client(BackupClient) }, {});
    for await (const { ReportPlanArn: id = '', ReportPlanName: name = '' } of items(
      pages,
      (page) => page.ReportPlans,
    )) {
      if (scope.owned.has(id) || isOfRun({ name, arn: id })) yield { kind: 'backup:report-plan', id };
    }
  },

  remove: (aws, { id }) => unlessGone(GONE, () => deleteReportPlan(aws, id)),
};

async function deleteReportPlan(aws: Aws, arn: string): Promise<void> {
  const pages = paginateListReportPlans({ client: aws.client(BackupClient) }, {});
  for await (const { ReportPlanArn, ReportPlanName } of items(pages, (page) => page.ReportPlans)) {
    if (ReportPlanArn === arn) await aws.client(BackupClient).send(new DeleteReportPlanCommand({ ReportPlanName }));
  }
}
