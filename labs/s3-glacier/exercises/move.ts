// Exercises on how objects come into the archive, and back.

import { exercise, failed, judge, passedExcept, type Verdict } from '../../../lib/kit';
import { ARCHIVED_BY_RULE, TIERED } from '../demands';
import { LOGS, MOVES, RESTORED_FROM, SHARED, TIERS } from '../facts';
import type { Archived } from '../observe/restorations';
import { see } from '../see';
import { solveWith } from '../solutions';

const ARCHIVE = '`worklab-<run>-archive`';

export const archiveByLifecycle = exercise({
  id: 'archive-by-lifecycle',
  rows: ['glacier-2'],
  title: 'Archive by lifecycle rules',
  kind: 'provision',
  asks: [
    's3 lifecycle policy archival',
    's3 lifecycle policy',
    'lifecycle policy',
    'lifecycle rule',
    'lifecycle configuration',
    'lifecycle archival',
    'lifecycle',
    'vòng đời',
    'chính sách vòng đời',
  ],
  task: [
    `What lies in ${ARCHIVE} under \`${LOGS}\` moves by itself: ${MOVES.map(({ to, days }) => `to ${to} after ${days} days`).join(', ')}`,
    '(other days will do, as long as no class is left before its minimum of 90 days is over). Uploads that were never',
    'completed are given up within a week.',
  ].join(' '),
  restsOn: ['AWS::S3::Bucket'],
  observe: see.paths,
  check: (paths) =>
    judge(paths, ARCHIVED_BY_RULE, {
      expected: 'a lifecycle rule with transitions in a bucket of this run',
      actual: 'no bucket of the run has one',
      hint: 'a lifecycle belongs to a bucket, and a transition of it moves objects to another storage class',
    }),
  solve: solveWith((solutions) => solutions.archive),
});

export const tierByAccess = exercise({
  id: 'tier-by-access',
  rows: ['glacier-5'],
  title: 'Let access decide the tier',
  kind: 'provision',
  asks: [
    's3 intelligent tiering cost optimization',
    's3 intelligent tiering',
    'intelligent tiering',
    'intelligent tiering archive access',
    'phân tầng thông minh',
  ],
  task: [
    `In ${ARCHIVE}, objects under \`${SHARED}\` come into the class INTELLIGENT_TIERING, and a configuration of it archives`,
    `what nobody asks for: ${TIERS.map(({ tier, days }) => `${tier} after ${days} days`).join(', ')}. Objects below 128 KiB`,
    'never leave the frequent tier; the monitoring costs $0.0025 for 1,000 objects in a month.',
  ].join(' '),
  restsOn: ['AWS::S3::Bucket'],
  observe: see.tierings,
  check: (tierings) =>
    judge(tierings, TIERED, {
      expected: 'an Intelligent-Tiering configuration of a bucket of this run',
      actual: 'no bucket of the run has one',
      hint: 'without one, Intelligent-Tiering knows three tiers, all read at once; the archive tiers are asked for by bucket',
    }),
  solve: solveWith((solutions) => solutions.tier),
});

export const restoreFromArchive = exercise({
  id: 'restore-from-archive',
  rows: ['glacier-3'],
  title: 'Bring archived objects back',
  kind: 'action',
  asks: [
    'glacier retrieval option expedited standard bulk',
    'glacier retrieval option',
    'glacier retrieval',
    'retrieval option',
    'retrieval tier',
    'expedited standard bulk',
    'restore archived object',
    'restore glacier',
    'khôi phục glacier',
    'truy xuất glacier',
    'tùy chọn truy xuất',
  ],
  task: [
    `In ${ARCHIVE}: three small objects in archive classes, each asked back for one day in another way: Expedited, Standard`,
    'and Bulk. An object can be put straight into its class. A few bytes each: what is archived is charged for 90 or 180',
    'days even if it goes at once (here far less than a cent), and an Expedited request costs $0.01.',
  ].join(' '),
  restsOn: ['AWS::S3::Bucket'],
  observe: see.archived,
  check: judgeRestorations,
  solve: solveWith((solutions) => solutions.retrieve),
});

const WANTED = 3;

function judgeRestorations(objects: readonly Archived[]): Verdict {
  const expected = 'three objects in Flexible Retrieval or Deep Archive, each being restored or restored';
  const archived = objects.filter(({ storageClass }) => RESTORED_FROM.includes(storageClass));
  if (archived.length === 0 && objects.length > 0) {
    const actual = `${objects[0]?.key} is in ${objects[0]?.storageClass}`;
    return failed({ expected, actual, hint: 'Instant Retrieval is read at once: there is nothing to restore' });
  }
  if (archived.length === 0) {
    const hint = 'whoever puts an object can name its storage class: nobody has to wait for a lifecycle rule';
    return failed({ expected, actual: 'no object of the run is in one of them', hint });
  }
  const asked = archived.filter(({ restoration }) => restoration !== 'none');
  if (asked.length < WANTED) {
    const idle = archived.filter(({ restoration }) => restoration === 'none').map(({ key }) => key);
    const actual = `${asked.length} of ${WANTED}${idle.length === 0 ? '' : `; nobody asks for ${idle.join(', ')}`}`;
    return failed({
      expected,
      actual,
      hint: 'a restored copy lasts for the days that were asked for, then goes again',
    });
  }
  if (asked.every(({ storageClass }) => storageClass === 'DEEP_ARCHIVE')) {
    const actual = 'all of them are in Deep Archive';
    return failed({
      expected: 'one of them in Flexible Retrieval',
      actual,
      hint: 'one of the three ways is not offered for Deep Archive',
    });
  }
  return passedExcept('which way back each request named: S3 does not tell afterwards');
}
