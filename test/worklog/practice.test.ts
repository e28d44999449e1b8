import { exercises, task } from './support';

describe('what counts as practice', () => {
  test('a marker makes every leaf under it an exercise, a line with lines under it is only their heading', () => {
    const day = task(
      '- **Practice:**',
      '&emsp; + **AWS KMS:**',
      '&emsp;&emsp; - Understand keys',
      '&emsp;&emsp; - Create a key',
    );

    expect(exercises(day)).toEqual(['marker: Understand keys', 'marker: Create a key']);
    expect(day.sections).toMatchObject([{ service: 'AWS KMS', heading: 'AWS KMS' }]);
  });

  test('a marker with nothing under it stands for the lines beside it, until something is learnt', () => {
    const day = task('- **Thực hành:**', '- Tạo VPC', '- Gắn Internet Gateway', '- Tìm hiểu AWS WAF');

    expect(exercises(day)).toEqual(['marker: Tạo VPC', 'marker: Gắn Internet Gateway']);
    expect(day.services).toEqual(['Amazon VPC']);
  });

  test('where a row has a practice block, what stands outside it is theory', () => {
    const day = task('- Configure budgets', '- **Practice:**', '&emsp; + Create a cost budget');

    expect(exercises(day)).toEqual(['marker: Create a cost budget']);
  });

  test.each([
    ['- Lab 13: Deploy AWS Backup', 'label'],
    ['- Practice: switch roles with IAM', 'label'],
    ['- Practice creating an S3 bucket', 'inline'],
    ['- Study SNS and perform a hands-on lab on topics', 'inline'],
    ['- Làm lab 57 với S3', 'inline'],
    ['- Launch an EC2 instance', 'verb'],
    ['- Đã cấu hình AWS WAF', 'verb'],
    ['- Successfully created a Lambda function', 'verb'],
    ['- Use Athena to look into the logs', 'verb'],
    ['- [Data Protection](https://000013.awsstudygroup.com/)', 'lab-link'],
  ])('%s rests on evidence of the kind %s', (line, evidence) => {
    expect(exercises(task(line))).toEqual([expect.stringContaining(`${evidence}: `)]);
  });

  test.each([
    '- Understand Amazon EC2',
    '- Learn how to create an EC2 instance and configure a security group',
    '- Tìm hiểu cách tạo S3 bucket',
    '- Review the lab of last week',
    '- Read about best practices of IAM',
    '- Attend a workshop on Bedrock',
    '- Team meeting about the S3 design',
    '- Amazon CloudFront: distributions, origins, cached content',
    '- Monitoring with Amazon CloudWatch',
    '- Design an architecture with Lambda and DynamoDB',
    '- Build the login screen in React',
    '- Xây dựng component hiển thị tệp trên S3',
    '- Coursera practice exam on EC2',
    '- New lab will be coming soon',
  ])('%s is no practice', (line) => {
    expect(exercises(task(line))).toEqual([]);
  });

  test('an exercise under something to learn counts through its verb; an -ing form there is a topic', () => {
    const day = task('- Deep dive into CloudTrail', '&emsp; + Create a trail', '&emsp; + Configuring events');

    expect(exercises(day)).toEqual(['verb: Create a trail']);
  });

  test('what stands under a plan was not done', () => {
    expect(
      exercises(task('- Design the API:', '&emsp; + Configure API Gateway', '&emsp; + Create Lambda functions')),
    ).toEqual([]);
  });

  test('work with Docker or Terraform counts and names no service', () => {
    const day = task('- Build a Docker image', '- Write Terraform modules');

    expect(exercises(day)).toHaveLength(2);
    expect(day.services).toEqual([]);
  });

  test('deeper indentation alone makes a child, whatever the sign', () => {
    const day = task(
      '- **Practice:**',
      '&emsp; - AWS KMS',
      '&emsp;&emsp; - Create a key',
      '&emsp; - Amazon SQS',
      '&emsp;&emsp; - Create a queue',
    );

    expect(exercises(day)).toEqual(['marker: Create a key', 'marker: Create a queue']);
  });

  test('children are seen by deeper indentation, by another sign, and in HTML lists', () => {
    for (const lines of [
      ['- **Practice:**', '&emsp; + Create a VPC', '&emsp; + Create a subnet'],
      ['- **Practice:**', '+ Create a VPC', '+ Create a subnet'],
      ['**Practice**', '• Create a VPC', '• Create a subnet'],
      ['Practice:<ul><li>Create a VPC</li><li>Create a subnet</li></ul>'],
    ]) {
      expect(exercises(task(...lines))).toEqual(['marker: Create a VPC', 'marker: Create a subnet']);
    }
  });
});
