import fc from 'fast-check';

import { parseWorklog } from '../../lib/worklog/parse';
import { manifestSchema } from '../../lib/worklog/schema';

/** Pieces that worklogs are made of, whole and broken. */
const PIECES = [
  '---\n',
  '+++\n',
  'title: Week 4\n',
  'title = "Tuần 5"\n',
  'date: 2025-09-29\n',
  ': [\n',
  '| Day | Task | Start Date | Completion Date | Reference |\n',
  '| --- | --- | --- | --- | --- |\n',
  '|---|\n',
  '| Thứ | Công việc |\n',
  '| 2 |',
  '| CN |',
  ' - **Practice:** <br>',
  '&emsp; + ',
  'Launch an EC2 instance',
  'Tạo S3 bucket',
  'Learn about ',
  '**',
  '`',
  '```\n',
  '<!--',
  '-->',
  '<br>',
  '<br/>',
  '<table><tr><td>',
  '</td></tr></table>',
  '<ul><li>',
  '</li>',
  '](https://000004.awsstudygroup.com/)',
  '[',
  '<https://000013.awsstudygroup.com>',
  '| 08/15/2025 ',
  '| 31/12/2025 |',
  '|',
  '\\|',
  '\n',
  '\r\n',
  '\n\n',
  '# ',
  '### Week 4\n',
  '- ',
  '  ',
  '\t',
  '\u00a0',
  '\u2003',
  '\ue000',
  '\u0000',
  '\u202e',
  '\ud800',
  '../../etc',
  '$(reboot)',
  '; rm -rf /',
  '<script>alert(1)</script>',
  'javascript:alert(1)',
  'constructor',
  '__proto__',
  'toString',
  'x'.repeat(3000),
] as const;

const worklogs = fc.array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: 'binary', maxLength: 8 })), {
  maxLength: 60,
});
const texts = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 400 }),
  worklogs.map((pieces) => pieces.join('')),
);
const read = (text: string, file = 'a.md') => parseWorklog(text, { file, labs: new Map([['Amazon EC2', 'ec2']]) });

describe('any text', () => {
  test('becomes a manifest that the schema accepts', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(manifestSchema.safeParse(read(text)).error).toBeUndefined();
      }),
      { numRuns: 600 },
    );
  });

  test('gives lines that the file has', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const { days, diagnostics } = read(text);
        const exercises = days.flatMap((day) => day.sections.flatMap((section) => section.exercises));
        const last = text.split(/\r\n?|[\n\u2028\u2029]/).length;
        for (const { line } of [...days, ...diagnostics, ...exercises]) expect(line).toBeLessThanOrEqual(last);
      }),
    );
  });

  test('leaves neither control characters nor halves of characters behind', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const { file: _, ...manifest } = read(text);
        const strings: string[] = [];
        JSON.stringify(manifest, (_key, value: unknown) => {
          if (typeof value === 'string') strings.push(value);
          return value;
        });
        for (const string of strings) {
          expect(string).not.toMatch(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/u);
        }
      }),
    );
  });

  test('reads the same from bytes of any kind', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const text = Buffer.from(bytes).toString('latin1');
        expect(read(text)).toEqual(read(text));
      }),
    );
  });
});

describe('hostile text', () => {
  test('a cell of 100,000 characters is cut, and said so', () => {
    const manifest = read(`| Day | Task |\n|---|---|\n| 2 | - Create an EC2 instance ${'x'.repeat(100_000)} |\n`);

    expect(manifest.days[0]?.sections[0]?.exercises[0]?.text.length).toBe(500);
    expect(manifest.diagnostics.map(({ code }) => code)).toContain('worklog/text-cut');
    expect(JSON.stringify(manifest).length).toBeLessThan(3000);
  });

  test('a link that a browser would run is no reference', () => {
    const manifest = read(
      '| Day | Task | Reference |\n|---|---|---|\n| 2 | Create a VPC | [x](javascript:alert(1)) <script>a</script> |\n',
    );

    expect(manifest.days[0]?.references).toEqual([]);
  });

  test('words that JavaScript objects are born with mean nothing', () => {
    const manifest = read(
      '| constructor | toString |\n|---|---|\n| 2 | Create an EC2 instance of __proto__ |\n| hasOwnProperty | x |\n',
    );

    expect(manifest.days.map((day) => day.day)).not.toContain('constructor');
  });
});

describe('time', () => {
  /** Milliseconds of the fastest of three readings. */
  function fastest(text: string): number {
    const times = [0, 1, 2].map(() => {
      const start = process.cpuUsage().user;
      read(text);
      return process.cpuUsage().user - start;
    });
    return Math.min(...times) / 1000;
  }

  test.each([
    [
      'rows',
      '| 2 | - **Practice:** <br> + Launch an EC2 instance <br> + Create a bucket | 01/09/2025 | 02/09/2025 | x |\n',
    ],
    ['list items', '- Create an EC2 instance\n'],
    ['headings', '### Week 4\n'],
    ['open tables', '<table><tr><td>x\n'],
    ['open comments', '<!--\n'],
    ['open fences', '```\n~~~\n'],
    ['brackets', '['],
    ['pipes', '|'],
    ['one line', 'Learn about S3 and configure EC2, '],
    ['blank lines in an open row', '- y\n\n'],
    ['references', '[a]: b\n'],
    ['emphasis', '**a *b '],
  ])('is linear in the number of %s', (_, piece) => {
    const head = '| Day | Task | Start | End | Reference |\n|---|---|---|---|---|\n| 2 | x\n';
    const text = (bytes: number) => head + piece.repeat(Math.ceil(bytes / piece.length));
    read(text(20_000));

    const small = fastest(text(20_000));
    const large = fastest(text(160_000));

    // Eight times the text; quadratic would be 64 times the time. Below 20 ms the clock says nothing.
    expect(large / Math.max(small, 20)).toBeLessThan(24);
  });
});
