'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import * as z from 'zod';
import { DocumentsUpload } from '@/components/draft/documents-upload';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { ErrorSummary } from '@/components/ui/error-summary';
import { TextArea } from '@/components/ui/text-area';
import { TextInput } from '@/components/ui/text-input';
import { useAct } from '@/lib/forms/use-act';
import { useRouter } from '@/lib/i18n/navigation';
import type { Upload } from '@/lib/procedure/decision';
import type { Unit } from '@/lib/procedure/units';
import { text } from '@/lib/record/notice';
import { actOn } from '../../../actions';

interface FileContractProps {
  ocid: string;
  /** Of a divided tender. */
  unit: Unit | null;
  /** Row id of the tender, for uploads. */
  tenderId: string;
  /** By the server's clock, YYYY-MM-DD. */
  today: string;
  /** BCP 47, of the notice: the contract is in it. */
  language: string;
  /** Uploaded before and not used yet. */
  uploads: readonly Upload[];
}

const document = z.object({ upload: z.string(), title: z.string(), language: z.string() });
const schema = z.object({
  dateSigned: z.iso.date(),
  statement: text(5000, 0),
  documents: z.array(document).min(1),
});
type Input = z.infer<typeof schema>;

/** The officer files the signed contract: its date and at least one document. */
export function FileContract({ ocid, unit, tenderId, today, language, uploads: before }: FileContractProps) {
  const t = useTranslations('office.contract');
  const router = useRouter();
  const [dateSigned, setDateSigned] = useState(today);
  const [statement, setStatement] = useState('');
  const [uploads, setUploads] = useState<Upload[]>([...before]);
  const { state, submit } = useAct<Input>({
    schema,
    action: (input) => actOn({ ocid, unit, act: 'file-contract', input }),
    onDone: () => router.refresh(),
  });
  const { fieldErrors } = state;
  // The schema's word for an empty list is about numbers; here it is one file that is missing.
  const shown = fieldErrors.documents ? { ...fieldErrors, documents: t('documentMissing') } : fieldErrors;
  const documents = uploads.map(({ id, name }) => ({ upload: id, title: name, language }));
  return (
    <div className="flex max-w-3xl flex-col gap-6">
      <ErrorSummary {...state} fieldErrors={shown} />
      <TextInput
        name="dateSigned"
        type="date"
        label={t('dateSigned')}
        error={shown.dateSigned}
        className="max-w-52"
        max={today}
        value={dateSigned}
        onChange={(event) => setDateSigned(event.target.value)}
      />
      <DocumentsUpload
        tenderId={tenderId}
        uploads={uploads}
        onChange={setUploads}
        label={t('documents')}
        hint={t('documentsHint')}
        error={shown.documents}
      />
      <TextArea
        name="statement"
        label={t('statement')}
        hint={t('statementHint')}
        error={shown.statement}
        maxLength={5000}
        optional
        value={statement}
        onChange={(event) => setStatement(event.target.value)}
      />
      <div>
        <ConfirmDialog
          trigger={t('submit')}
          title={t('dialogTitle')}
          confirmLabel={t('submit')}
          onConfirm={() => submit({ dateSigned, statement, documents })}
        >
          <p>{t('dialogBody')}</p>
        </ConfirmDialog>
      </div>
    </div>
  );
}
