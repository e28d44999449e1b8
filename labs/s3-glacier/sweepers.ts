// What a run can leave behind in S3: what is in its buckets, and the buckets.

import type { Sweeper } from '../../lib/kit';
import { buckets, contents, uploads } from './sweepers/s3';

export const sweepers: readonly Sweeper[] = [uploads, contents, buckets];
