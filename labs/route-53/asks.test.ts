// Bullets of worklogs → the exercise that each asks for.

import { exerciseFor } from '../../lib/plan/match';
import { exercises } from './exercises';

test.each([
  ['Understand DNS in Route 53', 'r53-1'],
  ['Concepts and features of Route 53 DNS', 'r53-1'],
  ['Register a domain name and manage it', 'r53-2'],
  ['Create hosted zones and record sets', 'r53-3'],
  ['Configure routing policies: simple, weighted and latency', 'r53-4'],
  ['Weighted routing', 'r53-4'],
  ['Add health checks and DNS failover', 'r53-5'],
  ['Set up failover', 'r53-5'],
  ['Point alias records at AWS resources', 'r53-6'],
  ['Build a traffic flow for advanced routing', 'r53-7'],
  ['Write a traffic policy', 'r53-7'],
  ['Set up Route 53 Resolver for hybrid DNS', 'r53-8'],
  ['Enable DNSSEC to secure the domain', 'r53-9'],
  ['Log DNS queries to CloudWatch Logs', 'r53-10'],
  ['Private hosted zones', 'r53-a1'],
  ['Records of various DNS record types', 'r53-a2'],
  ['DNS metrics', 'r53-a3'],
  ['Đăng ký tên miền', 'r53-2'],
  ['Tạo hosted zone', 'r53-3'],
  ['Cấu hình chính sách định tuyến', 'r53-4'],
  ['Giám sát truy vấn DNS', 'r53-10'],
  ['Drink a coffee', undefined],
])('%s asks for %s', (bullet, row) => {
  expect(exerciseFor(bullet, exercises)?.rows[0]).toBe(row);
});

test('nine exercises are graded: six are provisioned, one is done, two are guarded', () => {
  const graded = exercises.filter(({ kind, extra }) => kind !== 'concept' && !extra);
  expect(graded).toHaveLength(9);
  expect(graded.filter(({ guard }) => guard !== undefined).map(({ rows }) => rows[0])).toEqual(['r53-2', 'r53-8']);
  expect(graded.filter(({ kind, guard }) => kind === 'provision' && guard === undefined)).toHaveLength(6);
});
