// Endpoint → the lines that let the learner's own aws CLI, SDKs and CDK talk to the sandbox, for one shell.

import { localCredentials } from './credentials';

export type Shell = 'sh' | 'powershell' | 'cmd';

/** How a shell sets and forgets a variable. The values need no quotes, except that PowerShell has no bare strings. */
const SHELLS: Record<Shell, { set: (name: string, value: string) => string; unset: (name: string) => string }> = {
  sh: { set: (name, value) => `export ${name}=${value}`, unset: (name) => `unset ${name}` },
  powershell: {
    set: (name, value) => `$env:${name} = '${value}'`,
    unset: (name) => `Remove-Item -ErrorAction SilentlyContinue Env:${name}`,
  },
  cmd: { set: (name, value) => `set ${name}=${value}`, unset: (name) => `set ${name}=` },
};

/** A profile would win over the made-up keys, a session token would go with them. */
const ALWAYS_UNSET = ['AWS_PROFILE', 'AWS_DEFAULT_PROFILE', 'AWS_SESSION_TOKEN'];

/** What sends a client past AWS_ENDPOINT_URL, or makes it refuse one. */
const IN_THE_WAY =
  /^AWS_(?:ENDPOINT_URL_\w+|IGNORE_CONFIGURED_ENDPOINT_URLS|USE_FIPS_ENDPOINT|USE_DUALSTACK_ENDPOINT)$/;

/**
 * The lines, each ended by a newline. `environment` is the learner's: what of it would get in the way is unset, and where
 * it names a proxy, the loopback is taken out.
 */
export function environmentExports(endpoint: string, shell: Shell, environment: NodeJS.ProcessEnv = {}): string {
  const { set, unset } = SHELLS[shell];
  const inTheWay = Object.keys(environment).filter((name) => IN_THE_WAY.test(name));
  const lines = [
    ...Object.entries({ ...variables(endpoint), ...pastTheProxy(environment) }).map(([name, value]) =>
      set(name, value),
    ),
    ...[...ALWAYS_UNSET, ...inTheWay].map(unset),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

const variables = (endpoint: string): Record<string, string> => ({
  AWS_ENDPOINT_URL: endpoint.replace(/\/+$/, ''),
  AWS_ACCESS_KEY_ID: localCredentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: localCredentials.secretAccessKey,
  AWS_REGION: 'us-east-1',
  AWS_DEFAULT_REGION: 'us-east-1',
  AWS_PAGER: '',
});

function pastTheProxy(environment: NodeJS.ProcessEnv): Record<string, string> {
  const { HTTP_PROXY, http_proxy = HTTP_PROXY, NO_PROXY, no_proxy = NO_PROXY } = environment;
  if (!http_proxy) return {};
  // As it is in the environment, it may be anything; only host names and the like are taken over.
  const given = (no_proxy ?? '').split(',').map((host) => host.trim());
  if (given.includes('*')) return {};
  const hosts = given.filter((host) => /^[\w.:*/-]+$/.test(host));
  const all = [...new Set([...hosts, '127.0.0.1', 'localhost'])].join(',');
  return { NO_PROXY: all, no_proxy: all };
}
