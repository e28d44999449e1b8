// What the exercises ask of machines, keys, addresses and volumes. Read by the checks, and by the solutions, which leave
// alone what already meets them. Pure.

import type { Demand } from '../../lib/kit';
import { INSTANCE_TYPES, MARKER } from './facts';
import type { Address, KeyPair, PlacementGroup } from './observe/belongings';
import type { Machine, Setup } from './observe/machines';
import type { DataVolume, Image } from './observe/storage';

const RUNNING: Demand<Machine> = {
  expected: 'a running instance',
  met: ({ state }) => state === 'running',
  actual: ({ id, state }) => `${id} is ${state}`,
  hint: 'a new instance is "pending" for some seconds; one that stopped by itself says why in its state reason',
};

const IN_LAB_SUBNET: Demand<Machine> = {
  expected: "an instance in the lab's own subnet, 10.44.64.0/24",
  met: ({ inLabSubnet }) => inLabSubnet,
  actual: ({ id }) => `${id} stands in another subnet`,
  hint: 'an instance cannot be moved to another subnet: launch one there',
};

export const LAUNCHED: readonly Demand<Machine>[] = [RUNNING, IN_LAB_SUBNET];

export const MANAGED: readonly Demand<Setup>[] = [
  ...LAUNCHED,
  {
    expected: `a small Arm machine: ${INSTANCE_TYPES.join(', ')}`,
    met: ({ type, architecture }) => INSTANCE_TYPES.includes(type) && architecture === 'arm64',
    actual: ({ id, type, architecture }) => `${id} is a ${type} (${architecture})`,
    hint: 'the type decides the processor, and the image has to be made for that processor',
  },
  {
    expected: 'an encrypted gp3 root volume',
    met: ({ root }) => root?.encrypted === true && root.type === 'gp3',
    actual: ({ id, root }) => `the root volume of ${id} is ${root?.encrypted ? '' : 'not '}encrypted, ${root?.type}`,
    hint: 'a volume is encrypted when it is made, not later: look at the block devices of the launch',
  },
  {
    expected: 'an instance profile, so that Systems Manager can reach the machine',
    met: ({ profile }) => profile !== undefined,
    actual: ({ id }) => `${id} has none`,
    hint: 'the lab has made a profile whose name begins with worklab-; it can be given to a running instance',
  },
  {
    expected: 'a shutdown from inside stops the machine',
    met: ({ shutdownBehavior }) => shutdownBehavior === 'stop',
    actual: ({ id, shutdownBehavior }) => `for ${id} it means "${shutdownBehavior}"`,
    hint: 'the attribute is called instance-initiated shutdown behavior',
  },
];

export const BOOTSTRAPPED: readonly Demand<Setup>[] = [
  RUNNING,
  {
    expected: `user data that writes ${MARKER}`,
    met: ({ userData }) => userData?.includes(MARKER) ?? false,
    actual: ({ id, userData }) =>
      userData === undefined ? `${id} has no user data` : `that of ${id} does not name the file`,
    hint: 'user data runs at the first boot only; it can be changed while the instance is stopped, but then does not run',
  },
  {
    expected: 'metadata only for who has a session token (IMDSv2)',
    met: ({ httpTokens }) => httpTokens === 'required',
    actual: ({ id, httpTokens }) => `for ${id} a token is ${httpTokens ?? 'not mentioned'}`,
    hint: 'the metadata options can be changed on a running instance',
  },
  {
    expected: 'the tags of the machine readable in its metadata',
    met: ({ metadataTags }) => metadataTags === 'enabled',
    actual: ({ id, metadataTags }) => `for ${id} they are ${metadataTags ?? 'not mentioned'}`,
    hint: 'another of the metadata options',
  },
];

/** A start after a stop gives a new launch time; the interface and the root volume stay attached since the first. */
export const RESTARTED: readonly Demand<Machine>[] = [
  RUNNING,
  {
    expected: 'an instance that was stopped and started again',
    met: ({ started, assembled }) => started !== undefined && assembled !== undefined && started > assembled,
    actual: ({ id, started }) => `${id} has run since its launch at ${started}`,
    hint: 'a reboot does not count: it stays on the same host and keeps its launch time',
  },
];

export const KEYS: readonly Demand<KeyPair>[] = [
  {
    expected: 'an ed25519 key pair',
    met: ({ type }) => type === 'ed25519',
    actual: ({ name, type }) => `${name} is of type ${type}`,
    hint: 'the type shows in the first word of the public key',
  },
  {
    expected: 'a running instance that was launched with it',
    met: ({ usedBy }) => usedBy.length > 0,
    actual: ({ name }) => `no running instance was launched with ${name}`,
    hint: 'the key pair is chosen at the launch: the first boot writes the public key into the machine',
  },
];

export const ADDRESSES: readonly Demand<Address>[] = [
  {
    expected: 'an Elastic IP address that leads to the running instance',
    met: ({ machine }) => machine?.state === 'running',
    actual: ({ ip, machine }) =>
      machine ? `${ip} leads to ${machine.id}, which is ${machine.state}` : `${ip} leads to nothing`,
    hint: 'allocating an address and associating it are two steps; it costs from the first one on',
  },
];

export const SPREAD: readonly Demand<PlacementGroup>[] = [
  {
    expected: 'the strategy "spread"',
    met: ({ strategy }) => strategy === 'spread',
    actual: ({ name, strategy }) => `${name} has the strategy "${strategy}"`,
    hint: 'one strategy packs machines together, one divides them, one keeps each on hardware of its own',
  },
  {
    expected: 'a placement group that is available',
    met: ({ state }) => state === 'available',
    actual: ({ name, state }) => `${name} is ${state}`,
    hint: 'wait some seconds',
  },
];

export const DATA: readonly Demand<DataVolume>[] = [
  {
    expected: 'an encrypted gp3 data volume',
    met: ({ encrypted, type }) => encrypted && type === 'gp3',
    actual: ({ id, encrypted, type }) => `${id} is ${encrypted ? '' : 'not '}encrypted, ${type}`,
    hint: 'the type of a volume can be changed in place, its encryption only on a copy made through a snapshot',
  },
];

export const ATTACHED: readonly Demand<DataVolume>[] = [
  {
    expected: 'a data volume attached to the instance',
    met: ({ attachment }) => attachment?.state === 'attached',
    actual: ({ id, attachment, state }) =>
      attachment ? `${id} is ${attachment.state}` : `${id} is ${state}, attached to nothing`,
    hint: 'a volume can be attached only to an instance of its own availability zone',
  },
];

export const IMAGE: readonly Demand<Image>[] = [
  {
    expected: 'an image that is available',
    met: ({ state }) => state === 'available',
    actual: ({ id, state }) => `${id} is ${state}`,
    hint: 'an image is "pending" for some minutes, until its snapshots are done',
  },
  {
    expected: 'an image with a snapshot of the root volume',
    met: ({ snapshots }) => snapshots.length > 0,
    actual: ({ id }) => `${id} has none`,
    hint: 'make it from the instance, not from a file',
  },
  {
    expected: 'an image that only this account can launch',
    met: ({ isPublic }) => !isPublic,
    actual: ({ id }) => `${id} is public`,
    hint: 'everybody can read what is on a public image: look at its launch permissions',
  },
];
