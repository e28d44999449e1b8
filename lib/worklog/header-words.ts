// The words that head the columns of a task table, in both languages. Data only.

/** What a column holds. "other" is read by nobody. */
export type Role = 'day' | 'task' | 'start' | 'end' | 'date' | 'reference' | 'other';

/** Roles and the words that name them, separated by commas. The first role that a header names is meant. */
export const HEADER_WORDS: readonly (readonly [Role, string])[] = [
  [
    'other',
    'task id, id, stt, no, status, trạng thái, time spent, result, kết quả, issue, decision, next step, note, ghi chú, hours, số giờ, mục tiêu, objective',
  ],
  ['start', 'start, bắt đầu, from, từ ngày'],
  [
    'end',
    'completion date, end, finish, due, completed on, completed date, completion, complete date, complete, kết thúc, ngày hoàn thành, hoàn thành, deadline, đến ngày',
  ],
  ['reference', 'reference, resource, material, link, source, document, tài liệu, nguồn, tham khảo'],
  [
    'task',
    'task, work, activity, activities, content, công việc, nhiệm vụ, nội dung, hoạt động, description, mô tả, to do, việc',
  ],
  ['day', 'day, thứ, weekday'],
  ['date', 'date, thời gian, timeline'],
  ['day', 'ngày, buổi'],
];
