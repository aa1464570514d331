import * as z from 'zod';
import { CATALOGUE } from '../../record/catalogue';
import { hex32 } from '../../record/notice';

const opened = CATALOGUE['bid-opened'].data.shape;

/** What opening one bid came to; `undecided` is not an outcome: then nothing is filed. */
export const bidOpeningSchema = z.discriminatedUnion('outcome', [
  z.strictObject({
    outcome: z.literal('valid'),
    bid: hex32,
    seed: hex32,
    consortium: opened.consortium,
    declarations: opened.declarations,
    priceForm: opened.priceForm,
    files: opened.files,
  }),
  z.strictObject({
    outcome: z.literal('invalid'),
    bid: hex32,
    seed: hex32.nullable(),
    code: z.string().max(60),
  }),
]);
export type BidOpening = z.infer<typeof bidOpeningSchema>;
