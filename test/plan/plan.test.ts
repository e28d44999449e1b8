import type { Manifest } from '../../lib/core/manifest';
import { concept, defineLab, exercise, type Lab, passed } from '../../lib/kit';
import { exerciseFor } from '../../lib/plan/match';
import { inOrder, needsOf } from '../../lib/plan/order';
import { makePlan } from '../../lib/plan/plan';

const doing = (id: string, asks: string[], more: Partial<Lab['exercises'][number]> = {}) => ({
  ...exercise({ id, rows: [], title: id, kind: 'action', asks, task: '', observe: async () => 1, check: () => passed }),
  ...more,
});
const reading = concept({ id: 'read', rows: [], title: 'read', asks: ['understand engine'], task: '' });

const lab = (more: Partial<Lab> = {}): Lab =>
  defineLab({
    title: 'Sample',
    minutes: { deploy: 2, destroy: 3 },
    stacks: [{ load: async () => Promise.reject(new Error('a plan must not load stacks')) }],
    exercises: [],
    sweepers: async () => [],
    costs: [],
    ...more,
  });
const price = {
  what: 'thing',
  usd: 0.01,
  per: 'hour',
  quantity: 2,
  source: 'https://aws.amazon.com/',
  asOf: '2026-11-22',
} as const;

const labs = new Map([
  ['ground', lab({ title: 'Ground', minutes: { deploy: 5, destroy: 1 } })],
  [
    'house',
    lab({
      title: 'House',
      needs: ['ground'],
      exercises: [
        reading,
        doing('raise-walls', ['wall', 'raise the wall']),
        doing('dig-well', ['well'], { guard: { by: 'cost', because: 'a well costs' } }),
        doing('plant', ['plant'], { extra: true }),
      ],
      costs: [
        price,
        { ...price, what: 'well', usd: 1, quantity: 1, exercise: 'dig-well' },
        { ...price, what: 'disk', usd: 7.3, per: 'gb-month', quantity: 1 },
      ],
    }),
  ],
]);

const manifest = (sections: Manifest['days'][number]['sections']): Manifest => ({
  file: 'week.md',
  title: null,
  week: 4,
  language: 'en',
  days: [{ day: '2', line: 9, start: null, end: null, services: [], sections, labIds: [], references: [] }],
  diagnostics: [],
});
const bullets = (...texts: string[]) =>
  texts.map((text, index) => ({ text, line: 10 + index, evidence: 'marker' as const }));
const plan = (texts: string[], more = {}) =>
  makePlan(manifest([{ service: 'House', lab: 'house', exercises: bullets(...texts) }]), {
    labs,
    target: 'aws',
    region: 'us-east-1',
    ...more,
  });

test('bullets find their exercises, and one that finds none is said with its line', () => {
  const [section] = plan(['Understand the engines', 'Raise two walls', 'Paint the roof']).sections;

  expect(section?.exercises.map(({ id, line }) => [id, line])).toEqual([
    ['read', 10],
    ['raise-walls', 11],
  ]);
  expect(section?.unmatched).toEqual([{ text: 'Paint the roof', line: 12 }]);
});

test('a lab comes after what it needs, and takes the time of the chain', () => {
  const { labs: order, minutes } = plan(['Raise walls']);

  expect(order).toEqual(['ground', 'house']);
  expect(minutes).toEqual({ deploy: 7, destroy: 4 });
});

test('what only a guarded exercise costs is counted when it is let in', () => {
  expect(plan(['wall']).cost.usdPerHour).toBe(0.03);
  expect(plan(['wall'], { allowed: new Set(['dig-well']) }).cost.usdPerHour).toBe(1.03);
});

test('a guard is named with its reason, and extras stand apart', () => {
  const [section] = plan(['Dig a well']).sections;

  expect(section?.exercises).toMatchObject([{ id: 'dig-well', guarded: { by: 'cost', because: 'a well costs' } }]);
  expect(section?.extras.map(({ id }) => id)).toEqual(['plant']);
});

test('a section without a lab is listed with all its bullets, and warned of', () => {
  const none = makePlan(manifest([{ service: 'AWS Snow', lab: null, exercises: bullets('Order a device') }]), {
    labs,
    target: 'local',
    region: 'us-east-1',
  });

  expect(none.sections).toMatchObject([
    { lab: null, service: 'AWS Snow', unmatched: [{ text: 'Order a device', line: 10 }] },
  ]);
  expect(none.warnings).toEqual(['AWS Snow: no lab yet, nothing is deployed for it']);
  expect(none.labs).toEqual([]);
});

test('--only keeps its labs and what they need', () => {
  expect(plan(['wall'], { only: new Set(['ground']) }).sections).toEqual([]);
  expect(plan(['wall'], { only: new Set(['house']) }).labs).toEqual(['ground', 'house']);
});

test('the phrase with the most words wins, plural or singular, in either language', () => {
  const one = doing('one', ['volume', 'gắn ổ đĩa']);
  const two = doing('two', ['encrypt volume']);

  expect(exerciseFor('Create volumes', [one, two])?.id).toBe('one');
  expect(exerciseFor('Volumes: encrypt them', [one, two])?.id).toBe('two');
  expect(exerciseFor('Gắn ổ đĩa EBS'.normalize('NFD'), [one, two])?.id).toBe('one');
  expect(exerciseFor('Nothing of the kind', [one, two])).toBeUndefined();
});

test('labs that need each other in a circle are a bug that names them', () => {
  const circle = new Map([
    ['a', lab({ needs: ['b'] })],
    ['b', lab({ needs: ['a'] })],
  ]);

  expect(() => inOrder(['a'], circle)).toThrow('a → b');
  expect(needsOf('house', labs)).toEqual(['ground']);
});
