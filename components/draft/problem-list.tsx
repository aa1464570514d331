import { useTranslations } from 'next-intl';
import { Notice } from '@/components/ui/notice';
import { Link } from '@/lib/i18n/navigation';
import { sectionOf, type Problem } from './problems';
import { useProblemTexts } from './use-problem-texts';

/** What is still missing, each entry leading to the page where it is written. */
export function ProblemList({ problems, base }: { problems: readonly Problem[]; base: string }) {
  const t = useTranslations('draft.check');
  const { summary } = useProblemTexts();
  return (
    <Notice tone="warn" title={t('missing', { count: problems.length })} className="max-w-3xl">
      <ul className="mt-1">
        {problems.map((problem) => (
          <li key={problem.path}>
            <Link
              href={`${base}/${sectionOf(problem.path)}#${problem.path}`}
              className="link inline-block py-1"
            >
              {summary(problem)}
            </Link>
          </li>
        ))}
      </ul>
    </Notice>
  );
}
