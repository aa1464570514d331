import { useTranslations } from 'next-intl';
import { LocalTime } from '@/components/ui/local-time';
import { all, last, type Filed, type Process } from '@/lib/procedure/state';
import { organizationNames } from './organizations';

type Event = Filed<'opening-postponed'> | Filed<'seeds-requested'>;

interface OpeningEventsProps {
  process: Process;
  /** Milliseconds since the epoch. Given where the page says elsewhere what still holds: then only what is over is told here. */
  overAt?: number;
}

/** Who was present at the opening, and whether it was put off or the tenderers were asked for their seeds. */
export function OpeningEvents({ process, overAt = Infinity }: OpeningEventsProps) {
  const t = useTranslations('tender.opening.events');
  const organizations = organizationNames(process);
  const every: Event[] = [...all(process, 'opening-postponed'), ...all(process, 'seeds-requested')];
  const holds = [last(process, 'opening-postponed'), last(process, 'seeds-requested')]
    .filter((event) => event !== null && Date.parse(event.data.until) > overAt)
    .map((event) => event?.id);
  const events = every.filter(({ id }) => !holds.includes(id));
  const present = new Set(
    all(process, 'opening-attended').map(({ actor, data }) =>
      t('as', {
        name: organizations.get(actor.organization) ?? actor.organization,
        as: t(`seats.${data.as}`),
      }),
    ),
  );
  if (events.length === 0 && present.size === 0) return null;
  return (
    <ul className="flex max-w-measure list-disc flex-col gap-1 pl-5">
      {events
        .toSorted((a, b) => a.time.localeCompare(b.time))
        .map(({ id, type, data }) => (
          <li key={id}>
            {t(type)} <LocalTime instant={data.until} />. <span>{data.reason}</span>
          </li>
        ))}
      {present.size > 0 ? <li>{t('present', { names: [...present].join(t('and')) })}</li> : null}
    </ul>
  );
}
