// Documents of IAM and CloudWatch Logs that the stack writes. Pure: ARNs may be tokens.

import { BUCKET_ACTIONS, OBJECT_ACTIONS, SERVICE } from './facts';

const Version = '2012-10-17';

interface Place {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

/** DataSync takes the role on for this account's tasks and locations alone, whoever asks DataSync to. */
export const trustPolicy = ({ partition, region, account }: Place): object => ({
  Version,
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Service: SERVICE },
      Action: 'sts:AssumeRole',
      Condition: {
        StringEquals: { 'aws:SourceAccount': account },
        ArnLike: { 'aws:SourceArn': `arn:${partition}:datasync:${region}:${account}:*` },
      },
    },
  ],
});

export const accessPolicy = (bucketArns: readonly string[]): object => ({
  Version,
  Statement: [
    { Effect: 'Allow', Action: [...BUCKET_ACTIONS], Resource: [...bucketArns] },
    { Effect: 'Allow', Action: [...OBJECT_ACTIONS], Resource: bucketArns.map((arn) => `${arn}/*`) },
  ],
});

/** Without it DataSync writes no line, and does not say so. */
export const logPolicy = (logGroupArn: string, { partition, region, account }: Place): object => ({
  Version,
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Service: SERVICE },
      Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      Resource: logGroupArn,
      Condition: {
        StringEquals: { 'aws:SourceAccount': account },
        ArnLike: { 'aws:SourceArn': `arn:${partition}:datasync:${region}:${account}:task/*` },
      },
    },
  ],
});
