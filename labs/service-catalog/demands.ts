// What is asked of a catalogue, in the order in which a learner would see to it. Pure.

import type { Demand } from '../../lib/kit';
import { COST_CENTRES, END_USER_POLICY } from './facts';
import type { Constraint, Portfolio, Product } from './observe/portfolios';
import type { Access, Launching } from './observe/roles';

export const NO_PORTFOLIO = {
  expected: 'a portfolio of this run',
  actual: 'none has a name that begins with the run’s',
  hint: 'a portfolio has a name and a provider: create-portfolio',
};

const active = ({ versions }: Product): Product['versions'] => versions.filter((version) => version.active);
const list = (words: readonly string[]): string => (words.length === 0 ? 'nothing' : words.join(', '));

const withProduct: Demand<Portfolio> = {
  expected: 'a product in the portfolio',
  met: ({ products }) => products.length > 0,
  actual: ({ name }) => `${name} is empty`,
  hint: 'a product that was made is in no portfolio yet: associate-product-with-portfolio',
};

export const PORTFOLIOS: readonly Demand<Portfolio>[] = [
  withProduct,
  {
    expected: 'a product that can be launched: one with an active version',
    met: ({ products }) => products.some((product) => active(product).length > 0),
    actual: ({ products }) => `${list(products.map(({ name }) => name))}: no version is active`,
    hint: 'a version that is not active is shown to nobody: update-provisioning-artifact --active',
  },
];

// ------------------------------------------------------------------ versions and template constraints

const versioned = ({ products }: Portfolio): readonly Product[] =>
  products.filter(({ versions }) => versions.length > 1);

const constraintsOf = ({ constraints }: Portfolio, type: string): readonly Constraint[] =>
  constraints.filter((constraint) => constraint.type === type);

const typesOf = ({ constraints }: Portfolio): string => list([...new Set(constraints.map(({ type }) => type))]);

export const VERSIONED: readonly Demand<Portfolio>[] = [
  withProduct,
  {
    expected: 'a product of two versions',
    met: (portfolio) => versioned(portfolio).length > 0,
    actual: ({ products }) => products.map(({ name, versions }) => `${name} has ${versions.length}`).join(', '),
    hint: 'a version is a provisioning artifact: create-provisioning-artifact; a second product is no second version',
  },
  {
    expected: 'versions that can be told apart by name',
    met: (portfolio) =>
      versioned(portfolio).some(({ versions }) => new Set(versions.map(({ name }) => name)).size === versions.length),
    actual: (portfolio) =>
      list(versioned(portfolio).flatMap(({ versions }) => versions.map(({ name }) => `"${name}"`))),
    hint: 'whoever launches chooses by the name',
  },
  {
    expected: 'a template constraint on that product',
    met: (portfolio) => templateConstraints(portfolio).length > 0,
    actual: (portfolio) => `${portfolio.name} has constraints of these types on it: ${typesOf(portfolio)}`,
    hint: 'a TEMPLATE constraint binds the parameters; LAUNCH says by which role, which is another thing',
  },
  {
    expected: 'a rule that asserts something about a parameter',
    met: (portfolio) =>
      templateConstraints(portfolio).some(({ parameters }) => /"Ref":/.test(JSON.stringify(parameters))),
    actual: (portfolio) => list(templateConstraints(portfolio).map(({ parameters }) => JSON.stringify(parameters))),
    hint: 'an assertion that refers to no parameter of the template is always true or always false',
  },
];

function templateConstraints(portfolio: Portfolio): readonly Constraint[] {
  const ids = versioned(portfolio).map(({ id }) => id);
  return constraintsOf(portfolio, 'TEMPLATE').filter(({ product }) => ids.includes(product));
}

// ------------------------------------------------------------------ access

const isEndUser = ({ attached }: { readonly attached: readonly string[] }): boolean =>
  attached.includes(END_USER_POLICY);
const ADMIN = /^(AWSServiceCatalogAdminFullAccess|AdministratorAccess)$/;

export const ACCESS: readonly Demand<Access>[] = [
  {
    expected: 'somebody who is let into the portfolio',
    met: ({ portfolio }) => portfolio.principals.length > 0,
    actual: ({ portfolio }) => `${portfolio.name} lets nobody in`,
    hint: 'rights in IAM show no portfolio: associate-principal-with-portfolio as well',
  },
  {
    expected: 'no pattern that lets everybody in',
    met: ({ portfolio }) => portfolio.principals.every(({ arn }) => !/(:|\/)\*(\/\*)?$/.test(arn)),
    actual: ({ portfolio }) => list(portfolio.principals.map(({ arn }) => arn)),
    hint: 'a pattern as wide as this one lets in every role of each account that the portfolio is shared with',
  },
  {
    expected: 'a user, group or role of this run among them, which is there',
    met: ({ entities }) => entities.some(({ ours, there }) => there && ours),
    actual: ({ entities }) => list(entities.map(({ arn, there }) => (there ? arn : `${arn} (deleted)`))),
    hint: 'the association of a role that was deleted stays, and lets nobody in',
  },
  {
    expected: `${END_USER_POLICY} attached to it`,
    met: ({ entities }) => entities.some((one) => one.there && one.ours && isEndUser(one)),
    actual: ({ entities }) => entities.map(({ arn, attached }) => `${arn}: ${list(attached)}`).join('; '),
    hint: 'being let into a portfolio shows it; launching needs rights in IAM too',
  },
  {
    expected: 'end users who are no administrators of the catalogue',
    met: ({ entities }) =>
      entities.some((one) => one.ours && isEndUser(one) && !one.attached.some((name) => ADMIN.test(name))),
    actual: ({ entities }) => entities.map(({ arn, attached }) => `${arn}: ${list(attached)}`).join('; '),
    hint: 'who launches needs no right to change what is launched',
  },
];

// ------------------------------------------------------------------ TagOptions

const choices = ({ tagOptions }: Portfolio): readonly string[] => {
  const keys = tagOptions.filter((option) => option.active).map(({ key }) => key);
  return keys.filter((key, index) => keys.indexOf(key) !== index);
};

export const TAGGED: readonly Demand<Portfolio>[] = [
  withProduct,
  {
    expected: 'TagOptions on the portfolio',
    met: ({ tagOptions }) => tagOptions.length > 0,
    actual: ({ name }) => `${name} has none`,
    hint: 'a TagOption is of no use alone: associate-tag-option-with-resource; a tag of the portfolio is no TagOption',
  },
  {
    expected: `a choice: two active values of one key, as ${COST_CENTRES.join(' and ')}`,
    met: (portfolio) => choices(portfolio).length > 0,
    actual: ({ tagOptions }) =>
      list(tagOptions.map(({ key, value, active: on }) => `${key}=${value}${on ? '' : ' (inactive)'}`)),
    hint: 'each value is a TagOption of its own, with the same key',
  },
  {
    expected: 'a constraint that allows tags to be changed on what was launched',
    met: (portfolio) => constraintsOf(portfolio, 'RESOURCE_UPDATE').some(({ parameters }) => allowsTags(parameters)),
    actual: (portfolio) =>
      constraintsOf(portfolio, 'RESOURCE_UPDATE').length > 0
        ? 'the tag update constraint says NOT_ALLOWED'
        : `constraints: ${typesOf(portfolio)}`,
    hint: 'RESOURCE_UPDATE with TagUpdateOnProvisionedProduct ALLOWED; without it tags stay as they were launched',
  },
];

const allowsTags = (parameters: Constraint['parameters']): boolean =>
  JSON.stringify(parameters).includes('"TagUpdateOnProvisionedProduct":"ALLOWED"');

// ------------------------------------------------------------------ launch constraints

export const LAUNCH_ROLES: readonly Demand<Launching>[] = [
  {
    expected: 'a launch constraint',
    met: ({ role }) => role !== undefined,
    actual: ({ portfolio }) => `constraints: ${typesOf(portfolio)}`,
    hint: 'without one a product is launched by the rights of whoever launches, who then needs them all',
  },
  {
    expected: 'a launch role that is there',
    met: ({ role }) => role?.there ?? false,
    actual: ({ role }) => `${role?.arn} does not exist`,
    hint: 'a constraint takes any ARN; whether there is such a role shows at the first launch',
  },
  {
    expected: 'a role that Service Catalog may be',
    met: ({ role }) => role?.trusts === true,
    actual: ({ role }) => `${role?.arn} does not trust servicecatalog.amazonaws.com`,
    hint: 'the trust policy names the service as the principal; an end user never assumes the role',
  },
  {
    expected: 'a role without administrator’s rights',
    met: ({ role }) =>
      role !== undefined && !role.attached.includes('AdministratorAccess') && !role.actions.includes('*'),
    actual: ({ role }) => `${role?.arn} may do everything`,
    hint: 'whoever may launch may do through the product what its role may',
  },
  {
    expected: 'a role that may make stacks',
    met: ({ role }) => role !== undefined && (role.attached.length > 0 || role.actions.some(makesStacks)),
    actual: ({ role }) => `its policies allow ${list(role?.actions ?? [])}`,
    hint: 'cloudformation:CreateStack on stacks whose names begin with SC-, and what the template makes',
  },
];

const makesStacks = (action: string): boolean => /^cloudformation:(\*|Create\*|CreateStack)$/i.test(action);

// ------------------------------------------------------------------ beyond

export const NOTIFIED: readonly Demand<Portfolio>[] = [
  withProduct,
  {
    expected: 'a notification constraint',
    met: (portfolio) => constraintsOf(portfolio, 'NOTIFICATION').length > 0,
    actual: (portfolio) => `constraints: ${typesOf(portfolio)}`,
    hint: 'a NOTIFICATION constraint hands the topic to CloudFormation with each launch',
  },
  {
    expected: 'an SNS topic to be told',
    met: (portfolio) =>
      constraintsOf(portfolio, 'NOTIFICATION').some(({ parameters }) => /:sns:/.test(JSON.stringify(parameters))),
    actual: (portfolio) =>
      list(constraintsOf(portfolio, 'NOTIFICATION').map(({ parameters }) => JSON.stringify(parameters))),
    hint: 'NotificationArns are ARNs of topics, not of subscriptions',
  },
];

export const RETIRED: readonly Demand<Portfolio>[] = [
  ...VERSIONED.slice(0, 2),
  {
    expected: 'an older version that is deprecated',
    met: (portfolio) =>
      versioned(portfolio).some(({ versions }) => versions.slice(0, -1).some((one) => one.deprecated)),
    actual: (portfolio) =>
      versioned(portfolio)
        .flatMap(({ versions }) =>
          versions.map(
            (one) => `${one.name}: ${one.active ? '' : 'inactive, '}${one.deprecated ? 'deprecated' : 'default'}`,
          ),
        )
        .join('; '),
    hint: 'the guidance DEPRECATED keeps what runs and warns who launches; inactive hides the version, deleting it leaves products without one',
  },
  {
    expected: 'a newest version that is neither deprecated nor inactive',
    met: (portfolio) =>
      versioned(portfolio).some(({ versions }) => versions.at(-1)?.active === true && !versions.at(-1)?.deprecated),
    actual: (portfolio) =>
      `of ${list(versioned(portfolio).map(({ name }) => name))} the newest version is out of use as well`,
    hint: 'it is the old one that goes',
  },
];

export const SHARED: readonly Demand<Portfolio>[] = [
  {
    expected: 'a portfolio that is shared',
    met: ({ shares }) => shares.length > 0,
    actual: ({ name }) => `${name} is shared with nobody`,
    hint: 'create-portfolio-share with an account, or with a unit of the organization; the other side imports it',
  },
];
