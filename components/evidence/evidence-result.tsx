'use client';

import { useLocale, useTranslations } from 'next-intl';
import type { Checked } from '@/lib/browser/verify/check';
import { VERDICTS, verdictOf } from '@/lib/browser/verify/verdict';
import { skipKind, type Step } from '@/lib/evidence/step';
import type { VerdictFacts, Verification } from '@/lib/evidence/verify';
import { Button, buttonClass } from '../ui/button';
import { LocalTime } from '../ui/local-time';
import { Notice } from '../ui/notice';
import { MerklePath } from './merkle-path';
import { saveText } from './save-text';
import { StepList } from './step-list';
import { NodeList } from './node-list';
import { StandingNote } from './standing-note';
import { useVerdict } from './use-verdict';

/** One record's verdict: the sentence first, then what is known, the steps, and the path as a picture. */
export function EvidenceResult({ checked }: { checked: Checked }) {
  const t = useTranslations('verify');
  const locale = useLocale();
  const { sentence } = useVerdict();
  const { verification, evidence, text, nodes, standing } = checked;
  const { outcome, facts } = verification.verdict;
  const kind = verdictOf(checked);
  const reason = decisiveStep(verification);
  return (
    <div data-verdict={outcome} data-kind={kind} className="flex flex-col gap-6">
      <Notice tone={VERDICTS[kind]} title={<span className="text-lg">{sentence(checked)}</span>}>
        {reason ? (
          <p>
            {t('verdict.why')}: {t(`code.${reason.code}`)}
          </p>
        ) : null}
        {facts && outcome !== 'refuted' ? <Facts facts={facts} /> : null}
      </Notice>
      {standing === null ? null : <StandingNote standing={standing} />}
      {kind === 'refuted' || kind === 'disputed' ? null : (
        <p className="max-w-measure text-ink-soft">{t('verdict.meaning')}</p>
      )}
      <div className="grid gap-8 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <section>
          <h3 className="mb-2 text-lg">{t('steps.title')}</h3>
          <StepList steps={verification.steps} />
        </section>
        {verification.commitment === null ? null : (
          <section>
            <h3 className="mb-2 text-lg">{t('path.title')}</h3>
            <MerklePath evidence={evidence} commitment={verification.commitment} />
          </section>
        )}
      </div>
      {nodes === null ? null : <NodeList report={nodes} />}
      <p data-print="hide" className="flex flex-wrap gap-3">
        <Button
          variant="secondary"
          onClick={() => saveText(text, `${evidence.entry.record.id}.evidence.json`)}
        >
          {t('save')}
        </Button>
        {outcome === 'refuted' ? null : (
          <a
            href={`/api/v1/evidence/${evidence.entry.record.id}/certificate?lang=${locale}`}
            className={buttonClass('quiet')}
          >
            {t('certificate')}
          </a>
        )}
      </p>
    </div>
  );
}

/** The first step that keeps the verdict from being better; undefined when it is as good as can be. */
function decisiveStep({ steps, verdict }: Verification): Step | undefined {
  if (verdict.outcome === 'refuted') return steps.find(({ outcome }) => outcome === 'fail');
  return steps.find((step) => skipKind(step) === verdict.outcome);
}

function Facts({ facts }: { facts: VerdictFacts }) {
  const t = useTranslations('verify.verdict');
  const { stageName } = useVerdict();
  return (
    <ul className="mt-1 flex flex-col gap-1">
      {facts.documentTitle === null ? null : <li>{t('document', { title: facts.documentTitle })}</li>}
      <li>
        {facts.stage === null || facts.ocid === null
          ? t('whole')
          : t('where', { stage: stageName(facts.stage), ocid: facts.ocid })}
      </li>
      <li>
        {t.rich('filed', {
          time: () => <LocalTime instant={facts.time} />,
          organization: facts.organization,
        })}
      </li>
      <li>{facts.demonstration ? t('demonstration') : t(facts.signed ? 'signed' : 'unsigned')}</li>
      {facts.earlierRound ? <li className="font-semibold">{t('earlierRound')}</li> : null}
    </ul>
  );
}
