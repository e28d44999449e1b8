// What backups are made of and made by: a small volume, the role that AWS Backup takes on, a topic that it tells.

import { Fn, Stack } from 'aws-cdk-lib';
import { CfnVolume } from 'aws-cdk-lib/aws-ec2';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { CfnTopic, CfnTopicPolicy } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { BACKUP_TAG, MAKES_BACKUPS, RESTORES_BACKUPS } from '../facts';

export interface GroundProps {
  readonly run: string;
  readonly named: (thing: string) => string;
}

export class Ground extends Construct {
  readonly role: CfnRole;
  readonly topic: CfnTopic;

  constructor(parent: Construct, id: string, { run, named }: GroundProps) {
    super(parent, id);
    new CfnVolume(this, 'Volume', {
      availabilityZone: Fn.select(0, Fn.getAzs()),
      volumeType: 'gp3',
      size: 1,
      encrypted: true,
      tags: [
        { key: 'Name', value: named('precious') },
        { key: BACKUP_TAG, value: run },
      ],
    });
    const { partition } = Stack.of(this);
    this.role = new CfnRole(this, 'Role', {
      roleName: named('backup'),
      description: 'AWS Backup makes and restores the backups of the lab with it',
      assumeRolePolicyDocument: trustedBy('backup.amazonaws.com'),
      managedPolicyArns: [MAKES_BACKUPS, RESTORES_BACKUPS].map(
        (policy) => `arn:${partition}:iam::aws:policy/${policy}`,
      ),
    });
    this.topic = new CfnTopic(this, 'Events', { topicName: named('backup-events') });
    new CfnTopicPolicy(this, 'EventsPolicy', {
      topics: [this.topic.ref],
      policyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: 'backup.amazonaws.com' },
            Action: 'sns:Publish',
            Resource: this.topic.ref,
            Condition: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
          },
        ],
      },
    });
  }
}

export const trustedBy = (service: string): object => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
});
