// AWS services by their canonical name, with the names and the things that worklogs call them by, in both languages. Data only.

/** How a service is spoken of. */
export interface ServiceNames {
  /** Names of the service itself, without "AWS" or "Amazon", separated by commas. */
  readonly names: string;
  /** Things that only this service has. They count where no other service owns them in the text. */
  readonly things?: string;
}

export const SERVICE_NAMES: Readonly<Record<string, ServiceNames>> = {
  'AWS Amplify': { names: 'amplify' },
  'AWS App Runner': { names: 'app runner, apprunner' },
  'AWS AppSync': { names: 'appsync' },
  'AWS Artifact': { names: 'aws artifact' },
  'AWS Backup': {
    names: 'aws backup, backup and restore lab, backup plan, backup vault, backup rule, backup job, backup service',
    things: 'recovery point',
  },
  'AWS Batch': { names: 'aws batch' },
  'AWS Billing and Cost Management': {
    names: 'aws billing, billing console, billing and cost management, billing dashboard, cost optimization hub',
    things:
      'cost management, savings plan, reserved instance, savings, pricing model, cost report, billing alert, aws usage, cost anomaly detection, chi phí aws',
  },
  'AWS Budgets': {
    names:
      'aws budget, budget, cost budget, ngân sách, savings plan budget, saving plan budget, savings plans budget, saving plans budget, ri budget, usage budget',
  },
  'AWS CDK': { names: 'cdk, cloud development kit' },
  'AWS CLI': { names: 'cli, aws cli, awscli, command line interface', things: 'aws configure, dòng lệnh aws' },
  'AWS Certificate Manager': { names: 'acm, certificate manager' },
  'AWS Cloud9': { names: 'cloud9, cloud 9' },
  'AWS Cloud Map': { names: 'cloud map' },
  'AWS CloudFormation': { names: 'cloudformation, cloud formation, cfn', things: 'stackset, drift detection' },
  'AWS CloudShell': { names: 'cloudshell, cloud shell' },
  'AWS CloudTrail': { names: 'cloudtrail, cloud trail', things: 'trail' },
  'AWS CodeArtifact': { names: 'codeartifact' },
  'AWS CodeBuild': { names: 'codebuild, code build', things: 'buildspec' },
  'AWS CodeCommit': { names: 'codecommit, code commit' },
  'AWS CodeDeploy': { names: 'codedeploy, code deploy', things: 'appspec' },
  'AWS CodePipeline': { names: 'codepipeline, code pipeline' },
  'AWS Compute Optimizer': { names: 'compute optimizer' },
  'AWS Config': { names: 'aws config, config rule' },
  'AWS Control Tower': { names: 'control tower', things: 'landing zone, account factory' },
  'AWS Cost Explorer': { names: 'cost explorer' },
  'AWS Cost and Usage Report': { names: 'cost and usage report' },
  'AWS DMS': { names: 'dms, database migration service, schema conversion tool' },
  'AWS DataSync': { names: 'datasync' },
  'AWS Direct Connect': { names: 'direct connect' },
  'AWS Directory Service': {
    names:
      'directory service, managed microsoft ad, managed ad, microsoft active directory, active directory, ad connector, simple ad',
    things: 'domain join, aws directory',
  },
  'AWS Elastic Beanstalk': { names: 'beanstalk, elastic beanstalk' },
  'AWS Elastic Disaster Recovery': { names: 'elastic disaster recovery, drs' },
  'AWS Fargate': { names: 'fargate' },
  'AWS Firewall Manager': { names: 'firewall manager' },
  'AWS Global Accelerator': { names: 'global accelerator' },
  'AWS Glue': { names: 'glue, databrew, glue data catalog', things: 'crawler, data catalog, data crawler' },
  'AWS Health Dashboard': { names: 'health dashboard' },
  'AWS IAM': {
    names:
      'iam, identity and access management, iam user, iam group, iam role, iam policy, iam policies, iam user group, aws account security, permission boundary, permissions boundary, permission boundaries, switch role, switch roles, switching role, assume role, role switching',
    things:
      'mfa, multi factor authentication, instance profile, access key, xác thực đa yếu tố, execution role, user group, admin group, admin user, root user, root account, inline policy, trust policy, cross account access, role trust',
  },
  'AWS IAM Identity Center': {
    names: 'iam identity center, identity center, sso, single sign on',
    things: 'permission set',
  },
  'AWS IoT Core': { names: 'iot core, aws iot, iot rule' },
  'AWS KMS': { names: 'kms, key management service', things: 'cmk, customer managed key, kms key' },
  'AWS Lake Formation': { names: 'lake formation' },
  'AWS Lambda': { names: 'lambda, hàm lambda', things: 'serverless function' },
  'AWS License Manager': { names: 'license manager' },
  'AWS MGN': { names: 'mgn, application migration service' },
  'AWS Migration Hub': { names: 'migration hub' },
  'AWS Network Firewall': { names: 'network firewall' },
  'AWS Organizations': {
    names:
      'aws organization, organizations, organizational unit, scp, service control policy, service control policies',
  },
  'AWS Outposts': { names: 'outposts' },
  'AWS Pricing Calculator': { names: 'pricing calculator' },
  'AWS RAM': { names: 'resource access manager, aws ram' },
  'AWS Resource Groups & Tagging': {
    names: 'resource group, resource groups and tagging, tag editor, nhóm tài nguyên',
    things: 'tag, tagging, gắn thẻ, gắn tag, thẻ tag, quản lý thẻ',
  },
  'AWS SAM': { names: 'aws sam, sam cli, sam template, serverless application model' },
  'AWS STS': { names: 'sts, security token service' },
  'AWS Secrets Manager': { names: 'secrets manager, secret manager' },
  'AWS Security Hub': { names: 'security hub, securityhub' },
  'AWS Service Catalog': { names: 'service catalog' },
  'AWS Service Quotas': { names: 'service quota' },
  'AWS Shield': { names: 'shield, aws shield' },
  'AWS Site-to-Site VPN': {
    names: 'site to site vpn, vpn site to site, vpn connection, vpn',
    things: 'customer gateway, virtual private gateway, vgw, cgw',
  },
  'AWS Snow Family': { names: 'snow family, snowball, snowcone, snowmobile, snowball edge' },
  'AWS Step Functions': { names: 'step function, stepfunctions', things: 'state machine' },
  'AWS Storage Gateway': {
    names: 'storage gateway, file storage gateway, file gateway, volume gateway, tape gateway, s3 file gateway',
  },
  'AWS Support': {
    names: 'aws support, support case, support plan, support center, support ticket, ticket hỗ trợ, yêu cầu hỗ trợ aws',
  },
  'AWS Systems Manager': {
    names:
      'systems manager, system manager, ssm, session manager, run command, patch manager, parameter store, ssm parameter, state manager, fleet manager, ssm agent, ssm session manager',
  },
  'AWS Transfer Family': { names: 'transfer family' },
  'AWS Transit Gateway': { names: 'transit gateway, tgw', things: 'transit gateway attachment' },
  'AWS Trusted Advisor': { names: 'trusted advisor' },
  'AWS WAF': { names: 'waf, web application firewall', things: 'web acl, webacl' },
  'AWS Well-Architected Tool': { names: 'well architected tool' },
  'AWS X-Ray': { names: 'x ray, xray' },
  'Amazon API Gateway': { names: 'api gateway, apigateway, apigw', things: 'rest api stage, usage plan' },
  'Amazon Athena': { names: 'athena' },
  'Amazon Aurora': { names: 'aurora' },
  'Amazon Bedrock': { names: 'bedrock, bedrock agent, bedrock knowledge base' },
  'Amazon CloudFront': {
    names: 'cloudfront, cloud front, cdn',
    things: 'origin access control, oac, oai, origin access identity, distribution',
  },
  'Amazon CloudWatch': {
    names:
      'cloudwatch, cloud watch, cloudwatch log, cloudwatch alarm, cloudwatch agent, cloudwatch dashboard, cloudwatch metric, unified agent',
    things: 'log group, metric filter, logs insights, custom metric',
  },
  'Amazon Cognito': { names: 'cognito', things: 'user pool, identity pool' },
  'Amazon Comprehend': { names: 'comprehend' },
  'Amazon Connect': { names: 'amazon connect' },
  'Amazon Data Firehose': { names: 'firehose, kinesis firehose, kinesis data firehose, data firehose' },
  'Amazon Data Lifecycle Manager': { names: 'data lifecycle manager, dlm' },
  'Amazon Detective': { names: 'amazon detective' },
  'Amazon DocumentDB': { names: 'documentdb' },
  'Amazon DynamoDB': { names: 'dynamodb, dynamo db, dynamo' },
  'Amazon EBS': {
    names: 'ebs, elastic block store, ebs volume, ebs snapshot',
    things: 'gp3, gp2, amazon ebs multi attach, attach volume, attach a volume, ổ đĩa ebs',
  },
  'Amazon EC2': {
    names:
      'ec2, elastic compute cloud, ec2 instance, windows ec2, linux ec2, ec2 key pair, ec2 instance connect, amazon machine image, elastic ip, eip',
    things:
      'instance, ami, key pair, keypair, user data, userdata, ssh, rdp, remote desktop, bastion, bastion host, instance connect, máy chủ ảo, windows server, linux server, placement group, putty, mobaxterm, máy ảo ec2',
  },
  'Amazon EC2 Auto Scaling': {
    names: 'ec2 auto scaling, auto scaling, autoscaling, auto scaling group, autoscaling group, asg, auto scale group',
    things: 'launch template, launch configuration, scaling policy, scaling policies, dynamic scaling, target tracking',
  },
  'Amazon ECR': { names: 'ecr, elastic container registry' },
  'Amazon ECS': { names: 'ecs, elastic container service, ecs fargate cluster', things: 'task definition, ecs task' },
  'Amazon EFS': { names: 'efs, elastic file system' },
  'Amazon EKS': { names: 'eks, elastic kubernetes service' },
  'Amazon EMR': { names: 'emr' },
  'Amazon ElastiCache': { names: 'elasticache, elastic cache, elasti cache' },
  'Amazon EventBridge': { names: 'eventbridge, event bridge, cloudwatch event' },
  'Amazon FSx': { names: 'fsx' },
  'Amazon GuardDuty': { names: 'guardduty, guard duty' },
  'Amazon Inspector': { names: 'amazon inspector, aws inspector, inspector' },
  'Amazon Kendra': { names: 'kendra' },
  'Amazon Kinesis': { names: 'kinesis, kinesis data stream' },
  'Amazon Lex': { names: 'amazon lex' },
  'Amazon Lightsail': { names: 'lightsail' },
  'Amazon Location Service': { names: 'location service, amazon location' },
  'Amazon MQ': { names: 'amazon mq' },
  'Amazon MSK': { names: 'msk' },
  'Amazon Macie': { names: 'macie' },
  'Amazon Managed Grafana': { names: 'amazon managed grafana, managed grafana' },
  'Amazon MemoryDB': { names: 'memorydb' },
  'Amazon Neptune': { names: 'neptune' },
  'Amazon OpenSearch Service': { names: 'opensearch, opensearch service, opensearch serverless' },
  'Amazon Personalize': { names: 'amazon personalize' },
  'Amazon Pinpoint': { names: 'pinpoint' },
  'Amazon Polly': { names: 'polly' },
  'Amazon Q': { names: 'amazon q, amazon q developer' },
  'Amazon QuickSight': { names: 'quicksight, quick sight' },
  'Amazon RDS': {
    names: 'rds, relational database service, rds instance, rds database, rds proxy',
    things: 'db subnet group, db instance, multi az deployment',
  },
  'Amazon Redshift': { names: 'redshift' },
  'Amazon Rekognition': { names: 'rekognition' },
  'Amazon Route 53': {
    names: 'route 53, route53, route 53 resolver, resolver rule, resolver endpoint, hybrid dns',
    things: 'hosted zone, dns record, inbound endpoint, outbound endpoint, record set, bản ghi dns',
  },
  'Amazon S3': {
    names: 's3, simple storage service, s3 bucket, sh3, s3 lifecycle',
    things: 'bucket, static website hosting, object lock, block public access, bucket policy, intelligent tiering',
  },
  'Amazon S3 Glacier': { names: 's3 glacier, glacier, glacier deep archive, glacier vault', things: 'vault lock' },
  'Amazon SES': { names: 'ses, simple email service' },
  'Amazon SNS': { names: 'sns, simple notification service', things: 'sns topic' },
  'Amazon SQS': { names: 'sqs, simple queue service', things: 'dead letter queue, dlq' },
  'Amazon SageMaker': { names: 'sagemaker, sage maker' },
  'Amazon Textract': { names: 'textract' },
  'Amazon Timestream': { names: 'timestream' },
  'Amazon Transcribe': { names: 'transcribe' },
  'Amazon Translate': { names: 'amazon translate' },
  'Amazon VPC': {
    names:
      'vpc, virtual private cloud, vpc peering, vpc endpoint, vpc flow log, flow log, privatelink, private link, reachability analyzer',
    things:
      'subnet, public subnet, private subnet, route table, internet gateway, igw, nat gateway, nat instance, security group, network acl, nacl, nacls, gateway endpoint, interface endpoint, peering connection, inbound rule, outbound rule, inbound and outbound rule, inbound outbound rule, elastic network interface, eni, bảng định tuyến, nhóm bảo mật, mạng con, s3 gateway endpoint, egress only internet gateway',
  },
  'Amazon WorkSpaces': { names: 'workspaces, amazon workspaces' },
  'EC2 Image Builder': { names: 'image builder, ec2 image builder' },
  'Elastic Load Balancing': {
    names:
      'elb, alb, nlb, load balancer, elastic load balancing, elastic load balancer, application load balancer, network load balancer, load balancing, cân bằng tải',
    things: 'target group, listener, listener rule',
  },
  'VM Import/Export': {
    names: 'vm import export, vm import, import export vm',
    things:
      'import virtual machine, importing virtual machine, importing a vm, import a vm, exporting a virtual machine, export a virtual machine, importing a virtual machine, import a virtual machine, exporting a vm, export a vm',
  },
};

/** Names that stand for two services at once. */
export const TWO_SERVICES: Readonly<Record<string, readonly [string, string]>> = {
  'lambda edge': ['AWS Lambda', 'Amazon CloudFront'],
  'ecs fargate': ['Amazon ECS', 'AWS Fargate'],
};

/** Tools beside AWS. Steps with them count as practice but name no service. */
export const OTHER_TOOLS =
  'docker, dockerfile, docker compose, docker hub, kubernetes, k8s, kubectl, minikube, helm, terraform, pulumi, ansible, github actions, gitlab ci, jenkins, flink, grafana, prometheus, nginx, apache, wordpress, lamp, node exporter, container image, aws account, aws free tier account, free tier account, tài khoản aws';
