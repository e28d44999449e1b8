// A virtual MFA device for a user of the run, enabled with the codes of its seed; and the policy that asks for it.

import { createHmac } from 'node:crypto';
import {
  AttachGroupPolicyCommand,
  CreateVirtualMFADeviceCommand,
  DeleteVirtualMFADeviceCommand,
  EnableMFADeviceCommand,
  IAMClient,
  paginateListVirtualMFADevices,
} from '@aws-sdk/client-iam';
import { type Aws, collect, isMarked, items, meets, type RunScope } from '../../../lib/kit';
import { SECOND_FACTOR } from '../demands';
import { forceMfa } from '../documents';
import { pathOf } from '../facts';
import { users } from '../observe/people';
import { secondFactors } from '../observe/rights';
import { tagsOf } from './ground';
import { managed, people } from './people';

export async function mfa(aws: Aws, scope: RunScope): Promise<void> {
  if ((await secondFactors(aws, scope)).some((one) => meets(one, SECOND_FACTOR))) return;
  await people(aws, scope);
  const PolicyArn = await managed(aws, scope, 'force-mfa', forceMfa());
  await aws.client(IAMClient).send(new AttachGroupPolicyCommand({ GroupName: `${scope.prefix}-devs`, PolicyArn }));
  const known = await users(aws, scope);
  if (!known.some(({ devices }) => devices.length > 0)) await enrol(aws, scope, `${scope.prefix}-dev1`);
}

/** The seed stays in this function: it is neither written down nor shown, and so the device is nobody's afterwards. */
async function enrol(aws: Aws, scope: RunScope, UserName: string): Promise<void> {
  const client = aws.client(IAMClient);
  await forgetUnused(aws, scope);
  const { VirtualMFADevice } = await client.send(
    new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: UserName, Path: pathOf(scope), Tags: tagsOf(scope) }),
  );
  const seed = Buffer.from(VirtualMFADevice?.Base32StringSeed ?? '').toString('ascii');
  const step = Math.floor(Date.now() / STEP);
  await client.send(
    new EnableMFADeviceCommand({
      UserName,
      SerialNumber: VirtualMFADevice?.SerialNumber,
      AuthenticationCode1: codeOf(seed, step - 1),
      AuthenticationCode2: codeOf(seed, step),
    }),
  );
}

/** A device whose seed is lost cannot be enabled any more: a new one takes its name. */
async function forgetUnused(aws: Aws, scope: RunScope): Promise<void> {
  const client = aws.client(IAMClient);
  const pages = paginateListVirtualMFADevices({ client }, { AssignmentStatus: 'Unassigned' });
  for (const { SerialNumber = '' } of await collect(items(pages, (page) => page.VirtualMFADevices))) {
    if (isMarked(scope, { names: [SerialNumber.split('/').pop()] })) {
      await client.send(new DeleteVirtualMFADeviceCommand({ SerialNumber }));
    }
  }
}

const STEP = 30_000;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** RFC 6238 with SHA-1 and six digits, as authenticator apps compute it. */
export function codeOf(seed: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const digest = createHmac('sha1', bytesOf(seed)).update(counter).digest();
  const offset = digest.readUInt8(digest.length - 1) & 15;
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

function bytesOf(base32: string): Buffer {
  const bits = [...base32.replace(/=+$/, '')]
    .map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, '0'))
    .join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}
