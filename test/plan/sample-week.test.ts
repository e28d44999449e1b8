// The sample week, and the worklog that the project started from where it is there: no bullet of a lab that exists is lost.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makePlan } from '../../lib/plan/plan';
import { discoverLabs, servicesOf } from '../../lib/registry/discover';
import { parseWorklog } from '../../lib/worklog/parse';
import { ROOT } from '../support/cli';

const labs = discoverLabs(join(ROOT, 'labs'));
const planOf = (file: string) => {
  const manifest = parseWorklog(readFileSync(file, 'utf8'), { file, labs: servicesOf(labs) });
  return { manifest, plan: makePlan(manifest, { labs, target: 'local', region: 'us-east-1' }) };
};

const SAMPLE = join(ROOT, 'labs', 'weeks', 'week-04.md');
const SEED = join(ROOT, '..', 'shared', 'corpus', 'seed-week04.en.md');
const files = [SAMPLE, ...(existsSync(SEED) ? [SEED] : [])];

test.each(files)('%s: week 4, 14 sections, 105 exercises, and every bullet of a lab finds its exercise', (file) => {
  const { manifest, plan } = planOf(file);
  const sections = manifest.days.flatMap((day) => day.sections);

  expect([manifest.week, manifest.days.length, sections.length]).toEqual([4, 5, 14]);
  expect(sections.flatMap(({ exercises }) => exercises)).toHaveLength(105);
  expect(plan.sections.filter(({ lab }) => lab !== null).flatMap(({ unmatched }) => unmatched)).toEqual([]);
});

test.each(files)('%s: each bullet of the EC2 section and of the practice day finds another exercise', (file) => {
  const ids = planOf(file)
    .plan.sections.filter(({ lab }) => lab === 'ec2')
    .flatMap(({ exercises }) => exercises.map(({ id }) => id));

  expect(ids).toHaveLength(13);
  expect(new Set(ids).size).toBe(13);
});
