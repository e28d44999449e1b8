// Security groups and network ACLs → a verdict on who may pass. Pure.

import { failed, passed, type Verdict } from '../../lib/kit';
import type { Acl, AclEntry, Group } from './observe/traffic';

/** A CIDR block of a single address. */
export const ONE_ADDRESS = /^(?:[0-9.]+\/32|[0-9a-f:.]+\/128)$/i;
/** The number of the rule that every ACL ends with: deny the rest. */
const LAST_RULE = 32767;

/** Port 22 is open somewhere, and everywhere to single addresses only. */
export function judgeGroups(groups: readonly Group[]): Verdict {
  for (const { name, sshFrom } of groups) {
    const wide = sshFrom.find((source) => !ONE_ADDRESS.test(source));
    if (wide !== undefined) {
      return failed({
        expected: 'port 22 open to one address, /32 or /128',
        actual: `${name} opens it to ${wide}`,
        hint: 'within minutes, strangers try passwords on every address that answers on port 22',
      });
    }
  }
  if (groups.some(({ sshFrom }) => sshFrom.length > 0)) return passed;
  return failed({
    expected: 'a security group that opens port 22 to one address',
    actual: 'none of the run opens port 22',
    hint: 'a security group lets in nothing that no rule allows',
  });
}

const WANTED = [
  { egress: false, ports: [22, 1024, 65535] },
  { egress: true, ports: [80, 443, 1024, 65535] },
] as const;

/** An ACL of the subnet's own lets through what SSH, updates and their answers need, and denies something first. */
export function judgeAcl(acl: Acl | undefined): Verdict {
  if (acl === undefined || acl.isDefault) {
    return failed({
      expected: "a network ACL of its own in front of the lab's subnet",
      actual: acl === undefined ? 'no ACL seen there' : 'the default one, which lets everything through',
      hint: 'a subnet has exactly one ACL; giving it another replaces the association',
    });
  }
  for (const { egress, ports } of WANTED) {
    const closed = ports.find((port) => !lets(acl.entries, egress, port));
    if (closed !== undefined) {
      return failed({
        expected: `TCP ${closed} allowed ${egress ? 'outbound' : 'inbound'}`,
        actual: `${acl.id} denies it`,
        hint: 'an ACL remembers no connection: answers need a rule of their own, for the ports 1024-65535',
      });
    }
  }
  if (deniesFirst(acl.entries)) return passed;
  return failed({
    expected: 'a numbered inbound rule that denies, before those that allow',
    actual: `${acl.id} denies only what is left over`,
    hint: 'rules are read in the order of their numbers, and the first that fits decides',
  });
}

function lets(entries: readonly AclEntry[], egress: boolean, port: number): boolean {
  const fitting = entries
    .filter((entry) => entry.egress === egress && ['6', '-1'].includes(entry.protocol))
    .filter(({ protocol, from, to }) => protocol === '-1' || (from <= port && port <= to))
    .sort((a, b) => a.number - b.number);
  return fitting[0]?.allow ?? false;
}

function deniesFirst(entries: readonly AclEntry[]): boolean {
  const inbound = entries.filter(({ egress, number }) => !egress && number < LAST_RULE);
  const [first] = inbound.sort((a, b) => a.number - b.number);
  return first !== undefined && !first.allow;
}
