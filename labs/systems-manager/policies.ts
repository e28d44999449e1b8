// Who may take on the lab's roles, and what they allow: as the stack and the solutions make them.

export const trustedBy = (service: string): object => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
});

/** What the runbook does, on machines of this run alone; what only looks knows no narrower resource. */
export const mayRestart = (instances: string, tag: { readonly key: string; readonly value: string }): object => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Action: ['ec2:StartInstances', 'ec2:StopInstances'],
      Resource: instances,
      Condition: { StringEquals: { [`aws:ResourceTag/${tag.key}`]: tag.value } },
    },
    { Effect: 'Allow', Action: ['ec2:DescribeInstances', 'ec2:DescribeInstanceStatus'], Resource: '*' },
  ],
});

/** What a recorded session writes (User Guide, "Logging session data using Amazon CloudWatch Logs", 2026-11-22). */
export const mayRecord = (logGroup: string): object => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Action: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
      Resource: logGroup,
    },
    { Effect: 'Allow', Action: 'logs:DescribeLogGroups', Resource: '*' },
  ],
});
