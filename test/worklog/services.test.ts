import catalogue from '../../lib/worklog/lab-catalogue.json';
import { SERVICE_NAMES } from '../../lib/worklog/service-names';
import { codes, firstDay, table, task } from './support';

describe('the services of a day', () => {
  test.each([
    ['Create an Amazon Lambda function', ['AWS Lambda']],
    ['Upload files to AWS S3', ['Amazon S3']],
    ['Configure Route53 records', ['Amazon Route 53']],
    ['Set up Resolver endpoints for hybrid DNS', ['Amazon Route 53']],
    ['Tạo bảng định tuyến và NAT Gateway', ['Amazon VPC']],
    ['Deploy to Lambda@Edge', ['AWS Lambda', 'Amazon CloudFront']],
    ['Connect over SSH', ['Amazon EC2']],
    ['Configure an ALB listener', ['Elastic Load Balancing']],
    ['Run `aws s3 ls`', ['AWS CLI', 'Amazon S3']],
  ])('%s', (line, services) => {
    expect(new Set(task(`- ${line}`).services)).toEqual(new Set(services));
  });

  test.each([
    ['Create an IAM role for EC2', ['AWS IAM']],
    ['Store the RDS password in Secrets Manager', ['AWS Secrets Manager']],
    ['Enable GuardDuty to analyze CloudTrail events', ['Amazon GuardDuty']],
    ['Create an alarm in CloudWatch when EC2 CPU is high', ['Amazon CloudWatch']],
    ['Launch an EC2 instance in a public subnet', ['Amazon EC2']],
    ['Configure the CloudFront origin (e.g. S3, ALB)', ['Amazon CloudFront']],
    ['Configure the `AmazonS3ReadOnlyAccess` policy of IAM', ['AWS IAM']],
    ['Study Redshift; create a Glue crawler', ['AWS Glue']],
    ['Set up RDS instances', ['Amazon RDS']],
    ['Push the image to ECR with a tag', ['Amazon ECR']],
  ])('not all that is named is worked with: %s', (line, services) => {
    expect(task(`- ${line}`).services).toEqual(services);
  });

  test('a heading hands its service down, a study bullet only to a line that names none', () => {
    expect(task('**Amazon ElastiCache**', '- Deploy a Redis cluster').services).toEqual(['Amazon ElastiCache']);
    expect(task('- Learn Amazon S3', '&emsp; + Create a trail').services).toEqual(['AWS CloudTrail']);
  });

  test('a common noun means the service that the row names elsewhere', () => {
    expect(task('- Learn AWS CodePipeline', '- **Practice:** build a pipeline').services).toEqual(['AWS CodePipeline']);
  });

  test('exercises of one practice block stand together; a volume belongs to its instance', () => {
    const day = task('- **Practice:**', '&emsp; + Launch an EC2 instance', '&emsp; + Attach an EBS volume');

    expect(day.sections).toMatchObject([{ service: 'Amazon EC2', lab: 'ec2', exercises: { length: 2 } }]);
    expect(day.services).toEqual(['Amazon EC2', 'Amazon EBS']);
  });

  test('the catalogue names the service only where the text names none, and says so', () => {
    const manifest = table(
      '| 2 | - Practice: complete all steps | 01/09/2025 | 01/09/2025 | <https://000005.awsstudygroup.com> |',
    );

    expect(firstDay(manifest)).toMatchObject({ services: ['Amazon RDS'], labIds: ['000005'] });
    expect(codes(manifest)).toContain('worklog/service-from-catalogue');
  });

  test('a link whose label or row is about another service than the lab is pointed out', () => {
    const row = (link: string) => table(`| 2 | - Create a VPC | 01/09/2025 | 01/09/2025 | ${link} |`);

    expect(codes(row('[Amazon VPC](https://000005.awsstudygroup.com)'))).toContain('worklog/lab-title-differs');
    expect(codes(row('<https://000005.awsstudygroup.com>'))).toContain('worklog/lab-about-other');
    expect(codes(row('<https://000003.awsstudygroup.com>'))).toEqual([]);
    expect(codes(row('<https://999999.awsstudygroup.com>'))).toContain('worklog/unknown-lab');
  });

  test('the catalogue speaks of services by their canonical names', () => {
    const named = Object.values(catalogue).flatMap((lab) => lab.services);

    expect(named.filter((service) => !(service in SERVICE_NAMES))).toEqual([]);
  });
});
