import type { ReactNode } from 'react';
import { Link } from '@/lib/i18n/navigation';
import { Tag, type Tone } from './tag';

export interface Task {
  key: string;
  title: ReactNode;
  hint?: ReactNode;
  /** Absent: the task cannot be started yet. */
  href?: string | undefined;
  status: string;
  tone?: Tone | undefined;
}

/** What is to be done, each with its state; the whole row leads to the task. */
export function TaskList({ tasks }: { tasks: readonly Task[] }) {
  return (
    <ul className="divide-y divide-line border-y border-line">
      {tasks.map((task) => (
        <li
          key={task.key}
          className="relative flex flex-wrap items-center justify-between gap-x-6 gap-y-1 px-1 py-3.5 has-[a:hover]:bg-accent-soft"
        >
          <div className="min-w-0 flex-1 basis-60">
            {task.href ? (
              <Link
                href={task.href}
                aria-describedby={`${task.key}-status`}
                className="link font-semibold after:absolute after:inset-0"
              >
                {task.title}
              </Link>
            ) : (
              <span className="font-semibold text-ink-soft">{task.title}</span>
            )}
            {task.hint ? <div className="text-sm text-ink-soft">{task.hint}</div> : null}
          </div>
          <div id={`${task.key}-status`}>
            <Tag tone={task.tone ?? 'neutral'}>{task.status}</Tag>
          </div>
        </li>
      ))}
    </ul>
  );
}
