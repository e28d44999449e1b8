// The tests that every lab gets for free. Call it once at the top of labs/<id>/<id>.test.ts.

import { Template } from 'aws-cdk-lib/assertions';
import type { Form } from '../../lib/core/run';
import { collect, type Lab, type Sweeper } from '../../lib/kit';
import { policiesFor } from '../../lib/plan/permissions';
import { deniedAws, emptyAws, SCOPE } from './fake-aws';
import { type Synthesized, synthesizeLab, type TemplateJson, type TemplateResource } from './lab-templates';

const FORMS: readonly Form[] = ['full', 'starter'];
const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const KIND = /^[a-z0-9-]+:[a-z0-9-]+$/;
const NOT_PHYSICAL = new Set([
  'MetricName',
  'ServiceName',
  'DeviceName',
  'PolicyName',
  'HostName',
  'DomainName',
  'EngineName',
]);

interface Specialities {
  /** Kinds whose service is documented to leave an empty list out of its answer. */
  readonly absentMeansEmpty?: readonly string[];
}

/** Returns the lab's templates by form, for the assertions on what it promises; the stack's name where it has several. */
export function describeLab(
  id: string,
  lab: Lab,
  { absentMeansEmpty = [] }: Specialities = {},
): (form: Form, stack?: string) => Promise<Template> {
  const made = new Map<Form, Promise<Synthesized>>();
  const synthesized = (form: Form): Promise<Synthesized> => {
    const one = made.get(form) ?? synthesizeLab(id, lab, form);
    made.set(form, one);
    return one;
  };

  describe(`${id}, as every lab`, () => {
    if (lab.stacks.length > 0) {
      describe.each(FORMS)('in its %s form', (form) => describeForm(form, () => synthesized(form)));
      describeStacks(id, lab, synthesized);
    }
    describeExercises(lab, synthesized);
    describeSweepers(lab, absentMeansEmpty);
    describeCosts(lab);
    describePermissions(lab);
    describeSettings(lab);
  });

  return async (form, stack = id) => Template.fromJSON({ ...(await synthesized(form)).templates[stack] });
}

function describeForm(form: Form, synthesized: () => Promise<Synthesized>): void {
  const all = async () =>
    Object.values((await synthesized()).templates).flatMap((one) => Object.entries(one.Resources));

  test('its templates are the ones that were reviewed', async () => {
    for (const [name, template] of Object.entries((await synthesized()).templates)) {
      expect(template).toMatchSnapshot(`${name}, ${form}`);
    }
  });

  test('retains nothing and snapshots nothing', async () => {
    const kept = (await all()).filter(
      ([, { DeletionPolicy, UpdateReplacePolicy }]) => DeletionPolicy !== 'Delete' || UpdateReplacePolicy !== 'Delete',
    );
    expect(kept.map(([logicalId]) => logicalId)).toEqual([]);
  });

  test('brings no Lambda function, no custom resource, no asset, and wants no bootstrap', async () => {
    const types = (await all()).map(([, { Type }]) => Type);
    const { artifacts, templates } = await synthesized();
    const parameters = Object.values(templates).flatMap(({ Parameters = {} }) => Object.keys(Parameters));
    expect(
      types.filter((type) => /^(AWS::Lambda::|Custom::|AWS::CDK::|AWS::CloudFormation::CustomResource)/.test(type)),
    ).toEqual([]);
    expect(artifacts).not.toContain('cdk:asset-manifest');
    expect(parameters).not.toContain('BootstrapVersion');
  });

  test('every name that it gives carries the run', async () => {
    const strangers = (await all()).flatMap(([logicalId, resource]) =>
      namesOf(resource)
        .filter(([, name]) => !carriesRun(name) && !isAmazons(name))
        .map(([property, name]) => `${logicalId}.${property}: ${name}`),
    );
    expect(strangers).toEqual([]);
  });

  test('can be deployed by hand: every parameter has a default', async () => {
    const parameters = Object.values((await synthesized()).templates).flatMap(({ Parameters = {} }) =>
      Object.entries(Parameters),
    );
    expect(parameters.filter(([, { Default }]) => Default === undefined).map(([name]) => name)).toEqual([]);
  });
}

const namesOf = ({ Properties = {} }: TemplateResource): [string, string][] =>
  Object.entries(Properties).filter(
    (entry): entry is [string, string] =>
      /(^|[a-z])Name$/.test(entry[0]) && !NOT_PHYSICAL.has(entry[0]) && typeof entry[1] === 'string',
  );

/** Nobody else may begin a name so: a document of Systems Manager that an association names, for one. */
const isAmazons = (name: string): boolean => name.startsWith('AWS-');

/** KMS wants "alias/" in front, some services take underscores only, and a DNS name has the name of its zone at its end. */
const carriesRun = (name: string): boolean =>
  [name.replace(/^alias\//, '').replaceAll('_', '-'), ...name.split('.')].some((part) =>
    part.startsWith(SCOPE.prefix),
  ) || name.startsWith(`/${SCOPE.prefix}/`);

function describeStacks(id: string, lab: Lab, synthesized: (form: Form) => Promise<Synthesized>): void {
  test('asks the account nothing while it is synthesized', async () => {
    const { missing } = await synthesizeLab(id, lab, 'full', { account: '111111111111' });
    expect(missing).toEqual([]);
  });

  test('the templates of two runs differ in the id of the run alone', async () => {
    const other = await synthesizeLab(id, lab, 'full', { run: 'zzzzz9' });
    const renamed = JSON.stringify((await synthesized('full')).templates).replaceAll('abc123', 'zzzzz9');
    expect(JSON.parse(renamed)).toEqual(other.templates);
  });

  test('the starter form is a part of the full form', async () => {
    const [full, starter] = await Promise.all([synthesized('full'), synthesized('starter')]);
    for (const [name, { Resources }] of Object.entries(starter.templates)) {
      expect(full.templates[name]?.Resources).toMatchObject(Resources);
    }
  });

  test('the values that worklab gives are parameters of a stack', async () => {
    const given = await lab.parameters?.({
      aws: async () => emptyAws(),
      callerCidr: async () => '192.0.2.1/32',
      sshKey: async () => ({ publicKey: 'ssh-ed25519 AAAA', privateKeyFile: 'key' }),
    });
    const declared = Object.values((await synthesized('full')).templates).flatMap(parametersOf);
    expect(declared).toEqual(expect.arrayContaining(Object.keys(given ?? {})));
  });
}

const parametersOf = ({ Parameters = {} }: TemplateJson): string[] => Object.keys(Parameters);

function describeExercises({ exercises }: Lab, synthesized: (form: Form) => Promise<Synthesized>): void {
  test('its exercises have ids, rows, titles and tasks', () => {
    const ids = exercises.map((exercise) => exercise.id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { id, rows, title, task } of exercises) {
      expect(id).toMatch(KEBAB);
      expect(rows.length).toBeGreaterThan(0);
      expect(title).not.toBe('');
      expect(task).not.toBe('');
    }
  });

  test('no two of its exercises answer to one phrase', () => {
    const phrases = exercises.flatMap(({ asks }) =>
      asks.map((phrase) => phrase.toLowerCase().split(' ').sort().join(' ')),
    );
    expect(phrases.filter((phrase, index) => phrases.indexOf(phrase) !== index)).toEqual([]);
  });

  test('what is not a concept can be graded', () => {
    for (const { id, kind, observe, check } of exercises) {
      const gradable = observe !== undefined && check !== undefined;
      expect({ id, gradable }).toEqual({ id, gradable: kind !== 'concept' });
    }
  });

  test('its exercises rest on types of its own stacks', async () => {
    const templates = Object.values((await synthesized('full')).templates);
    const types = new Set(templates.flatMap(({ Resources }) => Object.values(Resources).map(({ Type }) => Type)));
    const strangers = exercises.flatMap(({ id, restsOn = [] }) =>
      restsOn.filter((type) => !types.has(type)).map((type) => `${id}: ${type}`),
    );
    expect(strangers).toEqual([]);
  });
}

function describeSweepers(lab: Lab, absentMeansEmpty: readonly string[]): void {
  const eachSweeper = async (visit: (sweeper: Sweeper) => Promise<void>): Promise<void> => {
    for (const sweeper of await lab.sweepers()) await visit(sweeper);
  };

  test('its sweepers are named as in ARNs, each once', async () => {
    const kinds = (await lab.sweepers()).map(({ kind }) => kind);
    expect(kinds.filter((kind) => !KIND.test(kind))).toEqual([]);
    expect(new Set(kinds).size).toBe(kinds.length);
  });

  test('a listing that is denied is an error, not an empty list', () =>
    eachSweeper(async ({ kind, list }) => {
      const outcome = await collect(list(deniedAws(), SCOPE)).catch((error: Error) => error.name);
      expect({ kind, outcome }).toEqual({ kind, outcome: 'AccessDenied' });
    }));

  test('an answer without its list is an error, not an empty list', () =>
    eachSweeper(async ({ kind, list }) => {
      if (absentMeansEmpty.includes(kind)) return;
      const outcome = await collect(list(emptyAws(), SCOPE)).catch((error: Error) => error.constructor.name);
      expect({ kind, outcome }).toEqual({ kind, outcome: 'MissingList' });
    }));
}

function describeCosts({ costs, exercises }: Lab): void {
  test('every price names its source and the day it was read', () => {
    for (const { source, asOf, usd, quantity } of costs) {
      expect(source).toMatch(/^https:\/\/aws\.amazon\.com\//);
      expect(asOf).toMatch(/^\d{4}-\d{2}-\d{2}$/);
      expect(usd * quantity).toBeGreaterThan(0);
    }
  });

  test('a price that an exercise brings names an exercise of the lab', () => {
    const ids = exercises.map(({ id }) => id);
    expect(costs.flatMap(({ exercise }) => exercise ?? []).filter((exercise) => !ids.includes(exercise))).toEqual([]);
  });
}

const ACTION = /^[a-z0-9-]+:[A-Z][A-Za-z0-9]+\*?$/;
/** An ARN with a region and an account of any, or the star where the service knows no narrower one. */
const RESOURCE = /^(\*|arn:aws:[a-z0-9-]+:[a-z0-9*-]*:[a-z0-9*]*:.+)$/;

function describePermissions({ permissions = [] }: Lab): void {
  test('it says what it has to be allowed, action by action', () => {
    const wrong = permissions.flatMap(({ actions, resources }) => [
      ...actions.filter((action) => !ACTION.test(action)),
      ...resources.filter((resource) => !RESOURCE.test(resource)),
    ]);
    expect(wrong).toEqual([]);
    expect(permissions.flatMap(({ actions }) => actions).length).toBeGreaterThan(0);
  });

  test('its policies are within what IAM takes', () => {
    const lengths = policiesFor([{ permissions }]).map((policy) => JSON.stringify(policy).length);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(6144);
  });
}

function describeSettings({ settings }: Lab): void {
  test('a setting that may not be read is an error', async () => {
    for (const { kind, read } of (await settings?.()) ?? []) {
      const outcome = await read(deniedAws()).catch((error: Error) => error.name);
      expect({ kind, outcome }).toEqual({ kind, outcome: 'AccessDenied' });
    }
  });
}
