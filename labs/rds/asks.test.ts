// Bullets of worklogs → the exercise that each asks for.

import { exerciseFor } from '../../lib/plan/match';
import { exercises } from './exercises';

test.each([
  ['Engines of RDS databases', 'rds-1'],
  ['Launch a MySQL instance in RDS', 'rds-2'],
  ['Create a database instance', 'rds-2'],
  ['Option groups and parameter groups', 'rds-3'],
  ['Tune a parameter group', 'rds-3'],
  ['Turn on automated backups, take snapshots', 'rds-4'],
  ['Point in time recovery', 'rds-4'],
  ['Add a read replica', 'rds-5'],
  ['Multi-AZ for high availability', 'rds-6'],
  ['Encryption at rest', 'rds-7'],
  ['Encryption in transit', 'rds-7'],
  ['Subnet groups for the database', 'rds-8'],
  ['Monitor RDS with CloudWatch', 'rds-9'],
  ['Maintenance windows', 'rds-10'],
  ['Engine version upgrades', 'rds-10'],
  ['Performance Insights', 'rds-a1'],
  ['RDS best practices', 'rds-a2'],
  ['Khởi tạo RDS instance', 'rds-2'],
  ['Cấu hình nhóm tham số', 'rds-3'],
  ['Sao lưu tự động', 'rds-4'],
  ['Tạo bản sao đọc', 'rds-5'],
  ['Multi-AZ và tính sẵn sàng cao', 'rds-6'],
  ['Mã hóa dữ liệu', 'rds-7'],
  ['Giám sát RDS bằng CloudWatch', 'rds-9'],
  ['Cửa sổ bảo trì', 'rds-10'],
  ['Drink a coffee', undefined],
])('%s asks for %s', (bullet, row) => {
  expect(exerciseFor(bullet, exercises)?.rows[0]).toBe(row);
});

test('nine exercises are graded, one is to be read, two are extras', () => {
  const graded = exercises.filter(({ kind, extra }) => kind !== 'concept' && !extra);
  const numbers = graded.flatMap(({ rows }) => rows).map((row) => Number(row.replace('rds-', '')));
  expect(numbers.sort((one, other) => one - other)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(exercises.filter(({ extra }) => extra).flatMap(({ rows }) => rows)).toEqual(['rds-a1', 'rds-a2']);
  expect(exercises.filter(({ kind, extra }) => kind === 'concept' && !extra).flatMap(({ rows }) => rows)).toEqual([
    'rds-1',
  ]);
});
