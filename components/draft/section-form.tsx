'use client';

import { useTranslations } from 'next-intl';
import { useState, type FormEvent, type ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { ButtonLink } from '@/components/ui/button-link';
import { ErrorSummary } from '@/components/ui/error-summary';
import { useRouter } from '@/lib/i18n/navigation';
import type { NoticeDraft } from '@/lib/record/notice';
import { draftProblems, sectionOf, type Section } from './problems';
import { SaveLine } from './save-line';
import { useDraft } from './use-draft';
import { useProblemTexts } from './use-problem-texts';

export interface SectionFields {
  draft: NoticeDraft;
  change: (patch: Partial<NoticeDraft>) => void;
  /** What is wrong with a field, once the officer has asked to go on. */
  error: (path: string) => string | undefined;
}

interface SectionFormProps {
  ocid: string;
  section: Section;
  initial: NoticeDraft;
  /** Where "save and continue" leads, without the language. */
  next: string;
  back: string;
  children: (fields: SectionFields) => ReactNode;
}

/**
 * One part of the draft. Everything is saved as it is typed, whole or not; "save and continue" shows what is missing
 * once, and goes on at the second time: a draft may be left unfinished.
 */
export function SectionForm({ ocid, section, initial, next, back, children }: SectionFormProps) {
  const t = useTranslations('draft.save');
  const ui = useTranslations('ui');
  const router = useRouter();
  const { draft, state, change, flush } = useDraft(ocid, initial);
  const [attempt, setAttempt] = useState(0);
  const [shownAt, setShownAt] = useState(0);
  const [leaving, setLeaving] = useState(false);
  const texts = useProblemTexts();
  const problems =
    attempt > 0 ? draftProblems(draft, shownAt).filter((p) => sectionOf(p.path) === section) : [];
  const errors = Object.fromEntries(problems.map((p) => [p.path, texts.field(p)]));
  const summary = Object.fromEntries(problems.map((p) => [p.path, texts.inForm(p)]));
  const leave = async (to: string) => {
    setLeaving(true);
    if (await flush()) router.push(to);
    else setLeaving(false);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (leaving) return;
    const now = Date.now();
    const open = draftProblems(draft, now).filter((p) => sectionOf(p.path) === section);
    setShownAt(now);
    setAttempt(attempt + 1);
    if (open.length === 0) void leave(next);
    else void flush();
  };
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-8" data-section={section}>
      <ErrorSummary fieldErrors={summary} attempt={attempt} />
      {children({ draft, change, error: (path) => errors[path] })}
      <div className="sticky bottom-0 z-10 -mx-4 flex flex-wrap items-center gap-x-4 gap-y-2 border-t border-line bg-bg px-4 py-3">
        <Button type="submit" aria-disabled={leaving}>
          {leaving ? ui('working') : t('continue')}
        </Button>
        {problems.length > 0 ? (
          <Button variant="secondary" onClick={() => void leave(back)}>
            {t('later')}
          </Button>
        ) : (
          <ButtonLink href={back} variant="quiet">
            {t('toTasks')}
          </ButtonLink>
        )}
        <SaveLine state={state} onRetry={() => void flush()} />
      </div>
    </form>
  );
}
