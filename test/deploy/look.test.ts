import { notEmulatedIn } from '../../lib/deploy/look';

const template = {
  Resources: { Key: { Type: 'AWS::EC2::KeyPair' }, Vpc: { Type: 'AWS::EC2::VPC' }, Portal: { Type: 'AWS::Made::Up' } },
};

test('a resource without a physical id was skipped, and one that says so is only played', () => {
  const listed = [
    { LogicalResourceId: 'Vpc', PhysicalResourceId: 'vpc-1' },
    { LogicalResourceId: 'Key', PhysicalResourceId: '' },
    { LogicalResourceId: 'Portal', PhysicalResourceId: 'portal-1', ResourceStatusReason: 'not emulated: nobody can' },
  ];

  expect(notEmulatedIn(template, listed)).toEqual([
    { type: 'AWS::EC2::KeyPair', logicalId: 'Key' },
    { type: 'AWS::Made::Up', logicalId: 'Portal' },
  ]);
});

test('a resource that is not listed at all was skipped in silence', () => {
  expect(notEmulatedIn(template, []).map(({ logicalId }) => logicalId)).toEqual(['Key', 'Vpc', 'Portal']);
});

test('one that is not listed since its condition does not hold was not asked for', () => {
  const conditional = { Resources: { Vpc: { Type: 'AWS::EC2::VPC', Condition: 'HasNone' } } };

  expect(notEmulatedIn(conditional, [])).toEqual([]);
  expect(notEmulatedIn(conditional, [{ LogicalResourceId: 'Vpc', PhysicalResourceId: '' }])).toHaveLength(1);
});
