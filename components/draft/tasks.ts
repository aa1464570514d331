import { signedKeyset } from '@/lib/procedure/acts/publication';
import { committee } from '@/lib/procedure/state';
import type { TenderView } from '@/lib/server/queries/view';
import { draftProblems, sectionOf, SECTIONS, type Section } from './problems';

export type TaskState =
  | { kind: 'done' }
  | { kind: 'missing'; count: number }
  | { kind: 'todo' }
  | { kind: 'blocked' }
  | { kind: 'ready' }
  | { kind: 'documents'; count: number }
  | { kind: 'accepted' | 'signed'; count: number; of: number };

export interface DraftTasks {
  sections: { section: Section; state: TaskState }[];
  committee: TaskState;
  keyset: TaskState;
  publication: TaskState;
}

/** What is left to do before publication can be asked for. */
export function draftTasks(view: TenderView): DraftTasks {
  const { process, now, uploads } = view;
  const problems = process.draft ? draftProblems(process.draft, now) : [];
  const sections = SECTIONS.map((section) => {
    const count = problems.filter((p) => sectionOf(p.path) === section).length;
    if (section === 'documents')
      return { section, state: { kind: 'documents', count: uploads.length } as const };
    return {
      section,
      state: count === 0 ? ({ kind: 'done' } as const) : ({ kind: 'missing', count } as const),
    };
  });
  const keyset = keysetTask(view);
  const ready = problems.length === 0 && keyset.kind === 'done';
  return {
    sections,
    committee: { kind: committee(process) ? 'done' : 'todo' },
    keyset,
    publication: { kind: ready ? 'ready' : 'blocked' },
  };
}

function keysetTask({ process }: TenderView): TaskState {
  const seats = committee(process)?.seats;
  if (!seats) return { kind: 'blocked' };
  if (signedKeyset(process)) return { kind: 'done' };
  const accepted = seats.filter((s) => s.accepted).length;
  if (accepted < seats.length) return { kind: 'accepted', count: accepted, of: seats.length };
  return { kind: 'signed', count: seats.filter((s) => s.signed).length, of: seats.length };
}
