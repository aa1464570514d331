'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button, buttonClass } from '@/components/ui/button';
import { FileDrop } from '@/components/ui/file-drop';
import { Notice } from '@/components/ui/notice';
import { HANDED_HEAD, handedProblems, type HandedProblem } from '@/lib/browser/bid/handed';
import type { SealedContent } from '@/lib/browser/drafts/sealed-envelopes';
import { hashFile } from '@/lib/browser/verify/hash-file';
import type { ActRefusal } from '@/lib/forms/act-result';
import {
  MAX_SUBMISSION_LENGTH,
  parseSubmissionFile,
  type SubmissionFile,
} from '@/lib/sealing/submission-file';
import { SealerOffer } from '../sealer-offer';
import { useAttempt } from '../use-attempt';
import { usePlace } from './place';
import { StepFrame } from './step-frame';
import { useUnitLabel } from './unit-label';
import type { Submission } from './use-submission';

const isSubmission = (file: File): boolean => /\.json$/i.test(file.name);

/** Hands in what the offline sealer made: the sealed envelopes, and the file that says what goes on record. */
export function ElsewhereStep({ submission }: { submission: Submission }) {
  const t = useTranslations('bid.elsewhere');
  const place = usePlace();
  const { state, run, clear } = useAttempt();
  const [files, setFiles] = useState<readonly File[]>([]);
  const [problems, setProblems] = useState<readonly HandedProblem[]>([]);
  const [reading, setReading] = useState(false);

  const choose = (chosen: File[]) => {
    clear();
    setProblems([]);
    const names = new Set(chosen.map(({ name }) => name));
    setFiles([...files.filter(({ name }) => !names.has(name)), ...chosen]);
  };
  const refusal = (message: string): ActRefusal => ({
    ok: false,
    code: 'invalid',
    message: '',
    fieldErrors: { handed: message },
  });
  const handIn = async () => {
    setProblems([]);
    setReading(true);
    let content: SealedContent | null = null;
    await run(async () => {
      const read = await readHanded(files);
      if ('fault' in read) return refusal(t(`read.${read.fault}`, { detail: read.detail }));
      const target = { ...place, tenderer: place.tenderer.id };
      const found = handedProblems(read.submission, read.envelopes, target);
      setProblems(found);
      if (found.length > 0) return refusal(t('problems', { count: found.length }));
      content = contentOf(read);
      return undefined;
    });
    setReading(false);
    if (content !== null) await submission.handIn(content);
  };
  return (
    <>
      <StepFrame
        title={t('title')}
        lead={<p>{t('lead')}</p>}
        state={state}
        submit={reading ? t('reading') : t('submit')}
        busy={reading}
        onSubmit={() => void handIn()}
      >
        <div className="max-w-measure">
          <FileDrop
            name="handed"
            label={t('files')}
            hint={t('filesHint')}
            accept=".envelope,.json,application/json"
            error={state.fieldErrors.handed}
            multiple
            onFiles={choose}
          />
        </div>
        {problems.length > 0 ? <Problems problems={problems} /> : null}
        {files.length === 0 ? null : (
          <ul className="max-w-measure divide-y divide-line border-y border-line" aria-label={t('chosen')}>
            {files.map(({ name }) => (
              <li key={name} className="flex items-center justify-between gap-4 py-1">
                <span className="min-w-0 break-words">{name}</span>
                <Button
                  variant="quiet"
                  aria-label={t('removeWhat', { name })}
                  onClick={() => setFiles(files.filter((file) => file.name !== name))}
                >
                  {t('remove')}
                </Button>
              </li>
            ))}
          </ul>
        )}
      </StepFrame>
      <SealFirst />
    </>
  );
}

/** For those who come here before they have sealed: the sealer, and the kit that it asks for. */
function SealFirst() {
  const t = useTranslations('bid.elsewhere');
  const { ocid, sealer, tenderer } = usePlace();
  return (
    <div className="flex flex-col gap-8 border-t border-line pt-8" data-print="hide">
      {sealer === null ? null : <SealerOffer sealer={sealer} identifier={tenderer.id} />}
      <section aria-labelledby="sealing-kit" className="flex max-w-measure flex-col items-start gap-3">
        <h3 id="sealing-kit" className="text-lg">
          {t('kitTitle')}
        </h3>
        <p>{t('kitBody')}</p>
        <a
          href={`/api/v1/tenders/${encodeURIComponent(ocid)}/sealing-kit`}
          download
          className={buttonClass('secondary')}
        >
          {t('kit')}
        </a>
      </section>
    </div>
  );
}

function Problems({ problems }: { problems: readonly HandedProblem[] }) {
  const t = useTranslations('bid.elsewhere');
  const labelOf = useUnitLabel();
  return (
    <Notice tone="bad" live title={t('problems', { count: problems.length })} className="max-w-measure">
      <ul className="mt-1 flex list-disc flex-col gap-1 pl-5">
        {problems.map(({ fault, file = '', unit }, at) => {
          const about = [unit ? labelOf(unit) : '', file].filter((text) => text !== '').join(' · ');
          return (
            <li key={at} className="break-words" data-fault={fault}>
              {about === '' ? null : <strong>{about}: </strong>}
              {t(`faults.${fault}`)}
            </li>
          );
        })}
      </ul>
    </Notice>
  );
}

interface Handed {
  readonly submission: SubmissionFile;
  readonly envelopes: readonly { name: string; size: number; sha256: string; head: Uint8Array; file: File }[];
}

type ReadFault = 'no-files' | 'no-submission' | 'two-submissions' | 'not-json' | 'not-submission' | 'empty';

/** Reads the submission file, hashes the envelopes, and looks at their beginnings; nothing is sent. */
async function readHanded(files: readonly File[]): Promise<Handed | { fault: ReadFault; detail: string }> {
  if (files.length === 0) return { fault: 'no-files', detail: '' };
  const [description, another] = files.filter(isSubmission);
  if (description === undefined) return { fault: 'no-submission', detail: '' };
  if (another !== undefined) return { fault: 'two-submissions', detail: another.name };
  const empty = files.find(({ size }) => size === 0);
  if (empty !== undefined) return { fault: 'empty', detail: empty.name };
  const text = description.size > 4 * MAX_SUBMISSION_LENGTH ? '' : await description.text();
  const parsed = parseSubmissionFile(text);
  if (!parsed.ok) return { fault: parsed.code, detail: parsed.detail };
  const envelopes: Handed['envelopes'][number][] = [];
  for (const file of files.filter((one) => !isSubmission(one))) {
    const sha256 = await hashFile(file, () => undefined, new AbortController().signal);
    const head = new Uint8Array(await file.slice(0, HANDED_HEAD).arrayBuffer());
    envelopes.push({ name: file.name, size: file.size, sha256, head, file });
  }
  return { submission: parsed.submission, envelopes };
}

/** The recovery file stays where the envelopes were sealed: it is not asked for here. */
function contentOf({ submission, envelopes }: Handed): SealedContent {
  const { keyset, bidKey } = submission;
  return {
    keyset,
    bidKey,
    recovery: null,
    envelopes: submission.envelopes.flatMap(({ lot, part, envelope: sha256, replaces }) => {
      const found = envelopes.find((one) => one.sha256 === sha256);
      return found === undefined ? [] : [{ lot, part, sha256, replaces, envelope: found.file }];
    }),
  };
}
