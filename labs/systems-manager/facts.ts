// Facts that the stack makes and the checks look for, said once. Plain data, so that reading it loads nothing.

/** The address block of the lab's own subnet. */
export const SUBNET_CIDR = '10.44.80.0/24';

/**
 * Small Arm machines. A nano is managed as well, but 512 MiB are too little for the package manager that a patch scan asks
 * (https://github.com/aws/amazon-ssm-agent/issues/615, 2026-11-22).
 */
export const INSTANCE_TYPE = 't4g.micro';
export const INSTANCE_TYPES: readonly string[] = ['t4g.nano', INSTANCE_TYPE, 't4g.small'];

/** Amazon Linux 2023 for Arm, newest release; its image brings the agent (https://docs.aws.amazon.com/linux/al2023/ug/ec2.html). */
export const IMAGE_PARAMETER = '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64';
export const OPERATING_SYSTEM = 'AMAZON_LINUX_2023';

/** What lets an agent report and be asked, and nothing in the account besides. */
export const AGENT_POLICY = 'AmazonSSMManagedInstanceCore';

/** The tag by which Patch Manager groups machines. Without a space, so that it may stand in a machine's metadata. */
export const PATCH_GROUP_TAG = 'PatchGroup';

/** Amazon's own documents. */
export const SCAN = 'AWS-RunPatchBaseline';
export const GATHER = 'AWS-GatherSoftwareInventory';

/** The file that the lab's state keeps in order. */
export const STATE_FILE = '/etc/motd.d/90-worklab';

/** The names of the lab's parameters, behind "/worklab-<run>/app/". */
export const LOG_LEVEL = 'log-level';
export const HOSTS = 'hosts';
export const PASSWORD = 'password';
export const HOSTS_VALUE = 'alpha.example.com,beta.example.com';

/** Types of compliance that are a client's own begin so; no hyphen is allowed in them. */
export const driftType = (run: string): string => `Custom:worklab_${run}`;
