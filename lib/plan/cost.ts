// Labs → the bill: items with their sources, and US dollars per hour. Pure.

import type { CostUnit, PlannedCost } from '../core/plan';
import type { Lab } from '../kit';

/** Hours in AWS's billing month, as its price pages count them (https://aws.amazon.com/ec2/pricing/, 2026-11-22). */
const HOURS_A_MONTH = 730;

const HOURLY: Record<CostUnit, number> = {
  hour: 1,
  month: 1 / HOURS_A_MONTH,
  'gb-month': 1 / HOURS_A_MONTH,
  request: 0,
  once: 0,
};

/** What a lab costs by default; `allowed` lets in what only a guarded exercise makes. */
export function costsOf(id: string, lab: Lab, allowed: ReadonlySet<string>): PlannedCost[] {
  const guarded = new Set(lab.exercises.filter((exercise) => exercise.guard).map((exercise) => exercise.id));
  return lab.costs
    .filter(({ exercise }) => exercise === undefined || !guarded.has(exercise) || allowed.has(exercise))
    .map(({ what, usd, per, quantity, source, asOf }) => ({ lab: id, what, usd, per, quantity, source, asOf }));
}

/** US dollars per hour while the labs stand, to four decimals. One-off items and requests are outside it. */
export const usdPerHour = (items: readonly PlannedCost[]): number =>
  Number(items.reduce((sum, { usd, per, quantity }) => sum + usd * quantity * HOURLY[per], 0).toFixed(4));
