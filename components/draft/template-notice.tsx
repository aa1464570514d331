import { useTranslations } from 'next-intl';
import { Notice } from '@/components/ui/notice';
import type { NoticeDraft } from '@/lib/record/notice';

/** Says after which published notice this draft was begun. */
export function TemplateNotice({ template }: { template: NoticeDraft['template'] }) {
  const t = useTranslations('draft.tasks');
  if (!template) return null;
  return (
    <Notice className="max-w-3xl">
      {t('template', {
        ocid: template.ocid,
        release: template.releaseId,
        publisher: template.publisher || t('unknownPublisher'),
      })}
    </Notice>
  );
}
