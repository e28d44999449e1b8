import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { manifestJsonSchema, manifestSchema } from '../../lib/worklog/schema';
import { table } from './support';

test('the JSON Schema in the package is the one that the definition makes (npm run schema)', () => {
  const file = join(__dirname, '../../lib/worklog/manifest.schema.json');

  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(JSON.parse(JSON.stringify(manifestJsonSchema())));
});

test('it accepts a manifest and refuses what is none', () => {
  const manifest = table('| 2 | - Create a VPC | 01/09/2025 | 01/09/2025 | <https://000003.awsstudygroup.com> |');

  expect(manifestSchema.parse(manifest)).toEqual(manifest);
  for (const wrong of [{ week: 0 }, { language: 'fr' }, { days: [{}] }, { file: null }]) {
    expect(manifestSchema.safeParse({ ...manifest, ...wrong }).success).toBe(false);
  }
});
