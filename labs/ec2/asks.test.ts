// Bullets of worklogs → the exercise that each asks for.

import { exerciseFor } from '../../lib/plan/match';
import { exercises } from './exercises';

test.each([
  ['Instance types and their families', 'ec2-1'],
  ['Build an Amazon Machine Image (AMI)', 'ec2-2'],
  ['Launch, then manage, EC2 instances', 'ec2-3'],
  ['Create SSH key pairs', 'ec2-4'],
  ['Security groups and network ACLs', 'ec2-5'],
  ['Security groups', 'ec2-5'],
  ['Allocate Elastic IP addresses', 'ec2-6'],
  ['EBS volumes and snapshots', 'ec2-7'],
  ['EBS volume', 'ec2-7'],
  ['Instance metadata and user data', 'ec2-8'],
  ['States and lifecycle of an EC2 instance', 'ec2-9'],
  ['Monitor instances with CloudWatch', 'ec2-10'],
  ['Restored EBS snapshots', 'ec2-a1'],
  ['Placement groups and tenancy', 'ec2-a2'],
  ['Best practices for EC2 cost optimization', 'ec2-a3'],
  ['Launch an EC2 instance', 'day6-1'],
  ['Launched my first instance', 'day6-1'],
  ['SSH into the instance', 'day6-2'],
  ['Connect over SSH', 'day6-2'],
  ['Attach a second EBS volume', 'day6-3'],
  ['Tìm hiểu các loại instance', 'ec2-1'],
  ['Launch và manage EC2 instances', 'ec2-3'],
  ['Tạo cặp khóa SSH', 'ec2-4'],
  ['Cấu hình security group và network ACL', 'ec2-5'],
  ['Gắn địa chỉ IP tĩnh', 'ec2-6'],
  ['Quản lý EBS volume và snapshot', 'ec2-7'],
  ['Vòng đời và trạng thái của instance', 'ec2-9'],
  ['Giám sát EC2 bằng CloudWatch', 'ec2-10'],
  ['Khởi tạo EC2 instance', 'day6-1'],
  ['Kết nối qua SSH', 'day6-2'],
  ['Gắn thêm một EBS volume', 'day6-3'],
  ['Khôi phục từ snapshot', 'ec2-a1'],
  ['Drink a coffee', undefined],
])('%s asks for %s', (bullet, row) => {
  expect(exerciseFor(bullet, exercises)?.rows[0]).toBe(row);
});

test('twelve exercises are graded: nine of the section on EC2 and three of the practice day', () => {
  const rows = exercises.filter(({ kind, extra }) => kind !== 'concept' && !extra).flatMap((exercise) => exercise.rows);
  expect(rows.filter((row) => row.startsWith('ec2-'))).toHaveLength(9);
  expect(rows.filter((row) => row.startsWith('day6-'))).toHaveLength(3);
});
