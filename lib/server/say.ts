import { getLocale, getTranslations } from 'next-intl/server';
import type { ActResult, FieldErrors } from '@/lib/forms/act-result';
import type { Refusal } from '@/lib/procedure/refusal';

/** Codes that a schema gives, as keys of the messages `errors.fields`; zod's own sentences fall back to `invalid`. */
async function fieldSentences(fields: Record<string, string>): Promise<FieldErrors> {
  const t = await getTranslations('errors.fields');
  const known = (code: string) => (t.has(code as 'invalid') ? t(code as 'invalid') : t('invalid'));
  return Object.fromEntries(Object.entries(fields).map(([path, code]) => [path, known(code)]));
}

/** A refusal in the reader's language: what was refused, by which rule, and what to do. */
export async function sayRefusal(refusal: Refusal): Promise<Extract<ActResult, { ok: false }>> {
  const [t, common, acts, locale] = await Promise.all([
    getTranslations('errors'),
    getTranslations('common'),
    getTranslations('acts'),
    getLocale(),
  ]);
  const p = refusal.params ?? {};
  const message = t(refusal.code, {
    act: p.act ? acts(`${p.act}.name`) : '',
    phase: p.phase ? common(`phases.${p.phase}`) : '',
    allowed: p.allowed?.map((phase) => common(`phases.${phase}`)).join(locale === 'zh' ? '、' : ', ') ?? '',
    roles: p.roles?.map((role) => common(`roles.${role}`)).join(locale === 'zh' ? '、' : ', ') ?? '',
    at: p.at ? p.at.replace('T', ' ').replace('.000Z', ' UTC') : '',
    path: p.path ?? '',
    detail: p.detail ?? '',
  });
  const rule =
    p.sentence && p.article
      ? ` ${t('rule', { article: p.article, sentence: p.sentence[locale === 'zh' ? 'zh' : 'en'] })}`
      : '';
  return {
    ok: false,
    code: refusal.code,
    message: message + rule,
    ...(refusal.fieldErrors ? { fieldErrors: await fieldSentences(refusal.fieldErrors) } : {}),
  };
}
