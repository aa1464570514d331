import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { classNames } from '@/components/ui/class-names';
import type { Messages } from '@/lib/i18n/namespaces';
import type { DemoBar as DemoBarData } from '@/lib/server/queries/demo';
import { DemoReturn } from './demo-return';

type RoleName = keyof Messages['demo']['roles'];
type Persona = DemoBarData['personas'][number];

/** Says that this registry is a demonstration, and lets the visitor be somebody else. Works without JavaScript. */
export function DemoBar({ personas, current, name }: DemoBarData) {
  const t = useTranslations('demo');
  return (
    <div className="border-b border-line bg-accent-soft text-sm">
      <div className="page flex flex-wrap items-center gap-x-6">
        <p className="mr-auto py-2 sm:max-lg:[&>span:last-child]:sr-only">
          <span className="font-semibold">{t('title')}</span>{' '}
          <span className="text-ink-soft">{t('sentence')}</span>
        </p>
        <details className="group relative max-sm:w-full">
          <summary className="flex min-h-11 cursor-pointer list-none items-center gap-2 [&::-webkit-details-marker]:hidden">
            <span className="text-ink-soft">{t('youAre')}</span>
            <span className="font-semibold">{name ?? t('citizen')}</span>
            <svg viewBox="0 0 12 12" aria-hidden="true" className="size-3 group-open:rotate-180">
              <path d="m2 4 4 4 4-4" fill="none" stroke="currentColor" strokeWidth="1.6" />
            </svg>
          </summary>
          <form
            method="post"
            action="/api/demo/persona"
            aria-label={t('switch')}
            className="absolute right-0 z-40 max-h-[70vh] w-88 overflow-y-auto rounded-lg border border-line bg-surface p-2 shadow-xl max-sm:left-0 max-sm:w-full"
          >
            <DemoReturn />
            <PersonaButton slug="" name={t('citizen')} detail={t('citizenDetail')} chosen={name === null} />
            {personas.map((persona) => (
              <PersonaButton
                key={persona.slug}
                slug={persona.slug}
                name={persona.name}
                detail={<PersonaDetail persona={persona} />}
                chosen={persona.slug === current}
              />
            ))}
          </form>
        </details>
      </div>
    </div>
  );
}

export function PersonaDetail({ persona }: { persona: Persona }) {
  const t = useTranslations('demo.roles');
  const known = (role: string): role is RoleName => t.has(role as RoleName);
  const roles = persona.roles.filter(known).map((role) => t(role));
  return `${roles.join(', ')} · ${persona.organization}`;
}

interface PersonaButtonProps {
  slug: string;
  name: string;
  detail: ReactNode;
  chosen: boolean;
}

export function PersonaButton({ slug, name, detail, chosen }: PersonaButtonProps) {
  return (
    <button
      name="persona"
      value={slug}
      aria-current={chosen ? 'true' : undefined}
      className={classNames(
        'flex min-h-11 w-full flex-col rounded-md px-3 py-1.5 text-left leading-snug hover:bg-accent-soft',
        chosen && 'bg-accent-soft',
      )}
    >
      <span className="font-semibold">{name}</span>
      <span className="text-ink-soft">{detail}</span>
    </button>
  );
}
