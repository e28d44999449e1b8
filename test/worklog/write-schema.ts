// The definition of a manifest → lib/worklog/manifest.schema.json. Run by `npm run schema`; a test says when it is stale.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { manifestJsonSchema } from '../../lib/worklog/schema';

const file = join(__dirname, '../../lib/worklog/manifest.schema.json');
writeFileSync(file, `${JSON.stringify(manifestJsonSchema(), null, 2)}\n`);
