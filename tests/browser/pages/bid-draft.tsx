import { NextIntlClientProvider } from 'next-intl';
import { createRoot } from 'react-dom/client';
import { BidDraftNotice } from '@/components/sealing/bid-draft-notice';
import { DraftMenu } from '@/components/sealing/draft-menu';
import { useBidDraft } from '@/components/sealing/use-bid-draft';
import { filesOf, withLot, type DraftIdentity } from '@/lib/browser/drafts/draft';
import en from '@/lib/i18n/messages/en/bidDraft.json';
import enSealing from '@/lib/i18n/messages/en/sealing.json';
import enUi from '@/lib/i18n/messages/en/ui.json';
import zh from '@/lib/i18n/messages/zh/bidDraft.json';
import zhSealing from '@/lib/i18n/messages/zh/sealing.json';
import zhUi from '@/lib/i18n/messages/zh/ui.json';

const MESSAGES = {
  en: { bidDraft: en, sealing: enSealing, ui: enUi },
  zh: { bidDraft: zh, sealing: zhSealing, ui: zhUi },
};

/** A bid page of one price and the documents, as small as it can be. */
function BidPage({ identity }: { identity: DraftIdentity }) {
  const bid = useBidDraft(identity);
  const { session, draft } = bid;
  const unitPrice = draft.lots[0]?.prices[0]?.unitPrice ?? '';
  const type = (price: string) =>
    session.update((so) =>
      withLot(so, '', (lot) => ({
        ...lot,
        prices: [{ itemId: 'desk', quantity: '1', unitPrice: price }],
      })),
    );
  return (
    <main>
      <h1>Bid</h1>
      <BidDraftNotice bid={bid} />
      <DraftMenu bid={bid} demonstration />
      {bid.phase !== 'ready' ? null : (
        <>
          <label>
            Price <input id="price" value={unitPrice} onChange={(event) => type(event.target.value)} />
          </label>
          <label>
            Documents{' '}
            <input
              id="documents"
              type="file"
              onChange={(event) => void session.addFiles('', '', [...(event.target.files ?? [])])}
            />
          </label>
          <ul>
            {filesOf(draft).map((file) => (
              <li key={file.id}>{file.name}</li>
            ))}
          </ul>
        </>
      )}
    </main>
  );
}

export function mount(identity: DraftIdentity, locale: 'en' | 'zh' = 'en'): void {
  document.documentElement.lang = locale;
  const root = document.createElement('div');
  document.body.append(root);
  createRoot(root).render(
    <NextIntlClientProvider locale={locale} messages={MESSAGES[locale]} timeZone="UTC">
      <BidPage identity={identity} />
    </NextIntlClientProvider>,
  );
}
