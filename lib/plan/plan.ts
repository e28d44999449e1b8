// Manifest × labs → Plan: sections with their labs, bullets with their exercises, order, cost, minutes, guards. Pure.

import type { Manifest, ManifestDay, ManifestSection } from '../core/manifest';
import type { Plan, PlannedExercise, PlannedSection } from '../core/plan';
import type { Target } from '../core/run';
import { stackName } from '../core/stack-name';
import type { Exercise, Lab } from '../kit';
import type { Labs } from '../registry/discover';
import { costsOf, usdPerHour } from './cost';
import { exerciseFor } from './match';
import { inOrder } from './order';

export interface PlanOptions {
  readonly labs: Labs;
  readonly target: Target;
  readonly region: string;
  /** Labs to keep; all when left out. */
  readonly only?: ReadonlySet<string>;
  /** Ids of guarded exercises that were asked for by name. */
  readonly allowed?: ReadonlySet<string>;
}

/** What `deploy` would do with this worklog. No AWS call, no network, nothing loaded but the labs' data. */
export function makePlan(manifest: Manifest, options: PlanOptions): Plan {
  const { labs, target, region, only, allowed = new Set<string>() } = options;
  const sections = manifest.days
    .flatMap((day) => day.sections.map((section) => planSection(section, day, labs)))
    .filter(({ lab }) => only === undefined || (lab !== null && only.has(lab)));
  const order = inOrder(new Set(sections.flatMap(({ lab }) => lab ?? [])), labs);
  const items = order.flatMap((id) => costsOf(id, labOf(id, labs), allowed));
  return {
    file: manifest.file,
    target,
    region,
    sections,
    labs: order,
    cost: { usdPerHour: usdPerHour(items), items },
    minutes: minutesOf(order, labs),
    warnings: sections.flatMap((section) => [...warningsOf(section)]),
  };
}

function planSection(section: ManifestSection, { day }: ManifestDay, labs: Labs): PlannedSection {
  const lab = section.lab === null ? undefined : labs.get(section.lab);
  if (section.lab === null || lab === undefined) {
    const unmatched = section.exercises.map(({ text, line }) => ({ text, line }));
    return { lab: null, service: section.service, day, stacks: [], exercises: [], extras: [], unmatched };
  }
  const bullets = section.exercises.map((bullet) => ({ bullet, exercise: exerciseFor(bullet.text, lab.exercises) }));
  return {
    lab: section.lab,
    service: section.service,
    day,
    stacks: lab.stacks.map(({ id }) => stackName(section.lab ?? '', id)),
    exercises: bullets.flatMap(({ bullet, exercise }) => (exercise ? [planned(exercise, bullet)] : [])),
    extras: lab.exercises.filter((exercise) => exercise.extra).map((exercise) => planned(exercise)),
    unmatched: bullets.flatMap(({ bullet: { text, line }, exercise }) => (exercise ? [] : [{ text, line }])),
  };
}

const planned = (
  { id, title, kind, guard, rows }: Exercise,
  bullet?: { readonly text: string; readonly line: number },
): PlannedExercise => ({
  id,
  title,
  kind,
  rows,
  text: bullet?.text ?? null,
  line: bullet?.line ?? null,
  guarded: guard ?? null,
});

/** Labs in one wave deploy side by side, so the wave takes as long as its slowest. Deletion goes the same way back. */
function minutesOf(order: readonly string[], labs: Labs): Plan['minutes'] {
  const chain = (of: (lab: Lab) => number): number => {
    const until = new Map<string, number>();
    for (const id of order) {
      const lab = labOf(id, labs);
      until.set(id, of(lab) + Math.max(0, ...(lab.needs ?? []).map((need) => until.get(need) ?? 0)));
    }
    return Math.max(0, ...until.values());
  };
  return { deploy: chain((lab) => lab.minutes.deploy), destroy: chain((lab) => lab.minutes.destroy) };
}

function* warningsOf({ lab, service, unmatched }: PlannedSection): Generator<string> {
  if (lab === null) yield `${service ?? 'a section without a service'}: no lab yet, nothing is deployed for it`;
  else for (const { text, line } of unmatched) yield `line ${line}: no exercise of ${lab} answers "${text}"`;
}

function labOf(id: string, labs: Labs): Lab {
  const lab = labs.get(id);
  if (lab === undefined) throw new Error(`a lab needs "${id}", and there is no such folder in labs/`);
  return lab;
}
