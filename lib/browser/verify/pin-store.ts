import { keptText } from './kept-text';
import { PIN_KEY } from './pin';

/** The registry's description, as this browser keeps it. */
export const keptPin = keptText(PIN_KEY);
/** The nodes that the reader named, one a line, beside it. */
export const keptNodes = keptText('tenderproof.nodes');
