// The managed machine → a shell on it, through Session Manager: no port, no key, no address.

import { type Aws, type Connection, type RunScope, WorklabError } from '../../lib/kit';
import { access } from './observe/sessions';

export async function connect(aws: Aws, scope: RunScope): Promise<Connection> {
  const { nodes, setups } = await access(aws, scope);
  const online = nodes.find(({ ping }) => ping === 'Online');
  if (online === undefined) {
    throw new WorklabError('usage/invalid', {
      what: nodes.length === 0 ? 'no machine of this run is there' : `${nodes[0]?.id} is not online in Systems Manager`,
      fix: 'worklab check systems-manager says what is missing',
    });
  }
  const [setup] = setups;
  return {
    program: 'aws',
    args: [
      ...['ssm', 'start-session', '--region', aws.region, '--target', online.id],
      ...(setup === undefined ? [] : ['--document-name', setup.name]),
      ...(aws.endpoint === undefined ? [] : ['--endpoint-url', aws.endpoint]),
    ],
    note:
      aws.target === 'local'
        ? `a machine of the sandbox has no shell: a session with ${online.id} begins, and leads nowhere`
        : `a shell on ${online.id} as ssm-user; it needs the Session Manager plugin of the AWS CLI; leave with "exit"`,
  };
}
