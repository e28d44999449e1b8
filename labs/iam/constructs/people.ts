// Two users in a group that has every right of theirs, under a boundary: no user has a policy, a password or a key of its own.

import { CfnGroup, CfnManagedPolicy, CfnUser, CfnUserToGroupAddition } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { forceMfa, notes, ownDevices, type Place } from '../documents';

export interface PeopleProps {
  readonly place: Place;
  readonly path: string;
  /** ARN of the boundary policy. */
  readonly boundary: string;
  readonly named: (thing: string) => string;
}

export class People extends Construct {
  constructor(parent: Construct, id: string, { place, path, boundary, named }: PeopleProps) {
    super(parent, id);
    const managed = (logicalId: string, thing: string, description: string, policyDocument: object) =>
      new CfnManagedPolicy(this, logicalId, { managedPolicyName: named(thing), path, description, policyDocument }).ref;

    const group = new CfnGroup(this, 'Developers', {
      groupName: named('devs'),
      path,
      managedPolicyArns: [
        managed('Notes', 'notes', 'Notes of one person, and of nobody else', notes(place)),
        managed('ForceMfa', 'force-mfa', 'Without a second factor nothing but getting one', forceMfa()),
      ],
      policies: [{ policyName: 'own-devices', policyDocument: ownDevices(place) }],
    });
    const users = ['dev1', 'dev2'].map((name) => {
      const user = new CfnUser(this, name, { userName: named(name), path, permissionsBoundary: boundary });
      return user.ref;
    });
    new CfnUserToGroupAddition(this, 'Members', { groupName: group.ref, users });
  }
}
