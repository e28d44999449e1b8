// npm run week: lives through the sample week, and writes into labs/README.md how each practice bullet is realised.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../support/cli';
import { differences, liveThrough, SAMPLE } from './life';
import { weekTable, withTable } from './table';

const PAGE = join(ROOT, 'labs', 'README.md');

void liveThrough(SAMPLE).then(({ plan, checked, destroyed, solved, before, after, seconds }) => {
  const { totals, findings } = checked.json;
  writeFileSync(PAGE, withTable(readFileSync(PAGE, 'utf8'), weekTable(plan, findings)));
  const stuck = solved.json.skipped.filter(({ error }) => error);
  const { proven, left, calls } = destroyed.json;
  const said = { totals, proven, left, calls: Object.values(calls).reduce((sum, one) => sum + one, 0), stuck, seconds };
  process.stdout.write(`${JSON.stringify({ ...said, differences: differences(before, after) }, null, 2)}\n`);
});
