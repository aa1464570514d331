import { useLocale, useTranslations } from 'next-intl';
import { Hash } from '@/components/ui/hash';
import { getPathname } from '@/lib/i18n/navigation';
import { Mark } from './wordmark';

/** What the footer says about the registry; the registry descriptor has it all. */
export interface SiteRegistry {
  origin: string;
  chainId: number;
  /** Address of the ledger contract. */
  contract: string;
}

/** Which registry this is, and where to check it without its pages. */
export function SiteFooter({ registry }: { registry: SiteRegistry }) {
  const t = useTranslations('common');
  const locale = useLocale();
  return (
    <footer className="mt-20 border-t border-line bg-surface text-sm print:mt-6">
      <div className="page grid gap-x-16 gap-y-8 py-10 md:grid-cols-[2fr_1fr]">
        <section aria-labelledby="footer-registry">
          <h2 id="footer-registry" className="font-semibold tracking-normal">
            {t('footer.registry')}
          </h2>
          {registry ? (
            <dl className="mt-2 grid items-center gap-x-5 gap-y-0.5 sm:grid-cols-[auto_1fr] sm:gap-y-1.5">
              <dt className="text-ink-soft">{t('footer.origin')}</dt>
              <dd className="min-w-0">
                <code className="font-mono">{registry.origin}</code>
              </dd>
              <dt className="text-ink-soft">{t('footer.chain')}</dt>
              <dd>
                <code className="font-mono">{registry.chainId}</code>
              </dd>
              <dt className="text-ink-soft">{t('footer.contract')}</dt>
              <dd className="min-w-0">
                <Hash value={registry.contract} ends={6} />
              </dd>
            </dl>
          ) : null}
          <p className="mt-3 text-ink-soft">{t('footer.times')}</p>
        </section>
        <section aria-labelledby="footer-check" data-print="hide">
          <h2 id="footer-check" className="font-semibold tracking-normal">
            {t('footer.checkYourself')}
          </h2>
          <ul className="mt-1">
            <FooterLink href={getPathname({ href: '/verify/tour', locale })}>{t('footer.tour')}</FooterLink>
            <FooterLink href="/spec/README.md">{t('footer.specification')}</FooterLink>
            <FooterLink href="/api/v1/registry">{t('footer.descriptor')}</FooterLink>
            <FooterLink href="/log/checkpoint">{t('footer.checkpoint')}</FooterLink>
          </ul>
        </section>
      </div>
      <div className="border-t border-line">
        <div className="page flex flex-wrap items-center gap-x-3 gap-y-1 py-5 text-ink-soft">
          <Mark className="size-5" />
          <span>Tenderproof</span>
          <span>{t('footer.licence')}</span>
        </div>
      </div>
    </footer>
  );
}

function FooterLink({ href, children }: { href: string; children: string }) {
  return (
    <li>
      <a href={href} className="link inline-flex min-h-9 items-center">
        {children}
      </a>
    </li>
  );
}
