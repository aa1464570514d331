import * as z from 'zod';
import { text, wholeSecond } from '../../record/notice';
import { act, documentsInput, resolveDocuments, type Decision } from '../decision';
import { refuse } from '../refusal';
import { announcedAward, closure, intendedAward, last, tender, type Filed, type Process } from '../state';

/**
 * The announcement that the chain can still take at `now`, or null: one that it did not take in time is made anew, with a
 * later end of the standstill. A second beside one that stands would leave open which of them the chain holds.
 */
export function standingAnnouncement(process: Process, now: number): Filed<'award-announced'> | null {
  const announced = announcedAward(process);
  const standstill = (process.chain.opening?.standstill ?? 0) * 1000;
  return announced && Date.parse(announced.data.standstillEnds) >= now + standstill - 1000 ? announced : null;
}

/**
 * The announcement that starts the standstill. Its commitment goes to `announceAward`; the chain refuses an end that
 * is earlier than the notice's standstill allows.
 */
export const announceAward = act(
  z.strictObject({ standstillEnds: wholeSecond, documents: documentsInput }),
  (process, input, { now, uploads }): Decision => {
    const intended = intendedAward(process);
    const ranking = last(process, 'ranking');
    if (!intended || !ranking) return refuse('no-award-intended');
    if (!closure(process, 4)) return refuse('evaluation-not-closed');
    if (standingAnnouncement(process, now)) return refuse('already-done');
    if (Date.parse(input.standstillEnds) < now + (tender(process)?.standstill ?? 0) * 1000)
      return refuse('standstill-too-short');
    const documents = resolveDocuments(input.documents, uploads);
    if (!documents) return refuse('upload-missing');
    const { supplier, value, reasons } = intended.data;
    return {
      ok: true,
      records: [
        {
          type: 'award-announced',
          role: 'operator',
          documents,
          refs: [intended.commitment],
          data: {
            intended: intended.commitment,
            supplier,
            value,
            reasons,
            ranking: ranking.data.rows,
            standstillEnds: input.standstillEnds,
          },
        },
      ],
    };
  },
);

export const confirmAward = act(
  z.strictObject({ statement: text(5000, 0), documents: documentsInput }),
  (process, { statement, documents: wanted }, { uploads }): Decision => {
    const announced = announcedAward(process);
    if (!announced) return refuse('no-award-intended');
    if (last(process, 'award')) return refuse('already-done');
    const documents = resolveDocuments(wanted, uploads);
    if (!documents) return refuse('upload-missing');
    const { supplier, value } = announced.data;
    return {
      ok: true,
      records: [
        {
          type: 'award',
          role: 'officer',
          documents,
          refs: [announced.commitment],
          data: { announced: announced.commitment, supplier, value, statement },
        },
      ],
    };
  },
);

export const fileContract = act(
  z.strictObject({
    dateSigned: z.iso.date('date'),
    statement: text(5000, 0),
    documents: documentsInput.min(1, 'required'),
  }),
  (process, { dateSigned, statement, documents: wanted }, { now, uploads }): Decision => {
    const award = last(process, 'award');
    if (!award) return refuse('no-award-intended');
    if (last(process, 'contract')) return refuse('already-done');
    if (Date.parse(dateSigned) > now + 86_400_000)
      return refuse('invalid-input', undefined, { dateSigned: 'future' });
    const documents = resolveDocuments(wanted, uploads);
    if (!documents) return refuse('upload-missing');
    const { supplier, value } = award.data;
    return {
      ok: true,
      records: [
        {
          type: 'contract',
          role: 'officer',
          documents,
          refs: [award.commitment],
          data: { supplier, value, dateSigned, statement },
        },
      ],
    };
  },
);
