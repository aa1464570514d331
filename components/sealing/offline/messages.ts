import enBid from '@/lib/i18n/messages/en/bid.json';
import enBidDraft from '@/lib/i18n/messages/en/bidDraft.json';
import enSealer from '@/lib/i18n/messages/en/sealer.json';
import enSealing from '@/lib/i18n/messages/en/sealing.json';
import enUi from '@/lib/i18n/messages/en/ui.json';
import zhBid from '@/lib/i18n/messages/zh/bid.json';
import zhBidDraft from '@/lib/i18n/messages/zh/bidDraft.json';
import zhSealer from '@/lib/i18n/messages/zh/sealer.json';
import zhSealing from '@/lib/i18n/messages/zh/sealing.json';
import zhUi from '@/lib/i18n/messages/zh/ui.json';
import type { AppLocale } from '@/lib/i18n/routing';
import { withInstead, type Texts } from './with-instead';

const NAMESPACES = {
  en: { bid: enBid, bidDraft: enBidDraft, sealer: enSealer, sealing: enSealing, ui: enUi },
  zh: { bid: zhBid, bidDraft: zhBidDraft, sealer: zhSealer, sealing: zhSealing, ui: zhUi },
};

/** The texts of the offline sealer. Where the registry's page says what is not so here, `sealer.instead` says it anew. */
export const MESSAGES: Readonly<Record<AppLocale, Texts>> = {
  en: withInstead(NAMESPACES.en, enSealer.instead),
  zh: withInstead(NAMESPACES.zh, zhSealer.instead),
};
