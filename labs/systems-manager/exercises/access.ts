// Exercises on reaching a machine without a port: sessions, commands; and what there is to read.

import { concept, exercise, failed, judge, passedExcept } from '../../../lib/kit';
import { REACHABLE, RECORDED, TOLD } from '../demands';
import { see } from '../see';
import { solveWith } from '../solutions';

export const NO_MACHINE = {
  expected: 'a machine of this run',
  actual: 'no instance carries its tag or stands in its subnet',
  hint: "the lab's stack has made one; if it was terminated, deploy the lab again",
};

export const understand = concept({
  id: 'understand-systems-manager',
  rows: ['ssm-1'],
  title: 'Know what Systems Manager is made of',
  asks: [
    'systems manager architecture capability',
    'systems manager architecture component',
    'systems manager architecture',
    'systems manager concept',
    'systems manager',
    'kiến trúc systems manager',
    'tìm hiểu systems manager',
  ],
  task: [
    'An agent on each machine calls out to Systems Manager, asks what is to be done, and reports. What makes a machine a managed',
    'node: the agent (Amazon Linux brings it), a role with `AmazonSSMManagedInstanceCore`, and a way out over HTTPS. See who is',
    'there with `aws ssm describe-instance-information`, and read',
    '<https://docs.aws.amazon.com/systems-manager/latest/userguide/what-is-systems-manager.html>. Which of its tools need the',
    'agent, and which would do without any machine?',
  ].join(' '),
});

export const setUpSessions = exercise({
  id: 'set-up-session-manager',
  rows: ['ssm-2'],
  title: 'Reach a machine through Session Manager',
  kind: 'provision',
  asks: [
    'session manager secure instance access',
    'session manager secure access',
    'session manager access',
    'session manager',
    'truy cập session manager',
    'phiên session manager',
  ],
  task: [
    'The machine `worklab-<run>-managed` is online in Systems Manager, with the instance profile `worklab-<run>-managed`, and no',
    'security group opens a port to anybody. A session document `worklab-<run>-session` has sessions recorded in the log group',
    '`worklab-<run>-sessions` and closed after at most 60 idle minutes. Then `worklab connect systems-manager`.',
  ].join(' '),
  restsOn: ['AWS::EC2::Instance', 'AWS::IAM::InstanceProfile', 'AWS::IAM::Role', 'AWS::SSM::Document'],
  observe: see.access,
  check: ({ nodes, setups, sessions }) => {
    const machine = judge(nodes, REACHABLE, NO_MACHINE);
    if (machine.status !== 'passed') return machine;
    const setup = judge(setups, RECORDED, {
      expected: 'a session document of this run',
      actual: 'none carries its name or its tag',
      hint: 'a document of the type Session; the preferences of the account (SSM-SessionManagerRunShell) stay as they are',
    });
    if (setup.status !== 'passed') return setup;
    const broken = sessions.filter(({ status }) => status === 'Failed');
    return passedExcept(
      sessions.length > broken.length
        ? 'what was done in the sessions'
        : 'whether a shell opens: no session has been started yet',
    );
  },
  solve: solveWith((solutions) => solutions.sessions),
});

export const runCommand = exercise({
  id: 'run-command',
  rows: ['ssm-3'],
  title: 'Run a command without logging in',
  kind: 'action',
  asks: [
    'run command remote command execution',
    'run command remote execution',
    'run command',
    'remote command',
    'chạy lệnh từ xa',
    'thực thi lệnh từ xa',
  ],
  task: [
    'Run Command has had the machine run a document of this run (`worklab-<run>-hello`) or `AWS-RunShellScript`, and the',
    'invocation ended in Success. Aim at the machine by its id or by its tag `PatchGroup`.',
  ].join(' '),
  restsOn: ['AWS::EC2::Instance'],
  observe: see.commands,
  check: ({ online, invocations }) => {
    const own = invocations.filter(({ isOwn }) => isOwn);
    if (own.some(({ status }) => status === 'Success')) return passedExcept('what the command printed');
    const [newest] = [...own].sort((a, b) => b.asked.localeCompare(a.asked));
    if (newest !== undefined) {
      return failed({
        expected: 'an invocation that ended in Success',
        actual: `${newest.document} on ${newest.node}: ${newest.status} (${newest.details})`,
        hint: ['Pending', 'InProgress', 'Delayed'].includes(newest.status)
          ? 'wait some seconds; a machine that is not online stays Pending until the command times out'
          : 'Failed is an exit code other than 0, TimedOut a machine that did not answer in time: look at the output',
      });
    }
    return failed({
      expected: 'a command of yours that the machine ran',
      actual:
        invocations.length > 0
          ? `the machine was sent ${[...new Set(invocations.map(({ document }) => document))].join(', ')} only`
          : `none was sent to it${online.length === 0 ? ', and it is not online' : ''}`,
      hint: 'a tag that no machine carries makes a command that reaches none, and says Success all the same: count its targets',
    });
  },
  solve: solveWith((solutions) => solutions.command),
});

export const tellAboutCommands = exercise({
  id: 'tell-about-commands',
  rows: ['ssm-a1'],
  title: 'Be told when a command has ended',
  kind: 'provision',
  extra: true,
  asks: [
    'integration cloudwatch config',
    'systems manager integration cloudwatch config',
    'integration cloudwatch',
    'eventbridge command',
    'tích hợp cloudwatch',
  ],
  task: [
    'A rule of EventBridge `worklab-<run>-commands` matches events of the source `aws.ssm` about the status of commands, and sends',
    'them to a topic. The half of AWS Config is for reading only: a recorder costs, and there is one for the region.',
  ].join(' '),
  restsOn: ['AWS::Events::Rule', 'AWS::SNS::Topic'],
  observe: see.tellings,
  check: (tellings) =>
    judge(tellings, TOLD, {
      expected: 'a rule of this run',
      actual: 'none carries its name',
      hint: 'its name begins with worklab-<run>; it stands on the default event bus',
    }),
  solve: solveWith((solutions) => solutions.tell),
});

export const manageFleet = concept({
  id: 'manage-fleet',
  rows: ['ssm-a2'],
  title: 'Know how a fleet is managed',
  extra: true,
  asks: ['fleet management best practice', 'fleet management', 'quản lý đội máy chủ'],
  task: [
    'Default Host Management Configuration makes every instance of the account a managed node without a profile of its own: the',
    'setting is `/ssm/managed-instance/default-ec2-instance-management-role` (`aws ssm get-service-setting`). It is of the account,',
    'so the lab shows it and leaves it alone. Aim at tags rather than ids, limit concurrency and errors, and let a window, not a',
    'person, decide when. <https://docs.aws.amazon.com/systems-manager/latest/userguide/fleet-manager-default-host-management-configuration.html>',
  ].join(' '),
});
