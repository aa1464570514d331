'use client';

import type { NoticeDraft } from '@/lib/record/notice';
import { CriteriaEditor } from './criteria-editor';
import { DeadlinesForm } from './deadlines-form';
import { ItemsEditor } from './items-editor';
import { LotsEditor } from './lots-editor';
import { NoticeForm } from './notice-form';
import type { Section } from './problems';
import { SectionForm } from './section-form';
import { StatementsEditor } from './statements-editor';

const EDITORS = {
  notice: NoticeForm,
  lots: LotsEditor,
  items: ItemsEditor,
  criteria: CriteriaEditor,
  statements: StatementsEditor,
  deadlines: DeadlinesForm,
} as const;

interface SectionEditorProps {
  ocid: string;
  section: Exclude<Section, 'documents'>;
  initial: NoticeDraft;
  next: string;
  back: string;
}

/** The form of one part of the draft. */
export function SectionEditor({ section, ...props }: SectionEditorProps) {
  const Editor = EDITORS[section];
  return (
    <SectionForm section={section} {...props}>
      {(fields) => <Editor {...fields} />}
    </SectionForm>
  );
}
