import { NextIntlClientProvider } from 'next-intl';
import { createRoot } from 'react-dom/client';
import { VerifyTool } from '@/components/evidence/verify-tool';
import type { RegistryDescriptor } from '@/lib/evidence/descriptor';
import enCommon from '@/lib/i18n/messages/en/common.json';
import enUi from '@/lib/i18n/messages/en/ui.json';
import enVerify from '@/lib/i18n/messages/en/verify.json';
import zhCommon from '@/lib/i18n/messages/zh/common.json';
import zhUi from '@/lib/i18n/messages/zh/ui.json';
import zhVerify from '@/lib/i18n/messages/zh/verify.json';

const MESSAGES = {
  en: { verify: enVerify, common: enCommon, ui: enUi },
  zh: { verify: zhVerify, common: zhCommon, ui: zhUi },
};

/** What the test decides; it travels as JSON. */
export interface Setting {
  locale: 'en' | 'zh';
  registry: RegistryDescriptor;
  ownNode: string | null;
}

export function mount({ locale, registry, ownNode }: Setting): void {
  document.documentElement.lang = locale;
  const root = document.createElement('main');
  root.className = 'page py-8';
  document.body.append(root);
  createRoot(root).render(
    <NextIntlClientProvider locale={locale} messages={MESSAGES[locale]} timeZone="UTC">
      <h1 className="mb-6 text-2xl">Verify</h1>
      <VerifyTool registry={registry} ownNode={ownNode} embedded={false} />
    </NextIntlClientProvider>,
  );
}
