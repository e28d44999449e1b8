// What the verdict tests stand on: an organization as it is seen, a policy as it is seen, and what a check says.

import type { Verdict } from '../../lib/kit';
import { exercises } from './exercises';
import type { Organization } from './observe/organization';
import type { Attached } from './observe/policies';

export const verdictOn = (id: string, seen: unknown): Verdict => {
  const check = exercises.find((one) => one.id === id)?.check;
  if (check === undefined) throw new Error(`no check of ${id}`);
  return check(seen as never);
};
export const told = (verdict: Verdict): string =>
  verdict.status === 'failed' ? `${verdict.actual} | ${verdict.hint}` : verdict.status;

export const ROOT = { id: 'r-abcd', types: ['SERVICE_CONTROL_POLICY', 'TAG_POLICY', 'BACKUP_POLICY'] };
export const workloads = { id: 'ou-abcd-11111111', name: 'worklab-abc123-workloads', parent: ROOT.id, ours: true };
export const prod = { id: 'ou-abcd-22222222', name: 'prod', parent: workloads.id, ours: true };
export const dev = { id: 'ou-abcd-33333333', name: 'dev', parent: workloads.id, ours: true };
export const organization = (changes: Partial<Organization> = {}): Organization => ({
  standing: 'management',
  id: 'o-abcdefghij',
  features: 'ALL',
  target: 'local',
  region: 'us-east-1',
  root: ROOT,
  units: [workloads, prod, dev],
  ...changes,
});

export const attached = (name: string, policy: unknown, targets: readonly string[] = [workloads.id]): Attached => ({
  id: `p-${name}`,
  name: `worklab-abc123-${name}`,
  content: typeof policy === 'string' ? policy : JSON.stringify(policy),
  ours: true,
  targets,
});
