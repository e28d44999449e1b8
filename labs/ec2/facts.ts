// Facts that the stack makes and the checks look for, said once. Plain data, so that reading it loads nothing.

/** The file that user data writes at the first boot. */
export const MARKER = '/var/lib/worklab/ready';

export const MARKER_SCRIPT = ['#!/bin/bash', 'set -eu', 'mkdir -p /var/lib/worklab', `date --utc > ${MARKER}`, ''].join(
  '\n',
);

/** The device name under which the data volume is attached. Inside a Nitro instance it shows as /dev/nvme1n1. */
export const DATA_DEVICE = '/dev/sdf';

/** The address block of the lab's own subnet. */
export const SUBNET_CIDR = '10.44.64.0/24';

/** Small Arm machines. Accounts on the free plan may launch only the ones that are free-tier eligible. */
export const INSTANCE_TYPE = 't4g.nano';
export const INSTANCE_TYPES: readonly string[] = [INSTANCE_TYPE, 't4g.micro', 't4g.small'];

/**
 * Amazon Linux 2023 for Arm, newest release: a public parameter that AWS keeps up to date
 * (https://docs.aws.amazon.com/linux/al2023/ug/ec2.html, 2026-11-22).
 */
export const IMAGE_PARAMETER = '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64';

/** The comment by which a Run Command that asks a machine for its SSH logins is found again. At most 100 characters. */
export const loginQuestion = (prefix: string): string => `${prefix}: who logged in over SSH?`;
