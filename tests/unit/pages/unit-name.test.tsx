import { readFileSync } from 'node:fs';
import path from 'node:path';
import { NextIntlClientProvider, type Messages } from 'next-intl';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { UnitName, useUnitName } from '@/components/procedure/unit-name';
import type { AppLocale } from '@/lib/i18n/routing';
import { PARTS, type Part, type Unit } from '@/lib/procedure/units';

const notice = {
  language: 'de',
  lots: [
    { id: 'L-7', title: 'Stühle', description: '' },
    { id: 'L-9', title: 'Tische & <Regale>', description: '' },
  ],
};

function texts(locale: AppLocale): Messages {
  const file = path.join(import.meta.dirname, `../../../lib/i18n/messages/${locale}/ui.json`);
  return { ui: JSON.parse(readFileSync(file, 'utf8')) } as Messages;
}

function Plain({ unit }: { unit: Unit }) {
  return useUnitName()(notice, unit);
}

const render = (locale: AppLocale, unit: Unit, as: 'plain' | 'marked') =>
  renderToStaticMarkup(
    <NextIntlClientProvider
      locale={locale}
      messages={texts(locale)}
      timeZone="UTC"
      onError={(e) => {
        throw e;
      }}
    >
      {as === 'plain' ? <Plain unit={unit} /> : <UnitName notice={notice} unit={unit} />}
    </NextIntlClientProvider>,
  );

describe('the name of a unit', () => {
  const cases: [AppLocale, string, Part, string][] = [
    ['en', 'L-9', '', 'Lot 2: Tische &amp; &lt;Regale&gt;'],
    ['en', 'L-7', 'technical', 'Lot 1: Stühle · technical part'],
    ['en', '', 'financial', 'Financial part'],
    ['zh', 'L-7', 'financial', '标段 1：Stühle · 报价部分'],
    ['zh', '', 'technical', '技术部分'],
  ];
  it.each(cases)('in %s of lot "%s" part "%s" is %s', (locale, lot, part, name) => {
    expect(render(locale, { lot, part }, 'plain')).toBe(name);
    expect(render(locale, { lot, part }, 'marked').replace(/<\/?span[^>]*>/g, '')).toBe(name);
  });

  it('marks the language of the title', () => {
    expect(render('en', { lot: 'L-7', part: '' }, 'marked')).toBe(
      '<span>Lot 1: <span lang="de">Stühle</span></span>',
    );
  });

  it('differs from unit to unit', () => {
    const all = ['', 'L-7', 'L-9'].flatMap((lot) =>
      PARTS.map((part) => render('zh', { lot, part }, 'plain')),
    );
    expect(new Set(all).size).toBe(all.length);
  });
});
