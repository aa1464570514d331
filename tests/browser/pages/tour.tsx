import { NextIntlClientProvider, type Messages } from 'next-intl';
import type { ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import type { TourData } from '@/app/[locale]/(public)/verify/tour/read-tour';
import { Steps } from '@/app/[locale]/(public)/verify/tour/steps';
import { AddressedRecord } from '@/components/evidence/addressed-record';
import { TourProvider } from '@/components/tour/tour-provider';
import { TreePlay } from '@/components/tree/tree-play';
import enTour from '@/lib/i18n/messages/en/tour.json';
import enTourPlay from '@/lib/i18n/messages/en/tourPlay.json';
import enTreePlay from '@/lib/i18n/messages/en/treePlay.json';
import enUi from '@/lib/i18n/messages/en/ui.json';
import enVerify from '@/lib/i18n/messages/en/verify.json';
import zhTour from '@/lib/i18n/messages/zh/tour.json';
import zhTourPlay from '@/lib/i18n/messages/zh/tourPlay.json';
import zhTreePlay from '@/lib/i18n/messages/zh/treePlay.json';
import zhUi from '@/lib/i18n/messages/zh/ui.json';
import zhVerify from '@/lib/i18n/messages/zh/verify.json';

type Language = 'en' | 'zh';

const MESSAGES: Record<Language, Partial<Messages>> = {
  en: { tour: enTour, tourPlay: enTourPlay, treePlay: enTreePlay, ui: enUi, verify: enVerify },
  zh: { tour: zhTour, tourPlay: zhTourPlay, treePlay: zhTreePlay, ui: zhUi, verify: zhVerify },
};

function mount(locale: Language, children: ReactNode): void {
  document.documentElement.lang = locale;
  const main = document.createElement('main');
  main.className = 'page';
  document.body.append(main);
  createRoot(main).render(
    <NextIntlClientProvider
      locale={locale}
      messages={MESSAGES[locale]}
      timeZone="UTC"
      onError={(error) => {
        throw error;
      }}
    >
      <h1>Test</h1>
      {children}
    </NextIntlClientProvider>,
  );
}

export function mountTour(locale: Language, tour: TourData): void {
  mount(
    locale,
    <TourProvider facts={tour.facts}>
      <Steps tour={tour} />
    </TourProvider>,
  );
}

export function mountTree(locale: Language): void {
  mount(
    locale,
    <section>
      <h2>Tree</h2>
      <TreePlay />
    </section>,
  );
}

const handed: string[] = [];
/** Files that were handed over, by name and content. */
export const whatWasHanded = () => handed;

let answered = 0;
/** How often the page was told that there is something to see. */
export const howOftenAnswered = () => answered;

const countAnswer = () => void (answered += 1);

export function mountAddressed(ready: boolean, locale: Language = 'en'): void {
  const take = (file: File) => void file.text().then((text) => handed.push(`${file.name}: ${text}`));
  mount(locale, <AddressedRecord ready={ready} onEvidence={take} onAnswer={countAnswer} />);
}
