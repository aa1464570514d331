import type { Metadata } from 'next';
import { useLocale, useTranslations } from 'next-intl';
import { getTranslations } from 'next-intl/server';
import { FigureAnchor } from '@/components/site/figure-anchor';
import { FigureCheck } from '@/components/site/figure-check';
import { FigureLog } from '@/components/site/figure-log';
import { FigureSealed } from '@/components/site/figure-sealed';
import { TreePlay } from '@/components/tree/tree-play';
import { buttonClass } from '@/components/ui/button';
import { PageHeader } from '@/components/ui/page-header';
import type { StageName } from '@/components/ui/stage-timeline';
import { Messages } from '@/lib/i18n/messages';
import { getPathname } from '@/lib/i18n/navigation';
import { Section } from './section';
import { TrustTable } from './trust-table';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('how');
  return { title: t('title'), description: t('lead') };
}

const sections = ['sealed', 'log', 'play', 'anchor', 'stages', 'check', 'trust', 'limits'] as const;
const checks = ['file', 'read', 'ranking', 'log', 'offline'] as const;
const stages: readonly StageName[] = [
  'planning',
  'tender',
  'bids',
  'opening',
  'evaluation',
  'award',
  'contract',
  'implementation',
];

export default function HowItWorksPage() {
  const t = useTranslations('how');
  return (
    <div className="page pt-10 sm:pt-14">
      <PageHeader title={t('title')} lead={t('lead')} />
      <nav aria-label={t('contents')} data-print="hide" className="mb-12">
        <p className="text-sm font-semibold text-ink-soft">{t('contents')}</p>
        <ol className="mt-1 gap-x-16 sm:columns-2">
          {sections.map((section) => (
            <li key={section}>
              <a href={`#${section}`} className="link inline-block py-1.5">
                {t(`${section}.title`)}
              </a>
            </li>
          ))}
        </ol>
      </nav>
      <div className="flex flex-col gap-14">
        <Section id="sealed" title={t('sealed.title')} picture={<FigureSealed />}>
          <p>{t('sealed.p1')}</p>
          <p>{t('sealed.p2')}</p>
          <p>{t('sealed.p3')}</p>
        </Section>
        <Section id="log" title={t('log.title')} picture={<FigureLog />}>
          <p>{t('log.p1')}</p>
          <p>{t('log.p2')}</p>
          <p>{t('log.p3')}</p>
        </Section>
        <Play />
        <Section id="anchor" title={t('anchor.title')} picture={<FigureAnchor />}>
          <p>{t('anchor.p1')}</p>
          <p>{t('anchor.p2')}</p>
        </Section>
        <Stages />
        <Checks />
        <Section id="trust" title={t('trust.title')} wide>
          <p className="mb-5 text-ink-soft">{t('trust.intro')}</p>
          <TrustTable />
        </Section>
        <Section id="limits" title={t('limits.title')}>
          <p>{t('limits.p1')}</p>
          <p>{t('limits.p2')}</p>
          <p>
            <a href="/spec/README.md">{t('limits.spec')}</a>
          </p>
        </Section>
      </div>
    </div>
  );
}

function Play() {
  const t = useTranslations('how.play');
  const locale = useLocale();
  return (
    <Section id="play" title={t('title')} wide>
      <p className="max-w-measure">{t('intro')}</p>
      <p className="mt-2 mb-6" data-print="hide">
        <a href={getPathname({ href: '/verify/tour', locale })} className="link inline-block py-1">
          {t('tour')}
        </a>
      </p>
      <Messages namespaces={['treePlay']}>
        <TreePlay />
      </Messages>
    </Section>
  );
}

function Stages() {
  const t = useTranslations();
  return (
    <Section id="stages" title={t('how.stages.title')} wide>
      <p className="max-w-measure">{t('how.stages.intro')}</p>
      <ol className="mt-6 grid gap-x-10 sm:grid-cols-2 lg:grid-cols-4">
        {stages.map((stage, index) => (
          <li key={stage} className="flex gap-4 border-t border-line py-4 lg:flex-col lg:gap-2">
            <span aria-hidden="true" className="w-6 shrink-0 text-lg font-semibold leading-snug text-accent">
              {index + 1}
            </span>
            <div>
              <h3 className="font-semibold">{t(`common.stage.${stage}`)}</h3>
              <p className="text-sm text-ink-soft">{t(`how.stages.${stage}`)}</p>
            </div>
          </li>
        ))}
      </ol>
    </Section>
  );
}

function Checks() {
  const t = useTranslations('how.check');
  const locale = useLocale();
  return (
    <Section id="check" title={t('title')} picture={<FigureCheck />}>
      <p>{t('intro')}</p>
      <ol>
        {checks.map((check) => (
          <li key={check}>{t(check)}</li>
        ))}
      </ol>
      <p>
        {/* A full load: /verify has a security policy of its own. */}
        <a href={getPathname({ href: '/verify', locale })} className={buttonClass('primary')}>
          {t('action')}
        </a>
      </p>
    </Section>
  );
}
