'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { useUnitName } from '@/components/procedure/unit-name';
import { Button } from '@/components/ui/button';
import { FileDrop } from '@/components/ui/file-drop';
import { Tag } from '@/components/ui/tag';
import { isNamed } from '@/lib/browser/bid/tender';
import type { OwnBid } from '@/lib/browser/bid/own-bids';
import { bidOfReceipt, withBid, withoutBid } from '@/lib/browser/offline/recorded-bids';
import { formatDateTime } from '@/lib/i18n/format';
import type { SealingKit } from '@/lib/sealing/sealing-kit';
import { RefusedFiles, type RefusedFile } from '../bid/file-lists';

interface ReplacedBidsProps {
  kit: SealingKit;
  tenderer: string;
  own: readonly OwnBid[];
  error: string | undefined;
  onOwn: (own: OwnBid[]) => void;
}

/** Bytes: larger files are no receipts, and are not read. */
const MAX_SIZE = 1_000_000;
const MAX_RECEIPTS = 256;

/** Receipts of what is on record: only the new bid that names the old one takes its place. */
export function ReplacedBids({ kit, tenderer, own, error, onOwn }: ReplacedBidsProps) {
  const t = useTranslations('sealer.replace');
  const [refused, setRefused] = useState<readonly RefusedFile[]>([]);
  const read = async (files: File[]) => {
    const faults: RefusedFile[] = [];
    let bids = [...own];
    for (const file of files.slice(0, MAX_RECEIPTS)) {
      const text = file.size > MAX_SIZE ? '' : await file.text().catch(() => '');
      const answer = bidOfReceipt(text, kit, tenderer);
      if (answer.ok) bids = withBid(bids, answer.bid);
      else faults.push({ id: crypto.randomUUID(), name: file.name, message: t(`faults.${answer.fault}`) });
    }
    setRefused(faults);
    onOwn(bids);
  };
  return (
    <div className="flex flex-col gap-4">
      <FileDrop
        name="receipts"
        label={t('receipts')}
        hint={t('hint')}
        accept=".json,application/json"
        error={error}
        multiple
        disabled={tenderer === ''}
        onFiles={(files) => void read(files)}
      />
      {tenderer === '' ? <p className="text-sm text-ink-soft">{t('idFirst')}</p> : null}
      <RefusedFiles refused={refused} onDismiss={() => setRefused([])} />
      <OwnList {...{ kit, own }} onRemove={(id) => onOwn(withoutBid(own, id))} />
    </div>
  );
}

interface OwnListProps {
  kit: SealingKit;
  own: readonly OwnBid[];
  onRemove: (id: string) => void;
}

function OwnList({ kit, own, onRemove }: OwnListProps) {
  const t = useTranslations('sealer.replace');
  const locale = useLocale();
  const nameOf = useUnitName();
  if (own.length === 0) return null;
  return (
    <ul className="divide-y divide-line border-y border-line" aria-label={t('list')}>
      {own.map(({ id, lot, part, time, standing }) => {
        const name = isNamed({ lot, part }) ? nameOf(kit, { lot, part }) : t('bid');
        return (
          <li key={id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-2">
            <span className="min-w-0 break-words">
              {name}
              <span className="block text-sm text-ink-soft">
                {t('filed', { time: formatDateTime(time, locale, null) })}
              </span>
            </span>
            <span className="flex items-center gap-3">
              {standing === 'live' ? null : <Tag>{t('older')}</Tag>}
              <Button variant="quiet" aria-label={t('removeWhat', { name })} onClick={() => onRemove(id)}>
                {t('remove')}
              </Button>
            </span>
          </li>
        );
      })}
    </ul>
  );
}
