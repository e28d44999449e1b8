// What the exercises beyond the programme ask of report plans, and of plans for continuous backups. Pure.

import type { Demand } from '../../lib/kit';
import { BACKS_UP_BUCKETS, LONGEST_CONTINUOUS } from './facts';
import type { Continuity, ReportPlan } from './observe/extras';
import type { Plan } from './observe/plans';

export const REPORTED: readonly Demand<ReportPlan>[] = [
  {
    expected: 'a report on backup jobs',
    met: ({ template }) => template === 'BACKUP_JOB_REPORT',
    actual: ({ name, template }) => `${name} reports on ${template}`,
    hint: 'the template of a report plan says what is reported; those on compliance need a framework and AWS Config',
  },
  {
    expected: 'a report as CSV',
    met: ({ formats }) => formats.includes('CSV'),
    actual: ({ name, formats }) => `${name} is delivered as ${formats.join(', ')}`,
    hint: 'the delivery channel has a list of formats',
  },
];

export const keptContinuously = (buckets: Continuity['buckets']): readonly Demand<Plan>[] => {
  const versioned = new Set(buckets.filter((bucket) => bucket.versioned).map(({ arn }) => arn));
  const protects = ({ selections }: Plan): Plan['selections'][number] | undefined =>
    selections.find(({ resources }) => resources.some((arn) => versioned.has(arn)));
  return [
    {
      expected: `a rule for continuous backups, kept from 1 to ${LONGEST_CONTINUOUS} days`,
      met: ({ rules }) =>
        rules.some(
          (rule) => rule.continuous && (rule.keptDays ?? 0) >= 1 && (rule.keptDays ?? 0) <= LONGEST_CONTINUOUS,
        ),
      actual: ({ name }) => `no rule of ${name} is continuous`,
      hint: 'a rule that is continuous can bring a bucket or a database back as it was at a given second',
    },
    {
      expected: 'a selection of a versioned bucket of this run',
      met: (plan) => protects(plan) !== undefined,
      actual: ({ name }) =>
        `${name} selects none (${buckets.length} buckets of the run, ${versioned.size} with versioning)`,
      hint: 'S3 is backed up only where it keeps versions; name the bucket by its ARN',
    },
    {
      expected: 'a role that may back up buckets',
      met: (plan) => {
        const role = protects(plan)?.role;
        return (
          role?.trusted === true &&
          role.policies.some((policy) => policy.endsWith(BACKS_UP_BUCKETS) || !policy.startsWith('arn:aws:iam::aws:'))
        );
      },
      actual: (plan) => `${protects(plan)?.role.name} may not`,
      hint: "S3's backups have policies of their own",
    },
  ];
};
