// What to say when there is no database to judge.

import type { Nothing } from '../../../lib/kit';

export const NO_MYSQL: Nothing = {
  expected: 'a database of this run',
  actual: 'no MySQL database carries the tag of the run, its name, or stands in its subnet group',
  hint: 'name it worklab-<run>-mysql, or give it the tag worklab:run',
};
