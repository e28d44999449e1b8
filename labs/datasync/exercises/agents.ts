// Exercises that stand on an agent. Guarded: the machine under it costs more in an hour than the rest in a month.

import { exercise, judge, passedExcept } from '../../../lib/kit';
import { CONNECTED, SENDS_SHARE } from '../demands';
import { CONNECT_AGENT } from '../facts';
import { see } from '../see';
import { solveWith } from '../solutions';

const guard = {
  by: 'cost',
  because: 'an agent runs on a machine of its own: about $0.40 an hour with its disk and address',
} as const;

export const connectAgent = exercise({
  id: CONNECT_AGENT,
  rows: ['datasync-2'],
  title: 'Activate an agent for a file server',
  kind: 'action',
  guard,
  asks: [
    'datasync agent on premises transfer',
    'datasync agent on premises',
    'datasync agent',
    'configure datasync agent',
    'agent on premises',
    'on premises transfer',
    'cấu hình agent datasync',
  ],
  task: [
    'An agent `worklab-<run>-datasync-agent` is online: the machine of that name gives its activation key over HTTP, to your',
    'address alone. A location for an NFS export (or an SMB share) is reached through it; any host name will do, since only an',
    'execution looks for the server.',
  ].join(' '),
  observe: see.agents,
  check: (agents) => {
    const verdict = judge(agents, CONNECTED, {
      expected: 'an agent of this run',
      actual: 'none carries its name or tag',
      hint: 'the image of the agent is not an agent yet: its machine gives a key over HTTP, good for half an hour',
    });
    return verdict.status === 'passed' ? passedExcept('whether the file server answers') : verdict;
  },
  solve: solveWith((solutions) => solutions.connectAgent),
});

export const sendShare = exercise({
  id: 'send-share',
  rows: ['datasync-a2'],
  title: 'Set up a task from a share to a bucket',
  kind: 'action',
  extra: true,
  guard,
  asks: ['nfs smb to s3 transfer', 'on premises nfs smb s3', 'nfs to s3', 'smb to s3'],
  task: 'A task `worklab-<run>-datasync-share` copies from a share behind the agent to `worklab-<run>-datasync-target`.',
  observe: see.tasks,
  check: (tasks) => {
    const verdict = judge(tasks, SENDS_SHARE, {
      expected: 'a task of this run',
      actual: 'none carries its name or tag',
      hint: 'an agent, a location of the share, a location of the bucket, then a task',
    });
    return verdict.status === 'passed'
      ? passedExcept('whether the file server answers', 'what is on the share')
      : verdict;
  },
  solve: solveWith((solutions) => solutions.sendShare),
});
