// worklab labs [LAB]: the labs there are, or the exercises of one.

import type { Lab } from '../../kit';
import type { Context } from '../context';
import { unknownLab } from '../options';
import { columns, count } from '../print';

export async function labsCommand(context: Context, id: string | undefined): Promise<number> {
  const only = id === undefined ? undefined : context.labs.get(id);
  if (id !== undefined && only === undefined) throw unknownLab(id, context.labs);
  const labs = [...context.labs]
    .filter(([name]) => id === undefined || name === id)
    .map(([name, lab]) => labOf(name, lab));
  context.result({ labs }, () => (id === undefined ? listText(labs) : exercisesText(labs)));
  return 0;
}

type Listed = ReturnType<typeof labOf>;

const labOf = (id: string, { title, needs = [], exercises, stacks, minutes }: Lab) => ({
  id,
  title,
  needs,
  stacks: stacks.length,
  minutes,
  exercises: exercises.map(({ id: name, title: what, kind, rows, task, guard, extra }) => ({
    id: name,
    title: what,
    kind,
    rows,
    task,
    guarded: guard ?? null,
    extra: extra ?? false,
  })),
});

const listText = (labs: readonly Listed[]): string =>
  columns(
    labs.map(({ id, title, exercises, needs }) => [
      id,
      title,
      count(exercises.length, 'exercise'),
      needs.length === 0 ? '' : `needs ${needs.join(', ')}`,
    ]),
  );

const exercisesText = (labs: readonly Listed[]): string =>
  labs
    .map(({ title, exercises }) => {
      const texts = exercises.map(
        ({ id, title: what, kind, task }) => `${id} (${kind}): ${what}\n  ${task.replaceAll('\n', '\n  ')}\n`,
      );
      return `${title}\n\n${texts.join('\n')}`;
    })
    .join('\n');
