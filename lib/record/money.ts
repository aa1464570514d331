import * as z from 'zod';

/**
 * Amounts as decimal strings (protocol, introduction: records hold no floating-point numbers). OCDS `Value`.
 * Up to 15 digits before the point; totals have at most 2 decimals, unit prices and quantities at most 4.
 */
export const amountSchema = z.string().regex(/^(0|[1-9]\d{0,14})(\.\d{1,2})?$/, 'amount');
export const unitPriceSchema = z.string().regex(/^(0|[1-9]\d{0,14})(\.\d{1,4})?$/, 'amount');
export const quantitySchema = z
  .string()
  .regex(/^(0|[1-9]\d{0,14})(\.\d{1,4})?$/, 'quantity')
  .refine((s) => !/^0(\.0+)?$/.test(s), 'quantity');
/** ISO 4217, as in the OCDS `currency` codelist. */
export const currencySchema = z.string().regex(/^[A-Z]{3}$/, 'currency');
export const valueSchema = z.strictObject({ amount: amountSchema, currency: currencySchema });
export type Value = z.infer<typeof valueSchema>;
