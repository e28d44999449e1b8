import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Manifest } from '../../lib/core/manifest';
import { parseWorklog } from '../../lib/worklog/parse';

const labs = new Map([['Amazon EC2', 'ec2']]);
const read = (path: string): Manifest => parseWorklog(readFileSync(path, 'utf8'), { file: path, labs });
const sectionsOf = (manifest: Manifest) => manifest.days.flatMap((day) => day.sections);
const exercisesOf = (manifest: Manifest) => sectionsOf(manifest).flatMap((section) => section.exercises);

const SERVICES = [
  'AWS Backup',
  'AWS Storage Gateway',
  'Amazon S3 Glacier',
  'AWS DataSync',
  'AWS Control Tower',
  'AWS Organizations',
  'AWS Service Catalog',
  'AWS Systems Manager',
  'AWS CloudFormation',
  'Amazon EC2',
  'AWS IAM',
  'Amazon RDS',
  'Amazon Route 53',
  'Amazon EC2',
];

describe('the sample week', () => {
  const manifest = read(join(__dirname, '../../labs/weeks/week-04.md'));

  test('has week, language and five days with their dates', () => {
    expect(manifest).toMatchObject({ week: 4, language: 'en', title: 'Week 4 Worklog' });
    expect(manifest.days.map(({ start, end }) => [start, end])).toEqual(
      ['2025-09-29', '2025-09-30', '2025-10-01', '2025-10-02', '2025-10-03'].map((date) => [date, date]),
    );
  });

  test('has thirteen services and the practice day, whose section is about EC2', () => {
    expect(sectionsOf(manifest).map((section) => section.service)).toEqual(SERVICES);
    expect(sectionsOf(manifest).at(-1)).toMatchObject({ lab: 'ec2', exercises: { length: 3 } });
  });

  test('has every bullet as an exercise on the line it stands on', () => {
    expect(exercisesOf(manifest)).toHaveLength(105);
    expect(
      manifest.days.map((day) => [day.line, [...new Set(day.sections.flatMap((s) => s.exercises.map((e) => e.line)))]]),
    ).toEqual([21, 22, 23, 24, 25].map((line) => [line, [line]]));
  });

  test('is in order: nothing to point out', () => {
    expect(manifest.diagnostics).toEqual([]);
  });
});

const SEED = join(__dirname, '../../../shared/corpus/seed-week04.en.md');

(existsSync(SEED) ? describe : describe.skip)('the seed worklog', () => {
  test('comes out whole', () => {
    const manifest = read(SEED);

    expect(manifest.week).toBe(4);
    expect(manifest.days.map((day) => day.start)).toEqual([
      '2025-09-29',
      '2025-09-30',
      '2025-10-01',
      '2025-10-02',
      '2025-08-15',
    ]);
    expect(sectionsOf(manifest).map((section) => section.service)).toEqual(SERVICES);
    expect(exercisesOf(manifest)).toHaveLength(105);
    expect(new Set(manifest.days.flatMap((day) => day.labIds)).size).toBe(13);
  });

  test('gets the remarks of a careful reader', () => {
    const codes = read(SEED).diagnostics.map(({ code, line }) => `${line} ${code}`);

    expect(codes).toEqual(
      expect.arrayContaining([
        '3 worklog/front-matter-date',
        '36 worklog/date-outside-week',
        '36 worklog/template-row',
      ]),
    );
    expect(codes.filter((code) => code.endsWith('lab-title-differs'))).toHaveLength(12);
  });
});
