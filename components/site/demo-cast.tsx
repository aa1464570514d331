import { useTranslations } from 'next-intl';
import type { DemoBar } from '@/lib/server/queries/demo';
import { PersonaButton, PersonaDetail } from './demo-bar';
import { DemoReturn } from './demo-return';

/** Everybody whom a visitor can be, by organization, as one form of buttons. */
export function DemoCast({ personas, current }: DemoBar) {
  const t = useTranslations('demo');
  const organizations = [...new Set(personas.map((persona) => persona.organization))];
  return (
    <section aria-labelledby="cast" className="mt-12">
      <h2 id="cast" className="text-xl">
        {t('enter.cast')}
      </h2>
      <p className="mt-2 max-w-measure text-ink-soft">{t('enter.castLead')}</p>
      <form
        method="post"
        action="/api/demo/persona"
        className="mt-4 grid gap-x-8 gap-y-6 sm:grid-cols-2 lg:grid-cols-3"
      >
        <DemoReturn />
        {organizations.map((organization) => (
          <div key={organization}>
            <h3 className="border-b border-line pb-1 text-base font-semibold">{organization}</h3>
            {personas
              .filter((persona) => persona.organization === organization)
              .map((persona) => (
                <PersonaButton
                  key={persona.slug}
                  slug={persona.slug}
                  name={persona.name}
                  detail={<PersonaDetail persona={persona} />}
                  chosen={persona.slug === current}
                />
              ))}
          </div>
        ))}
      </form>
    </section>
  );
}
