// The manifest of a landing zone (version 4.0): one that is in order, and what is wrong with one that is not. Offline; pure.
// <https://docs.aws.amazon.com/controltower/latest/userguide/lz-api-launch.html>, read 2026-11-22.

export const LANDING_ZONE_VERSION = '4.0';

/** What is known of the place where the landing zone would stand. */
export interface Place {
  /** The region it is launched from, fixed for good. */
  readonly region: string;
  /** The management account. */
  readonly account: string;
}

interface Accounts {
  readonly logArchive: string;
  readonly audit: string;
}

/** Days that the logs, and the logs of who read them, are kept. */
const RETENTION = { loggingBucket: { retentionDays: 365 }, accessLoggingBucket: { retentionDays: 365 } };

export const manifestFor = (regions: readonly string[], { logArchive, audit }: Accounts) => ({
  governedRegions: regions,
  centralizedLogging: { accountId: logArchive, enabled: true, configurations: RETENTION },
  config: { accountId: audit, enabled: true, configurations: RETENTION },
  securityRoles: { accountId: audit, enabled: true },
  accessManagement: { enabled: true },
  backup: { enabled: false },
});

type Tree = Readonly<Record<string, unknown>>;
const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);
const PARTS = ['centralizedLogging', 'config', 'securityRoles', 'accessManagement', 'backup'];
const REGION = /^[a-z]{2}(-[a-z]+)+-\d$/;
/** Fifteen years: the most that Control Tower keeps logs. */
const MOST_DAYS = 5475;

/** In the order in which a reader meets them. Empty: in order, as far as can be told offline. */
export function manifestProblems(text: string, place: Place): readonly string[] {
  let said: unknown;
  try {
    said = JSON.parse(text);
  } catch {
    return ['it is not JSON'];
  }
  if (!isTree(said)) return ['it is no JSON object'];
  const manifest = said;
  return [
    ...strangers(manifest),
    ...regionProblems(manifest.governedRegions, place),
    ...PARTS.flatMap((name) => partProblems(name, manifest[name])),
    ...(isOn(manifest.securityRoles) && !isOn(manifest.config)
      ? ['securityRoles is enabled and config is not: the roles rest on AWS Config']
      : []),
    ...accountProblems(manifest, place),
  ];
}

const strangers = (manifest: Tree): string[] =>
  Object.keys(manifest)
    .filter((key) => ![...PARTS, 'governedRegions'].includes(key))
    .map((key) =>
      key === 'organizationStructure'
        ? 'version 4.0 has no organizationStructure: units are made in Organizations, and registered'
        : `"${key}" is no part of a manifest`,
    );

function regionProblems(regions: unknown, { region }: Place): string[] {
  if (!Array.isArray(regions) || regions.length === 0) return ['governedRegions is no list of regions'];
  const wrong = regions.filter((one) => typeof one !== 'string' || !REGION.test(one));
  const home = regions.includes(region) ? [] : [`governedRegions lacks ${region}, the home region`];
  return [...wrong.map((one) => `governedRegions: ${JSON.stringify(one)} is no region`), ...home];
}

const isOn = (part: unknown): boolean => isTree(part) && part.enabled === true;

function partProblems(name: string, part: unknown): string[] {
  if (!isTree(part)) return [`${name} is missing: say at least {"enabled": false}`];
  if (typeof part.enabled !== 'boolean') return [`${name}.enabled is neither true nor false`];
  if (!part.enabled || name === 'accessManagement') return [];
  if (name === 'backup') return [];
  const account =
    typeof part.accountId === 'string' && /^\d{12}$/.test(part.accountId)
      ? []
      : [`${name}.accountId is no account id (twelve digits, as a text)`];
  return name === 'securityRoles' ? account : [...account, ...retentionProblems(name, part.configurations)];
}

const retentionProblems = (name: string, configurations: unknown): string[] =>
  ['loggingBucket', 'accessLoggingBucket'].flatMap((bucket) => {
    const settings = isTree(configurations) ? configurations[bucket] : undefined;
    const days = isTree(settings) ? settings.retentionDays : undefined;
    const isFine = typeof days === 'number' && Number.isInteger(days) && days >= 1 && days <= MOST_DAYS;
    return isFine ? [] : [`${name}: ${bucket}.retentionDays is no number of days from 1 to ${MOST_DAYS}`];
  });

/** Logs belong where nobody works: not in the management account, and not where the auditors are. */
function accountProblems(manifest: Tree, { account }: Place): string[] {
  const of = (name: string): unknown => (isOn(manifest[name]) ? (manifest[name] as Tree).accountId : undefined);
  const named = ['centralizedLogging', 'config', 'securityRoles'].filter((name) => of(name) === account);
  const shared = of('securityRoles') !== undefined && of('securityRoles') === of('centralizedLogging');
  return [
    ...named.map((name) => `${name} names the management account: it wants an account of its own`),
    ...(shared ? ['the log archive and the audit account are the same'] : []),
  ];
}
