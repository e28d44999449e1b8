// The lab's own Systems Manager documents, as the stack and the solutions make them.

import { STATE_FILE } from './facts';

/** A session: where it is recorded, and when it is closed. */
export const sessionDocument = (logGroup: string): object => ({
  schemaVersion: '1.0',
  description: 'A shell without SSH: recorded, and closed after ten quiet minutes',
  sessionType: 'Standard_Stream',
  inputs: {
    cloudWatchLogGroupName: logGroup,
    cloudWatchEncryptionEnabled: false,
    cloudWatchStreamingEnabled: true,
    idleSessionTimeout: '10',
    maxSessionDuration: '30',
    runAsEnabled: false,
  },
});

const shell = (description: string, name: string, runCommand: readonly string[]): object => ({
  schemaVersion: '2.2',
  description,
  mainSteps: [{ action: 'aws:runShellScript', name, inputs: { timeoutSeconds: '60', runCommand } }],
});

/** Says who it is and since when it runs; changes nothing. */
export const HELLO = shell('Says hello', 'hello', ['echo "hello from $(hostname), $(uptime --pretty)"']);

/** A configuration that can be put right again and again: the file has this content, whatever it had. */
export const STATE = shell('Keeps the message of the day in order', 'message', [
  'set -eu',
  `mkdir -p "$(dirname ${STATE_FILE})"`,
  `echo "This machine is kept in order by State Manager." > ${STATE_FILE}`,
  `chmod 644 ${STATE_FILE}`,
]);

/** Stops a machine and starts it again, in the name of the role that it is given by default. */
export const restartRunbook = (roleArn: string): object => ({
  schemaVersion: '0.3',
  description: 'Stops a machine and starts it again',
  assumeRole: '{{ AutomationAssumeRole }}',
  parameters: {
    InstanceId: { type: 'String', description: 'The machine', allowedPattern: '^i-[a-f0-9]{8,17}$' },
    AutomationAssumeRole: { type: 'String', description: 'The role that does it', default: roleArn },
  },
  mainSteps: [changeState('stop', 'stopped'), changeState('start', 'running')],
});

const changeState = (name: string, DesiredState: string): object => ({
  name,
  action: 'aws:changeInstanceState',
  inputs: { InstanceIds: ['{{ InstanceId }}'], DesiredState },
});
