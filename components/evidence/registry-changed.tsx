'use client';

import { useTranslations } from 'next-intl';
import { descriptorFile, type DescriptorField, type Kept, type Trust } from '@/lib/browser/verify/pin';
import type { RegistryDescriptor } from '@/lib/evidence/descriptor';
import { Button } from '../ui/button';
import { ConfirmDialog } from '../ui/confirm-dialog';
import { LocalTime } from '../ui/local-time';
import { Notice } from '../ui/notice';
import { saveText } from './save-text';

interface RegistryChangedProps {
  /** What the server sent with this page. */
  page: RegistryDescriptor;
  trust: Trust;
  kept: Kept;
  embedded: boolean;
  onPin: (registry: RegistryDescriptor) => void;
}

/** The server names another registry than the one that is trusted: what changed, what it may mean, what to do. */
export function RegistryChanged({ page, trust, kept, embedded, onPin }: RegistryChangedProps) {
  const t = useTranslations('verify.changed');
  if (kept.state === 'damaged' && trust.source === 'page') return <Damaged page={page} onPin={onPin} />;
  if (trust.differs.length === 0) return null;
  const own = trust.source === 'own';
  const file = descriptorFile(trust.registry);
  return (
    <div data-registry-changed={trust.differs.join(' ')}>
      <Notice
        tone="bad"
        live
        title={<span className="text-lg">{t(own ? 'titleOwn' : 'title')}</span>}
        className="border-l-8"
      >
        <p>
          {kept.state === 'pinned' && !own
            ? t.rich('since', { time: () => <LocalTime instant={kept.pin.since} /> })
            : t('sinceOwn')}
        </p>
        <Changes fields={trust.differs} trusted={trust.registry} page={page} />
        <p>
          {t('means')} {embedded ? t('meansDemo') : null}
        </p>
        <ul className="my-2 list-disc pl-5">
          <li>{t(own ? 'goesOnOwn' : 'goesOn')}</li>
          <li>{t('ask')}</li>
          {own ? null : <li>{t('then')}</li>}
        </ul>
        {own ? null : (
          <div data-print="hide" className="mt-4 flex flex-wrap gap-3">
            <Button variant="secondary" onClick={() => saveText(file.text, file.name)}>
              {t('download')}
            </Button>
            <Replace page={page} onPin={onPin} />
          </div>
        )}
      </Notice>
    </div>
  );
}

function Damaged({ page, onPin }: Pick<RegistryChangedProps, 'page' | 'onPin'>) {
  const t = useTranslations('verify.changed');
  return (
    <div data-registry-changed="damaged">
      <Notice tone="bad" live title={<span className="text-lg">{t('damagedTitle')}</span>}>
        <p>{t('damagedBody')}</p>
        <div data-print="hide" className="mt-4">
          <Replace page={page} onPin={onPin} />
        </div>
      </Notice>
    </div>
  );
}

function Replace({ page, onPin }: Pick<RegistryChangedProps, 'page' | 'onPin'>) {
  const t = useTranslations('verify.changed');
  return (
    <ConfirmDialog
      trigger={t('replace')}
      triggerVariant="danger"
      danger
      title={t('confirmTitle')}
      confirmLabel={t('confirm')}
      onConfirm={() => onPin(page)}
    >
      <p>{t('confirmBody')}</p>
    </ConfirmDialog>
  );
}

interface ChangesProps {
  fields: readonly DescriptorField[];
  trusted: RegistryDescriptor;
  page: RegistryDescriptor;
}

function Changes({ fields, trusted, page }: ChangesProps) {
  const t = useTranslations('verify');
  return (
    <dl className="my-3 flex flex-col gap-3">
      {fields.map((field) => (
        <div key={field} data-changed={field}>
          <dt>
            <span className="font-semibold">{t(`registry.${field}`)}</span>
            {': '}
            {t(`changed.field.${field}`)}
          </dt>
          {(['trusted', 'now'] as const).map((which) => (
            <dd key={which} className="grid gap-x-3 text-sm sm:grid-cols-[9rem_1fr]">
              <span className="text-ink-soft">{t(`changed.${which}`)}</span>
              <code className="break-all font-mono">
                {String((which === 'trusted' ? trusted : page)[field] ?? '–')}
              </code>
            </dd>
          ))}
        </div>
      ))}
    </dl>
  );
}
