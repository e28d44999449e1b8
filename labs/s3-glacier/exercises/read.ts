// What there is to read: classes and their prices, and how long to keep what.

import { concept } from '../../../lib/kit';
import { AS_OF, comparison, SOURCE } from '../prices';

export const compareClasses = concept({
  id: 'compare-archive-classes',
  rows: ['glacier-1'],
  title: 'Compare the archive classes and what they cost',
  asks: [
    'glacier storage class pricing',
    'glacier storage class',
    'storage class pricing',
    'archive storage class',
    'glacier pricing',
    'storage class',
    'understand glacier',
    'lớp lưu trữ glacier',
    'lớp lưu trữ',
    'chi phí glacier',
  ],
  task: [
    'Three classes of S3 hold archives: Glacier Instant Retrieval is read at once, Flexible Retrieval and Deep Archive are',
    'restored from first. Each charges for a minimum of days, Instant Retrieval for at least 128 KiB of each object, the',
    'other two for 40 KiB beside each object: small objects cost more to archive than they save. What a year costs,',
    `requests and one way back for all of it included (us-east-1, US dollars, ${AS_OF}, ${SOURCE}):`,
    `\n\n${comparison()}\n\n`,
    'More: https://docs.aws.amazon.com/AmazonS3/latest/userguide/glacier-storage-classes.html',
  ].join(' '),
});

export const planRetention = concept({
  id: 'plan-retention',
  rows: ['glacier-a3'],
  title: 'Plan how long to keep what',
  extra: true,
  asks: [
    'archive management retrieval process',
    'archive management',
    'retention strategy',
    'data retention',
    'archive use case',
    'retention',
    'chiến lược lưu trữ',
    'thời hạn lưu trữ',
  ],
  task: [
    'For each kind of data: who asks for it back, how soon, and until when must it stay? S3 Inventory lists what is archived,',
    'S3 Batch Operations restores by list, and a retention is either for people who may lift it (governance) or for nobody',
    '(compliance). See https://docs.aws.amazon.com/AmazonS3/latest/userguide/restoring-objects.html',
  ].join(' '),
});
