// A row of tasks → whether it is a row of the programme's template that nobody filled in.

import { wordsOf } from './phrases';

/** Tasks that the template gives as examples, as bags of words: people change blanks and signs, not words. */
const TEMPLATE: readonly string[] = [
  'get acquainted with fcj members read and take note of internship unit rules and regulations',
  'learn about aws and its types of services compute storage networking database',
  'create aws free tier account learn about aws console aws cli practice create aws account install configure aws cli how to use aws cli',
  'learn basic ec2 instance types ami ebs ssh connection methods to ec2 learn about elastic ip',
  'practice launch an ec2 instance connect via ssh attach an ebs volume',
  'làm quen với các thành viên fcj đọc và lưu ý các nội quy quy định tại đơn vị thực tập',
  'tìm hiểu aws và các loại dịch vụ compute storage networking database',
  'tạo aws free tier account tìm hiểu aws console aws cli thực hành tạo aws account cài aws cli cấu hình cách sử dụng aws cli',
  'tìm hiểu ec2 cơ bản instance types ami ebs các cách remote ssh vào ec2 tìm hiểu elastic ip',
  'thực hành tạo ec2 instance kết nối ssh gắn ebs volume',
];

let bags: readonly ReadonlySet<string>[] | undefined;
const templateBags = (): readonly ReadonlySet<string>[] => {
  bags ??= TEMPLATE.map((text) => new Set(wordsOf(text).map((word) => word.text)));
  return bags;
};

/** No row of the template is longer. */
const LONGEST = 300;
/** So much of the words must be shared, both ways. */
const ALIKE = 0.8;

/** True if a task says nothing but what the template says. */
export function isTemplateRow(task: string): boolean {
  if (task.length > LONGEST) return false;
  const words = new Set(wordsOf(task).map((word) => word.text));
  if (words.size < 4) return false;
  return templateBags().some((bag) => {
    const shared = [...words].filter((word) => bag.has(word)).length;
    return shared / words.size >= ALIKE && shared / bag.size >= ALIKE;
  });
}
