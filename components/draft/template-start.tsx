'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { createTender } from '@/app/[locale]/(office)/actions';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { ErrorSummary } from '@/components/ui/error-summary';
import { useRouter } from '@/lib/i18n/navigation';
import type { NoticeDraft } from '@/lib/record/notice';
import { TemplateFile, type TemplateSettings } from './template-file';

type TemplateStartProps = Omit<TemplateSettings, 'locale'>;

/** Two ways to begin: empty, or from a file that is read here in the browser. */
export function TemplateStart(settings: TemplateStartProps) {
  const t = useTranslations('draft.new');
  const ui = useTranslations('ui');
  const locale = useLocale();
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<{ message: string; code: string; attempt: number } | null>(null);
  const begin = async (template?: NoticeDraft) => {
    if (busy) return;
    setBusy(true);
    const fail = (code: string, message: string) => {
      setRefusal((before) => ({ code, message, attempt: (before?.attempt ?? 0) + 1 }));
      setBusy(false);
    };
    try {
      const result = await createTender({ language: locale, ...(template ? { template } : {}) });
      // Busy until the page has gone: a second click must not begin a second tender.
      if (result.ok) router.push(`/tenders/${encodeURIComponent(result.ocid)}/draft`);
      else fail(result.code, result.message);
    } catch {
      fail('UNREACHABLE', ui('failure'));
    }
  };
  return (
    <div className="flex flex-col gap-6">
      <ErrorSummary message={refusal?.message} code={refusal?.code} attempt={refusal?.attempt} />
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_minmax(0,2fr)]">
        <Card className="flex flex-col gap-3">
          <h2 className="text-xl">{t('emptyTitle')}</h2>
          <p className="text-ink-soft">{t('emptyBody')}</p>
          <div>
            <Button variant="secondary" aria-disabled={busy} onClick={() => void begin()}>
              {busy ? ui('working') : t('emptyAction')}
            </Button>
          </div>
        </Card>
        <Card className="flex flex-col gap-4">
          <h2 className="text-xl">{t('templateTitle')}</h2>
          <p className="max-w-measure text-ink-soft">{t('templateBody')}</p>
          <TemplateFile
            settings={{ ...settings, locale }}
            busy={busy}
            onStart={(draft) => void begin(draft)}
          />
        </Card>
      </div>
    </div>
  );
}
