'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { DocumentsUpload } from '@/components/draft/documents-upload';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { ErrorSummary } from '@/components/ui/error-summary';
import { TextArea } from '@/components/ui/text-area';
import { useAct } from '@/lib/forms/use-act';
import { useRouter } from '@/lib/i18n/navigation';
import type { Upload } from '@/lib/procedure/decision';
import type { Unit } from '@/lib/procedure/units';
import { actOn } from '../../../actions';

interface ConfirmAwardProps {
  ocid: string;
  /** Of a divided tender. */
  unit: Unit | null;
  /** Row id of the tender, for uploads. */
  tenderId: string;
  supplier: string;
  /** BCP 47, of the notice: the documents are in it. */
  language: string;
  /** Uploaded before and not used yet. */
  uploads: readonly Upload[];
}

interface Input {
  statement: string;
  documents: { upload: string; title: string; language: string }[];
}

/** Nothing is demanded here; lengths are bounded by the fields, and checked by the server. */
const schema = { safeParse: (input: unknown) => ({ success: true as const, data: input as Input }) };

/** The officer makes the award final; it cannot be taken back. */
export function ConfirmAward({
  ocid,
  unit,
  tenderId,
  supplier,
  language,
  uploads: before,
}: ConfirmAwardProps) {
  const t = useTranslations('office.award');
  const router = useRouter();
  const [statement, setStatement] = useState('');
  const [uploads, setUploads] = useState<Upload[]>([...before]);
  const { state, submit } = useAct<Input>({
    schema,
    action: (input) => actOn({ ocid, unit, act: 'confirm-award', input }),
    onDone: () => router.refresh(),
  });
  const documents = uploads.map(({ id, name }) => ({ upload: id, title: name, language }));
  return (
    <div className="flex max-w-3xl flex-col gap-6">
      <ErrorSummary {...state} />
      <TextArea
        name="statement"
        label={t('statement')}
        hint={t('statementHint')}
        error={state.fieldErrors.statement}
        maxLength={5000}
        optional
        value={statement}
        onChange={(event) => setStatement(event.target.value)}
      />
      <DocumentsUpload
        tenderId={tenderId}
        uploads={uploads}
        onChange={setUploads}
        label={t('documents')}
        hint={t('documentsHint')}
        error={state.fieldErrors.documents}
      />
      <div>
        <ConfirmDialog
          trigger={t('submit')}
          title={t('dialogTitle', { supplier })}
          confirmLabel={t('submit')}
          onConfirm={() => submit({ statement, documents })}
        >
          <p>{t('dialogBody')}</p>
        </ConfirmDialog>
      </div>
    </div>
  );
}
