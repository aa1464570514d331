import { getLocale } from 'next-intl/server';
import { HomeView } from '@/components/site/home-view';
import { homeFigures } from '@/lib/server/queries/lists';
import { registryDescriptor } from '@/lib/server/registry';

export default async function HomePage() {
  const [locale, data] = await Promise.all([getLocale(), homeFigures()]);
  return <HomeView locale={locale} data={data} demo={registryDescriptor().embedded} />;
}
