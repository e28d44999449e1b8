// A schedule expression → how often it runs, as far as a learner writes them. Pure.

/** Fields of AWS's cron: minutes, hours, day of month, month, day of week, year. */
const CRON = /^cron\((\S+) (\S+) (\S+) (\S+) (\S+) (\S+)\)$/;
const RATE = /^rate\((\d+) (minute|hour|day)s?\)$/;
const EVERY = new Set(['*', '?']);
const ONE_DAY = /^(?:[1-7]|SUN|MON|TUE|WED|THU|FRI|SAT)$/i;
const ONE_TIME = /^\d{1,2}$/;

export type Rhythm = 'daily' | 'weekly' | 'another';

/** Daily: once on every day. Weekly: once on one day of the week. */
export function rhythmOf(schedule: string): Rhythm {
  const [, amount = '', unit = ''] = RATE.exec(schedule) ?? [];
  const rate = `${amount} ${unit}`;
  if (rate === '1 day' || rate === '24 hour') return 'daily';
  if (rate === '7 day' || rate === '168 hour') return 'weekly';
  const [, minute = '', hour = '', date = '', month = '', day = '', year = ''] = CRON.exec(schedule) ?? [];
  const atOneTime = ONE_TIME.test(minute) && ONE_TIME.test(hour);
  if (!atOneTime || !EVERY.has(date) || !EVERY.has(month) || !EVERY.has(year)) return 'another';
  if (EVERY.has(day)) return 'daily';
  return ONE_DAY.test(day) ? 'weekly' : 'another';
}
