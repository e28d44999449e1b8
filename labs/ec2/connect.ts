// The running machine → the ssh command that logs in to it, with the run's own key and its own list of known hosts.

import { dirname, join } from 'node:path';
import { type Aws, type Connection, type RunScope, WorklabError } from '../../lib/kit';
import { machines } from './observe/machines';

export async function connect(aws: Aws, scope: RunScope, privateKeyFile: string): Promise<Connection> {
  const running = (await machines(aws, scope)).filter(({ state }) => state === 'running');
  const reachable = running.find(({ publicIp, keyName }) => publicIp !== undefined && keyName !== undefined);
  if (reachable?.publicIp === undefined) {
    throw new WorklabError('usage/invalid', {
      what:
        running.length === 0
          ? 'no instance of this run is running'
          : `${running[0]?.id} has no public address or no key`,
      fix: 'launch one with the key of the run and give it an Elastic IP address: worklab check ec2 says what is missing',
    });
  }
  return {
    program: 'ssh',
    args: [
      ...['-i', privateKeyFile],
      ...['-o', 'StrictHostKeyChecking=accept-new'],
      // Beside the key, so that a new machine on an old address upsets nobody and it all goes with the run.
      ...['-o', `UserKnownHostsFile=${quoted(join(dirname(privateKeyFile), 'known_hosts'))}`],
      ...['-o', 'IdentitiesOnly=yes'],
      `ec2-user@${reachable.publicIp}`,
    ],
    note: `logging in to ${reachable.id} as ec2-user; leave with "exit"`,
  };
}

/** ssh takes the value for a list of files that spaces divide. */
const quoted = (path: string): string => (/\s/.test(path) ? `"${path}"` : path);
