import { useLocale, useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { Choice } from '@/components/ui/choice';
import type { Messages } from '@/lib/i18n/namespaces';

type Part = keyof Messages['demo']['play']['part'];
type Kind = keyof Messages['demo']['play']['kind'];

const kinds: readonly Kind[] = ['plain', 'divided'];

/** In the order in which they act. */
const parts: readonly Part[] = ['officer', 'approver', 'committee', 'bidder', 'evaluator'];

/** Begins a tender of the visitor's own, whose clock starts with the click. */
export function DemoPlay() {
  const t = useTranslations('demo.play');
  const locale = useLocale();
  return (
    <section aria-labelledby="play" className="rounded-lg border border-line bg-surface p-5 sm:p-7">
      <h2 id="play" className="text-xl">
        {t('title')}
      </h2>
      <p className="mt-2 max-w-measure text-ink-soft">{t('lead')}</p>
      <form method="post" action="/api/demo/play" className="mt-4">
        <input type="hidden" name="language" value={locale} />
        <fieldset className="mb-4">
          <legend className="font-semibold">{t('kinds')}</legend>
          <div className="mt-1 flex flex-wrap gap-x-8">
            {kinds.map((kind) => (
              <Choice
                key={kind}
                kind="radio"
                id={`play-${kind}`}
                name="kind"
                value={kind}
                label={t(`kind.${kind}`)}
                defaultChecked={kind === 'plain'}
              />
            ))}
          </div>
        </fieldset>
        <fieldset>
          <legend className="font-semibold">{t('parts')}</legend>
          <div className="mt-1 flex flex-wrap gap-x-8">
            {parts.map((part) => (
              <Choice
                key={part}
                kind="checkbox"
                id={`play-${part}`}
                name="part"
                value={part}
                label={t(`part.${part}`)}
                defaultChecked={part === 'bidder'}
              />
            ))}
          </div>
        </fieldset>
        <Button type="submit" className="mt-4">
          {t('begin')}
        </Button>
      </form>
    </section>
  );
}
