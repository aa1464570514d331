import { useTranslations } from 'next-intl';
import type { Tone } from '@/components/ui/tag';
import { TaskList, type Task } from '@/components/ui/task-list';
import type { TenderView } from '@/lib/server/queries/view';
import { draftTasks, type TaskState } from './tasks';

const TONES: Record<TaskState['kind'], Tone> = {
  done: 'ok',
  missing: 'warn',
  todo: 'warn',
  blocked: 'neutral',
  ready: 'accent',
  documents: 'neutral',
  accepted: 'accent',
  signed: 'accent',
};

/** The way from an empty draft to publication: the notice, the people who can open the bids, the request. */
export function DraftTaskList({ view }: { view: TenderView }) {
  const t = useTranslations('draft');
  const base = `/tenders/${encodeURIComponent(view.process.ocid)}`;
  const tasks = draftTasks(view);
  const task = (
    key: string,
    state: TaskState,
    texts: { title: string; hint: string },
    href: string,
  ): Task => ({
    key,
    ...texts,
    href,
    status: t(`status.${state.kind}`, state as Record<string, string | number>),
    tone: state.kind === 'documents' && state.count > 0 ? 'ok' : TONES[state.kind],
  });
  const groups = [
    {
      key: 'write',
      tasks: tasks.sections.map(({ section, state }) =>
        task(
          section,
          state,
          { title: t(`sections.${section}.title`), hint: t(`sections.${section}.hint`) },
          `${base}/draft/${section}`,
        ),
      ),
    },
    {
      key: 'committee',
      tasks: (['committee', 'keyset'] as const).map((key) =>
        task(
          key,
          tasks[key],
          { title: t(`sections.${key}.title`), hint: t(`sections.${key}.hint`) },
          `${base}/committee`,
        ),
      ),
    },
    {
      key: 'publish',
      tasks: [
        task(
          'publication',
          tasks.publication,
          { title: t('sections.publication.title'), hint: t('sections.publication.hint') },
          `${base}/draft/check`,
        ),
      ],
    },
  ] as const;
  return (
    <ol className="flex max-w-3xl flex-col gap-10">
      {groups.map((group, n) => (
        <li key={group.key}>
          <h2 className="mb-3 text-xl">
            {n + 1}. {t(`groups.${group.key}`)}
          </h2>
          <TaskList tasks={group.tasks} />
        </li>
      ))}
    </ol>
  );
}
