// What was practised in a row → sections, one per service or practice group.

import type { ManifestExercise, ManifestSection } from '../core/manifest';
import type { Group, Practised } from './practice';
import { carried } from './redact';
import { LIMITS } from './text';

/** What belongs to the lab of another service: a volume is attached to an instance. */
const PART_OF: Readonly<Record<string, string>> = { 'Amazon EBS': 'Amazon EC2' };

interface Draft {
  service: string | null;
  readonly group: Group | null;
  readonly exercises: ManifestExercise[];
}

/** Sections in order of first appearance. */
export function sectionsOf(practised: readonly Practised[], labs: ReadonlyMap<string, string>): ManifestSection[] {
  const drafts: Draft[] = [];
  for (const exercise of practised) {
    const { text, line, evidence, services } = exercise;
    draftFor(exercise, drafts).exercises.push({ text: carried(text, LIMITS.exercise), line, evidence, services });
  }
  return drafts.map(({ service, group, exercises }) => ({
    service,
    lab: service === null ? null : (labs.get(service) ?? null),
    ...(group?.heading == null ? {} : { heading: carried(group.heading, LIMITS.title) }),
    exercises,
  }));
}

/** A group whose heading names a service is a section of its own; other exercises go where their service is. */
function draftFor({ group, own, services }: Practised, drafts: Draft[]): Draft {
  if (group !== null && group.services.length > 0) {
    return (
      drafts.find((draft) => draft.group === group) ??
      opened({ service: group.services[0] ?? null, group, exercises: [] }, drafts)
    );
  }
  const service = own[0] ?? services[0] ?? null;
  const last = drafts.at(-1);
  if (
    last !== undefined &&
    last.group === group &&
    (service === null || last.service === null || PART_OF[service] === last.service)
  ) {
    last.service ??= service;
    return last;
  }
  const known = drafts.find((draft) => draft.group === group && draft.service === service);
  return known ?? opened({ service, group, exercises: [] }, drafts);
}

function opened(draft: Draft, drafts: Draft[]): Draft {
  drafts.push(draft);
  return draft;
}
