// The receipt: what it tells, and what it notices later.

import { chainOf, followChain, linked } from '../../lib/core/chain';
import type { JournalLine, RunState } from '../../lib/core/journal';
import { agreement, makeReceipt, type Outcome, soughtBy } from '../../lib/report/receipt';
import { receiptPage } from '../../lib/report/receipt-page';

const AT = '2026-11-22T10:00:00.000Z';
const STATE = {
  begun: {
    event: 'begun',
    run: 'abcde2',
    file: 'week <4>.md',
    target: 'local',
    account: '123456789012',
    region: 'us-east-1',
    form: 'full',
    expires: AT,
    plan: { labs: ['network', 'ec2'] },
    allowed: [],
  },
  since: AT,
  status: 'proven',
  expires: AT,
  stacks: [
    {
      name: 'worklab-abcde2-copy',
      lab: 'backup',
      region: 'us-west-2',
      status: 'CREATE_COMPLETE',
      resources: 1,
      notEmulated: [],
    },
  ],
  owned: new Set(['vol-2', 'vol-1']),
  settings: [{ kind: 'iam:account-password-policy', region: 'us-east-1', was: null }],
  lastEvent: 'proved',
} as unknown as RunState;
const OUTCOME: Outcome = {
  proofs: [
    { kind: 'ec2:volume', region: 'us-east-1', status: 'clean', lookedAt: AT, calls: { 'ec2:DescribeVolumes': 2 } },
    {
      kind: 'ec2:image',
      region: 'us-east-1',
      status: 'unknown',
      reason: 'AccessDenied',
      calls: { 'ec2:DescribeImages': 1 },
    },
  ],
  left: [{ kind: 'ec2:volume', id: 'vol-9', why: 'nobody can tell whose it is' }],
  refused: [],
  settings: [{ kind: 'iam:account-password-policy', region: 'us-east-1', was: null, is: null }],
  proven: false,
};
const LINES: JournalLine[] = [
  { at: AT, event: 'destroying' },
  { at: AT, event: 'removed', residue: { kind: 'ec2:volume', id: 'vol-1' }, region: 'us-east-1' },
];
const chained: string[] = [];
for (const line of LINES) chained.push(linked(JSON.stringify(line), chainOf(chained.at(-1) ?? '')));
const receipt = makeReceipt(STATE, OUTCOME, { lines: LINES, chain: followChain(chained), now: new Date(AT) });

test('tells where, what was removed, what was asked how often, and the last hash of the journal', () => {
  expect(receipt).toMatchObject({
    labs: ['network', 'ec2', 'backup'],
    regions: ['us-east-1', 'us-west-2'],
    removed: [{ kind: 'ec2:volume', id: 'vol-1', region: 'us-east-1', at: AT }],
    calls: { 'ec2:DescribeVolumes': 2, 'ec2:DescribeImages': 1 },
    owned: ['vol-1', 'vol-2'],
    journal: { lines: 2, hash: chainOf(chained[1] ?? ''), intact: true },
  });
  expect(JSON.parse(JSON.stringify(receipt))).toEqual(receipt);
});

test('is enough to look again', () => {
  expect(soughtBy(receipt)).toMatchObject({
    where: { run: 'abcde2', region: 'us-east-1' },
    regions: ['us-east-1', 'us-west-2'],
    owned: new Set(['vol-1', 'vol-2']),
    since: AT,
    settings: STATE.settings,
  });
});

test('notices a journal that was edited, and takes lines that came later for no edit', () => {
  const later = [...chained, linked('{"event":"proved"}', chainOf(chained[1] ?? ''))];
  const edited = chained.with(0, (chained[0] ?? '').replace('destroying', 'begun'));

  expect(agreement(receipt, followChain(later))).toBe('agrees');
  expect(agreement(receipt, followChain(edited))).toBe('differs');
  expect(agreement(receipt, followChain(chained.slice(0, 1)))).toBe('differs');
  expect(agreement(receipt, followChain([]))).toBe('missing');
});

test('the page says what is not proven, escapes what the worklog says, and loads nothing', () => {
  const page = receiptPage(receipt);

  expect(page).toContain('NOT proven clean');
  expect(page).toContain('week &lt;4&gt;.md');
  expect(page).toContain('AccessDenied');
  expect(page).toContain('ec2:DescribeVolumes ×2');
  expect(page).toContain('nobody can tell whose it is');
  expect(page).not.toMatch(/src=|href=|<script|@import|url\(/);
});
