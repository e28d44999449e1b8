import { codes, exercises, firstDay, parse, table } from './support';

const ROWS = [
  '| 2 | - Create a VPC | 01/09/2025 | 01/09/2025 | x |',
  '| 3 | - Create a bucket | 02/09/2025 | 02/09/2025 | y |',
];
const steps = (text: string) => parse(text).days.map((day) => [day.day, ...exercises(day)]);

describe('tables', () => {
  const expected = [
    ['2', 'verb: Create a VPC'],
    ['3', 'verb: Create a bucket'],
  ];

  test.each([
    [
      'Windows line ends and a byte order mark',
      `\ufeff${'| Day | Task |\n|---|---|\n| 2 | - Create a VPC |\n| 3 | - Create a bucket |\n'.replaceAll('\n', '\r\n')}`,
    ],
    [
      'Vietnamese headers',
      '| Thứ | Công việc | Ngày bắt đầu |\n|---|---|---|\n| 2 | Create a VPC | 01/09/2025 |\n| 3 | Create a bucket | 02/09/2025 |',
    ],
    ['no pipes at the sides', 'Day | Task\n--- | ---\n2 | Create a VPC\n3 | Create a bucket'],
    [
      'columns in another order',
      '| Task | Date | Day |\n|---|---|---|\n| Create a VPC | 01/09/2025 | 2 |\n| Create a bucket | 02/09/2025 | 3 |',
    ],
    [
      'a delimiter row of another length',
      '| Day | Task |\n|---|---|---|---|\n| 2 | Create a VPC |\n| 3 | Create a bucket |',
    ],
    [
      'no header at all',
      '| 2 | - Create a VPC | 01/09/2025 | 01/09/2025 |\n| 3 | - Create a bucket | 02/09/2025 | 02/09/2025 |',
    ],
    ['blank lines between rows', '| Day | Task |\n|---|---|\n| 2 | Create a VPC |\n\n| 3 | Create a bucket |'],
    [
      'a row broken over lines',
      '| Day | Task | Start |\n|---|---|---|\n| 2 | - Create\na VPC | 01/09/2025 |\n| 3 | - Create a bucket | 02/09/2025 |',
    ],
    [
      'a row broken before its bullets',
      '| Day | Task | Start |\n|---|---|---|\n| 2 |\n- Create a VPC | 01/09/2025 |\n| 3 | - Create a bucket | 02/09/2025 |',
    ],
    [
      'a heading glued to the last row',
      '| Day | Task |\n|---|---|\n| 2 | Create a VPC |\n| 3 | Create a bucket | ### Results |\n\n- Launch EC2',
    ],
    [
      'two tables',
      '| Day | Task |\n|---|---|\n| 2 | Create a VPC |\n\n### More\n\n| Day | Task |\n|---|---|\n| 3 | Create a bucket |',
    ],
    [
      'two tables fused by a second delimiter row',
      '| Day | Task | Start |\n|---|---|---|\n| 2 | Create a VPC | 01/09/2025 |\n|---|---|---|---|\n| T1 | 3 | Create a bucket | 02/09/2025 |',
    ],
    [
      'an HTML table',
      '<table>\n<tr><th>Day</th><th>Task</th></tr>\n<tr><td>2</td><td>Create a VPC</td></tr>\n<tr><td>3</td><td>Create<br/>- a bucket</td></tr></table>',
    ],
    [
      'another table before it',
      '| Service | Use |\n|---|---|\n| S3 | files |\n\n| Day | Task |\n|---|---|\n| 2 | Create a VPC |\n| 3 | Create a bucket |',
    ],
    [
      'a table in a comment before it',
      '<!--\n| Day | Task |\n|---|---|\n| 2 | Launch EC2 |\n-->\n\n| Day | Task |\n|---|---|\n| 2 | Create a VPC |\n| 3 | Create a bucket |',
    ],
    [
      'a table in a code fence before it',
      '```\n| Day | Task |\n|---|---|\n| 2 | Launch EC2 |\n```\n\n| Day | Task |\n|---|---|\n| 2 | Create a VPC |\n| 3 | Create a bucket |',
    ],
  ])('%s', (name, text) => {
    const found = steps(text);

    expect(found.map(([day]) => day)).toEqual(['2', '3']);
    if (name !== 'an HTML table') expect(found).toEqual(expected);
  });

  test('a pipe inside the task, a missing cell and a missing day do not move the dates', () => {
    const manifest = table(
      '| 2 | - Create a VPC | or two | 01/09/2025 | 02/09/2025 | x |',
      '| - Create a bucket | 03/09/2025 | 04/09/2025 | y |',
      '| 4 | - Create a key | 05/09/2025 |',
    );

    expect(manifest.days.map(({ day, start, end }) => [day, start, end])).toEqual([
      ['2', '2025-09-01', '2025-09-02'],
      [null, '2025-09-03', '2025-09-04'],
      ['4', '2025-09-05', null],
    ]);
  });

  test('a heading inside the table is no day', () => {
    expect(table(...ROWS, '| | **Project** | | | |').days).toHaveLength(2);
  });

  test('every exercise of a broken row knows its own line', () => {
    const [day] = parse('| Day | Task |\n|---|---|\n| 2 | - Create a VPC\n- Create a subnet\n|\n').days;

    expect(day?.sections.flatMap((section) => section.exercises.map(({ line }) => line))).toEqual([3, 4]);
  });
});

describe('a file without a task table', () => {
  test('is one row with its period, read from headings and lists', () => {
    const manifest = parse(
      '## Week 6\n\n**Period:** 06/07/2026 - 12/07/2026\n\n## Work\n\n- Created an S3 bucket\n\n## Practice\n\n- Launch EC2\n\n## Results\n\n- Configured IAM\n',
    );

    expect(manifest.days).toHaveLength(1);
    expect(firstDay(manifest)).toMatchObject({ day: null, start: '2026-07-06', end: '2026-07-12' });
    expect(exercises(firstDay(manifest))).toEqual(['verb: Created an S3 bucket', 'marker: Launch EC2']);
    expect(codes(manifest)).toContain('worklog/no-task-table');
  });

  test.each(['', '\n\n', 'nothing', '# Notes\n\nSome words about S3.\n'])(
    'without practice is an empty manifest: %j',
    (text) => {
      const manifest = parse(text);

      expect(manifest.days.flatMap((day) => day.sections)).toEqual([]);
      expect(codes(manifest)).toContain('worklog/nothing-practised');
    },
  );
});

describe('front matter', () => {
  test.each([
    ['YAML', '---\ntitle: "Week 7 Worklog"\n---\n'],
    ['TOML', '+++\ntitle = "Week 7 Worklog"\n+++\n'],
    ['a longer closing rule', '---\ntitle: Week 7 Worklog\n-----\n'],
    ['blank lines around it', '\n---\n\ntitle: Week 7 Worklog\n---\n'],
  ])('%s', (_, text) => {
    const manifest = parse(`${text}\n| Day | Task |\n|---|---|\n| 2 | Create a VPC |\n`);

    expect(manifest).toMatchObject({ week: 7, title: 'Week 7 Worklog', days: [{ day: '2' }] });
    expect(codes(manifest)).toEqual([]);
  });

  test.each([
    ['malformed', '---\ntitle: "Week 7" Worklog: [\n---\n', 3],
    ['unterminated', '---\ntitle: Week 7\n\n', 1],
    ['other', '---js\nprocess.exit(9)\n---\ntitle: Week 7\n', 2],
  ])('%s front matter is pointed out and the rest is read', (kind, text, line) => {
    const manifest = parse(`${text}\n| Day | Task |\n|---|---|\n| 2 | Create a VPC |\n`);

    expect(manifest.days).toHaveLength(1);
    const code = `worklog/front-matter-${kind === 'unterminated' ? 'unterminated' : 'malformed'}`;
    expect(manifest.diagnostics).toContainEqual(expect.objectContaining({ code, line }));
  });

  test('the path decides the week, and a title that differs is pointed out', () => {
    const manifest = parse('---\ntitle: Week 3 Worklog\n---\n', 'content/1.4-Week4/_index.md');

    expect(manifest.week).toBe(4);
    expect(codes(manifest)).toContain('worklog/week-disagrees');
    expect(parse('# Nhật ký tuần 5\n').week).toBe(5);
    expect(codes(parse('# Notes\n'))).toContain('worklog/no-week');
  });
});

describe('language', () => {
  test.each([
    ['vi', 'Tìm hiểu và cấu hình các dịch vụ Amazon S3, Lambda và CloudFront cho ứng dụng'],
    ['en', 'Learn about Amazon S3 and configure a bucket for the website of the team và more'],
    ['vi', 'Tim hieu va cau hinh cac dich vu cua AWS cho tuan nay, thuc hanh tao EC2'],
  ])('%s', (language, words) => {
    expect(table(`| 2 | ${words} | | | |`).language).toBe(language);
  });
});

describe('rows of the template', () => {
  test('that nobody filled in are flagged', () => {
    const manifest = table(
      '| 6 | - **Practice:** <br>&emsp; + Launch an EC2 instance <br>&emsp; + Connect via SSH <br>&emsp; + Attach an EBS volume | 08/15/2025 | 08/15/2025 | |',
      '| 2 | - **Practice:** <br>&emsp; + Launch an EC2 instance <br>&emsp; + Install a web server on it and open port 80 | 01/09/2025 | 01/09/2025 | |',
    );

    expect(manifest.days.map((day) => day.template ?? false)).toEqual([true, false]);
    expect(codes(manifest)).toContain('worklog/template-row');
  });
});
