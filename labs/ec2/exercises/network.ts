// Exercises on the way to the machine: firewall, address, login.

import { exercise, failed, judge, passedExcept, unknown } from '../../../lib/kit';
import { ADDRESSES } from '../demands';
import { see } from '../see';
import { solveWith } from '../solutions';
import { judgeAcl, judgeGroups } from '../traffic-rules';

export const restrictTraffic = exercise({
  id: 'restrict-traffic',
  rows: ['ec2-5'],
  title: 'Restrict traffic with a security group and a network ACL',
  kind: 'provision',
  asks: ['security group network acl', 'security group nacl', 'security group', 'network acl', 'nacl', 'nhóm bảo mật'],
  task: [
    'A security group of the lab (`worklab-<run>-ssh` is there) opens port 22 to your own address alone (SSM parameter',
    "`/worklab-<run>/ec2/caller-cidr`). In front of the lab's subnet stands a network ACL of its own: inbound it lets in TCP 22",
    'and 1024-65535, outbound TCP 80, 443 and 1024-65535, and its first inbound rule denies something: 90, port 3389.',
  ].join(' '),
  restsOn: [
    'AWS::EC2::SecurityGroup',
    'AWS::EC2::SecurityGroupIngress',
    'AWS::EC2::NetworkAcl',
    'AWS::EC2::NetworkAclEntry',
    'AWS::EC2::SubnetNetworkAclAssociation',
  ],
  observe: see.traffic,
  check: ({ groups, acl }) => {
    const verdict = judgeGroups(groups);
    return verdict.status === 'passed' ? judgeAcl(acl) : verdict;
  },
  solve: solveWith((solutions) => solutions.traffic),
});

export const giveAddress = exercise({
  id: 'give-static-address',
  rows: ['ec2-6'],
  title: 'Give the instance a static public address',
  kind: 'provision',
  asks: ['elastic ip address', 'elastic ip', 'eip', 'static public ip', 'static ip', 'địa chỉ ip tĩnh', 'ip tĩnh'],
  task: 'One Elastic IP address `worklab-<run>-address` leads to the running instance, and no address of the run lies idle.',
  restsOn: ['AWS::EC2::EIP', 'AWS::EC2::Instance'],
  observe: see.addresses,
  check: (addresses) => {
    const idle = addresses.find(({ machine }) => machine === undefined);
    const verdict = judge(addresses, ADDRESSES, {
      expected: 'an Elastic IP address that leads to the running instance',
      actual: 'no address carries the tag of the run or leads to its instance',
      hint: 'allocate one, then associate it',
    });
    if (verdict.status !== 'passed' || idle === undefined) return verdict;
    return failed({
      expected: 'no address that lies idle',
      actual: `${idle.ip} leads to nothing`,
      hint: 'an address costs by the hour whether it leads anywhere or not: release it',
    });
  },
  solve: solveWith((solutions) => solutions.address),
});

export const connectOverSsh = exercise({
  id: 'connect-over-ssh',
  rows: ['day6-2'],
  title: 'Connect over SSH',
  kind: 'action',
  asks: [
    'connect ssh',
    'connected ssh',
    'ssh instance',
    'kết nối ssh',
    'kết nối instance',
    'connect instance',
    'connect ec2',
    'ssh',
  ],
  task: [
    'You have logged in to the instance over SSH with the key of the run (`worklab connect ec2`). The machine itself is the',
    'witness: `worklab solve ec2/connect-over-ssh` asks it through Run Command who logged in, and `worklab check` reads its answer.',
  ].join(' '),
  observe: see.logins,
  check: ({ real, machine, answer }) => {
    if (!real) return unknown('not emulated: instances have no operating system that anybody could log in to');
    if (machine === undefined) {
      return failed({
        expected: 'a login to the running instance',
        actual: 'no instance of the run is running',
        hint: 'launch one first',
      });
    }
    if (answer === undefined) {
      return unknown(
        'nobody has asked the machine yet: log in, then worklab solve ec2/connect-over-ssh, then check again',
      );
    }
    if (answer.lines.length > 0) return passedExcept('what was done in the session');
    return failed({
      expected: 'a login with a public key',
      actual: `none until ${answer.asked}, says ${machine.id}`,
      hint: 'a connection that times out is stopped by a firewall; one that is refused at once reached the machine',
    });
  },
  solve: solveWith((solutions) => solutions.askForLogins),
});
