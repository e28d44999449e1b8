// The solutions of the exercises, by name: what a learner would do, through the SDK. Each leaves alone what is done already.

import { credentials, report, rotate } from './solve/credentials';
import { mfa } from './solve/mfa';
import { guardrail } from './solve/organization';
import { narrow, people, policies } from './solve/people';
import { auditor, federation, serviceRoles } from './solve/roles';
import { watch } from './solve/watch';

export const solutions = {
  people,
  policies,
  narrow,
  mfa,
  credentials,
  rotate,
  report,
  serviceRoles,
  auditor,
  federation,
  guardrail,
  watch,
};
