import { codes, firstDay, parse, table } from './support';

const dated = (...rows: readonly (readonly [day: string, start: string, end?: string])[]) =>
  table(...rows.map(([day, start, end]) => `| ${day} | - Read | ${start} | ${end ?? start} | |`));
const starts = (...rows: readonly (readonly [day: string, start: string, end?: string])[]) =>
  dated(...rows).days.map((day) => day.start);
const one = (cell: string) => {
  const { start, end } = firstDay(parse(`| Date | Task |\n|---|---|\n| ${cell} | Read |\n| ${cell} | Read |\n`));
  return [start, end];
};

describe('one date cell', () => {
  test.each([
    ['2026-06-22', '2026-06-22', '2026-06-22'],
    ['22/06/2026', '2026-06-22', '2026-06-22'],
    ['22-06-2026', '2026-06-22', '2026-06-22'],
    ['22.06.26', '2026-06-22', '2026-06-22'],
    ['**22/06/2026**', '2026-06-22', '2026-06-22'],
    ['06/22/2026', '2026-06-22', '2026-06-22'],
    ['22/06 - 26/06/2026', '2026-06-22', '2026-06-26'],
    ['22-26/06/2026', '2026-06-22', '2026-06-26'],
    ['July 20–24, 2026', '2026-07-20', '2026-07-24'],
    ['20 - 24 July 2026', '2026-07-20', '2026-07-24'],
    ['Sep 22, 2025', '2025-09-22', '2025-09-22'],
    ['22nd of September, 2025', '2025-09-22', '2025-09-22'],
    ['ngày 22 tháng 9 năm 2025', '2025-09-22', '2025-09-22'],
    ['TBD', null, null],
    ['dd/mm/2025', null, null],
    ['31/02/2026', null, null],
    ['22/06', null, null],
  ])('%s', (cell, start, end) => {
    expect(one(cell)).toEqual([start, end]);
  });
});

describe('whether day or month comes first', () => {
  test('a number above 12 decides for the whole file', () => {
    expect(starts(['2', '03/11/2025'], ['6', '13/11/2025'])).toEqual(['2025-11-03', '2025-11-13']);
    expect(starts(['2', '11/03/2025'], ['6', '11/13/2025'])).toEqual(['2025-11-03', '2025-11-13']);
  });

  test.each([
    ['2', '3', '4'],
    ['1', '2', '3'],
    ['Mon', 'Tue', 'Wed'],
    ['Thứ hai', 'Thứ 3', 'Thứ tư'],
    ['T2', 'T3', 'T4'],
  ])('the weekdays %s, %s, %s decide', (a, b, c) => {
    // 3, 4 and 5 November 2025 are a Monday, a Tuesday and a Wednesday.
    expect(starts([a, '03/11/2025'], [b, '04/11/2025'], [c, '05/11/2025'])[0]).toBe('2025-11-03');
    expect(starts([a, '11/03/2025'], [b, '11/04/2025'], [c, '11/05/2025'])[0]).toBe('2025-11-03');
  });

  test('CN is a Sunday', () => {
    expect(starts(['CN', '09/11/2025'])).toEqual(['2025-11-09']);
  });

  test('a stated period decides', () => {
    const text =
      '**Period:** November 3-7, 2025\n\n| Task | Start | End |\n|---|---|---|\n| Read | 03/11/2025 | 04/11/2025 |\n';

    expect(firstDay(parse(text))).toMatchObject({ start: '2025-11-03', end: '2025-11-04' });
  });

  test('rows that follow each other decide', () => {
    expect(starts(['', '03/11/2025'], ['', '04/11/2025'], ['', '07/11/2025'])).toEqual([
      '2025-11-03',
      '2025-11-04',
      '2025-11-07',
    ]);
  });

  test('what nothing decides stays open, with a diagnostic that shows it and where it is', () => {
    const manifest = dated(['Part 1', '03/11/2025', '04/12/2025']);

    expect(firstDay(manifest)).toMatchObject({ start: null, end: null });
    expect(manifest.diagnostics).toContainEqual(
      expect.objectContaining({
        code: 'worklog/date-ambiguous',
        line: 5,
        column: 21,
        message: expect.stringContaining('03/11/2025'),
      }),
    );
  });

  test('a date that the order of the file makes impossible is no date', () => {
    const manifest = dated(['2', '22/06/2026'], ['3', '23/06/2026'], ['6', '08/15/2025']);

    expect(manifest.days.map((day) => day.start)).toEqual(['2026-06-22', '2026-06-23', null]);
    expect(codes(manifest)).toContain('worklog/date-unreadable');
  });
});

describe('what is pointed out', () => {
  test('a date apart from the others, and a front matter date apart from the week', () => {
    const text = `---\ndate: 2024-01-01\n---\n| Day | Task | Start |\n|---|---|---|\n${[
      '22/06/2026',
      '23/06/2026',
      '24/06/2026',
      '15/08/2025',
    ]
      .map((date) => `| 2 | Read | ${date} |`)
      .join('\n')}\n`;

    expect(codes(parse(text))).toEqual(
      expect.arrayContaining(['worklog/front-matter-date', 'worklog/date-outside-week']),
    );
  });

  test('an end before its beginning', () => {
    expect(codes(dated(['2', '22/06/2026', '20/06/2026']))).toContain('worklog/date-reversed');
  });

  test('a placeholder is not', () => {
    expect(codes(dated(['2', 'TBD']))).not.toContain('worklog/date-unreadable');
  });
});
