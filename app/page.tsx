import { redirect } from 'next/navigation';
import { routing } from '@/lib/i18n/routing';

/** The proxy has chosen a language before this is reached; without it, the default one. */
export default function RootPage(): never {
  redirect(`/${routing.defaultLocale}`);
}
