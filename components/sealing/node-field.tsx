'use client';

import { useTranslations } from 'next-intl';
import { TextInput } from '@/components/ui/text-input';

/** Which node this browser asks whether bids are closed: the reader's choice, out of the way until it is wanted. */
export function NodeField({ node, onChange }: { node: string; onChange: (node: string) => void }) {
  const t = useTranslations('office.opening.chain');
  return (
    <details className="max-w-measure">
      <summary className="link w-fit cursor-pointer py-2">{t('node')}</summary>
      <div className="pt-3">
        <TextInput
          name="node"
          type="url"
          label={t('address')}
          hint={t('hint')}
          value={node}
          onChange={(event) => onChange(event.target.value)}
        />
      </div>
    </details>
  );
}
