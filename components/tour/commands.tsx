import { useTranslations } from 'next-intl';
import { SHELLS, type Commands } from '@/lib/browser/tour/commands';
import { CopyButton } from '../ui/copy-button';

interface DoneElsewhereProps {
  commands: Commands;
  /** What is printed. */
  result: string;
  about: string;
}

/** How to do a step without this page: a command for each system, and what it prints. */
export function DoneElsewhere({ commands, result, about }: DoneElsewhereProps) {
  const t = useTranslations('tour.commands');
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <p className="text-sm">{about}</p>
      {SHELLS.map((shell) => (
        <CommandLine key={shell} label={t(shell)} text={commands[shell]} />
      ))}
      <div>
        <p className="text-sm text-ink-soft">{t('prints')}</p>
        <code className="break-all font-mono text-sm">{result}</code>
      </div>
    </div>
  );
}

/** One command, which scrolls inside its own box. */
export function CommandLine({ label, text }: { label: string; text: string }) {
  return (
    <div className="min-w-0">
      <div className="flex items-center justify-between gap-3">
        <p className="text-sm text-ink-soft">{label}</p>
        <CopyButton compact text={text} />
      </div>
      <pre
        tabIndex={0}
        aria-label={label}
        role="group"
        className="overflow-x-auto rounded-md bg-sunken px-3 py-2 font-mono text-sm print:whitespace-pre-wrap print:break-all"
      >
        <code>{text}</code>
      </pre>
    </div>
  );
}
