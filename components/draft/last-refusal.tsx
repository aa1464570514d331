import { useTranslations } from 'next-intl';
import { LocalTime } from '@/components/ui/local-time';
import { Notice } from '@/components/ui/notice';
import { last, publicationRequest, type Process } from '@/lib/procedure/state';

/** Why an approver sent the draft back, until publication is asked for again. */
export function LastRefusal({ process, people }: { process: Process; people: Record<string, string> }) {
  const t = useTranslations('draft.refused');
  const refused = last(process, 'publication-refused');
  const asked = last(process, 'publication-requested');
  // Asked again since, or waiting now: the reason is answered.
  if (!refused || publicationRequest(process) || (asked && asked.time > refused.time)) return null;
  const name = people[refused.actor.person];
  return (
    <Notice tone="warn" title={t('title')} className="max-w-3xl">
      <p className="whitespace-pre-line">{refused.data.reason}</p>
      <p className="mt-1 text-sm text-ink-soft">
        {name ? `${name} · ` : null}
        <LocalTime instant={refused.time} />
      </p>
    </Notice>
  );
}
