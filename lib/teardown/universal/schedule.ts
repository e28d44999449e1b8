// EventBridge Scheduler's groups named after the run, and with each its schedules: the run's own expiry among them.

import { DeleteScheduleGroupCommand, paginateListScheduleGroups, SchedulerClient } from '@aws-sdk/client-scheduler';
import { isMarked, items, type Sweeper, unlessGone, waitUntil } from '../../kit';

export const scheduleGroups: Sweeper = {
  kind: 'scheduler:schedule-group',

  async *list(aws, scope) {
    const pages = paginateListScheduleGroups({ client: aws.client(SchedulerClient) }, {});
    for await (const { Name: id } of items(pages, (page) => page.ScheduleGroups)) {
      if (id !== undefined && (scope.owned.has(id) || isMarked(scope, { names: [id] }))) {
        yield { kind: 'scheduler:schedule-group', id };
      }
    }
  },

  remove: (aws, { id }) =>
    unlessGone(['ResourceNotFoundException'], async () => {
      const client = aws.client(SchedulerClient);
      await client.send(new DeleteScheduleGroupCommand({ Name: id }));
      await waitUntil(aws, { for: `schedule group ${id} to be deleted`, seconds: 120 }, async () => {
        for await (const { Name } of items(paginateListScheduleGroups({ client }, {}), (page) => page.ScheduleGroups)) {
          if (Name === id) return false;
        }
        return true;
      });
    }),
};
